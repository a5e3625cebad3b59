import type { VNode } from 'preact';
import { textsFor } from '../texts/texts.js';
import { Button, ButtonLink } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { TextField } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { dayOfYear, type Instant } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { ROUTES } from './desk.routes.js';

export interface DevicePageProps {
  frame: Frame;
  /** By which ways a code can be sent, and where to, half hidden. */
  ways: readonly { via: 'sms' | 'mail'; to: string }[];
  /** By which way one was just sent. */
  sent: 'sms' | 'mail' | null;
  /** Where to go afterwards. */
  next: string;
  knownUntil: Instant | null;
}

/** `/mijn/apparaat`: is it you? A code by SMS or mail makes this device known. */
export function DevicePage({ frame, ways, sent, next, knownUntil }: DevicePageProps): VNode {
  const t = textsFor(frame.language).links.device;
  const way = ways.find(({ via }) => via === sent);
  return (
    <Layout frame={frame} title={t.title} audience="resident">
      <h1>{t.title}</h1>
      {knownUntil ? (
        <>
          <Notice tone="ok">{t.known(dayOfYear(knownUntil))}</Notice>
          <ButtonLink href={next}>{t.goOn}</ButtonLink>
        </>
      ) : (
        <>
          <p class="lead">{t.intro}</p>
          {way ? <TypeCode to={way.to} ways={ways} next={next} /> : <ChooseWay ways={ways} next={next} />}
          <p>{t.call}</p>
        </>
      )}
    </Layout>
  );
}

function ChooseWay({ ways, next }: Pick<DevicePageProps, 'ways' | 'next'>): VNode {
  const t = useTexts().links.device;
  if (ways.length === 0) return <Notice tone="info">{t.none}</Notice>;
  return (
    <Form action={ROUTES.deviceCode} hidden={{ next }}>
      <p>{t.send}</p>
      <div class="buttons">
        {ways.map(({ via, to }, i) => (
          <Button name="via" value={via} kind={i === 0 ? 'primary' : 'secondary'}>
            {t.by[via](to)}
          </Button>
        ))}
      </div>
    </Form>
  );
}

function TypeCode({ to, ways, next }: Pick<DevicePageProps, 'ways' | 'next'> & { to: string }): VNode {
  const t = useTexts().links.device;
  return (
    <>
      <Notice tone="info">{t.sent(to)}</Notice>
      <Form action={ROUTES.device} hidden={{ next }}>
        <TextField name="code" label={t.code} hint={t.codeHint} autocomplete="one-time-code" inputMode="numeric" size="short" />
        <Button>{t.confirm}</Button>
      </Form>
      <Disclosure summary={t.again} actions={[ROUTES.deviceCode]}>
        <p>{t.againHow}</p>
        <ChooseWay ways={ways} next={next} />
      </Disclosure>
    </>
  );
}

/** `/link-opnieuw`: says the same to everybody. */
export function LinkAgainPage({ frame, taken, phone }: { frame: Frame; taken: boolean; phone: VNode | null }): VNode {
  const t = textsFor(frame.language).links.again;
  return (
    <Layout frame={frame} title={taken ? t.takenTitle : t.title} audience="resident">
      <h1>{taken ? t.takenTitle : t.title}</h1>
      {taken ? (
        <>
          <p class="lead">{t.taken}</p>
          <ul>
            {t.takenWhat.map((sentence) => (
              <li>{sentence}</li>
            ))}
          </ul>
        </>
      ) : (
        <Form action={ROUTES.linkAgain}>
          <p class="lead">{t.intro}</p>
          <TextField name="contact" label={t.contact} autocomplete="email" />
          <Button>{t.button}</Button>
        </Form>
      )}
      {phone}
    </Layout>
  );
}
