import type { VNode } from 'preact';
import type { Member } from '../circle/circle.dto.js';
import type { PersonData } from '../privacy/person-data.dto.js';
import { PersonDataParts } from '../privacy/person-data.pages.js';
import type { Correction, ErasureRequestItem, OwnErasureRequest } from '../privacy/rights.dto.js';
import { CORRECTION_OUTCOMES, CORRECTION_SUBJECTS, ERASURE_GROUNDS } from '../privacy/rights.rules.js';
import { wordFor } from '../texts/nl/desk-words.js';
import { textsFor } from '../texts/texts.js';
import { Button, ButtonLink } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Choice, Select, TextArea, TextField } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { dayOfYear } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { optionsOf, Section } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';

export interface DataPageProps {
  frame: Frame;
  data: PersonData;
  me: Pick<Member, 'name' | 'firstName' | 'email' | 'phone' | 'address' | 'language' | 'contactPreference' | 'version'>;
  corrections: readonly Correction[];
  /** Only of a main person. */
  erasures: readonly OwnErasureRequest[];
}

/** `/mijn/gegevens` and `/kring/gegevens`: what is kept of me, to take along, to put right, to have erased. */
export function DataPage({ frame, data, me, corrections, erasures }: DataPageProps): VNode {
  const t = textsFor(frame.language).privacy.pages;
  const main = data.isMainPerson;
  const change = main ? ROUTES.mineData : ROUTES.circleData;
  const file = main ? ROUTES.mineDataFile : ROUTES.circleDataFile;
  return (
    <Layout frame={frame} title={t.title} audience="resident">
      <h1>{t.title}</h1>
      <p class="lead">{t.intro}</p>
      <section class="card" aria-labelledby="meenemen">
        <h2 id="meenemen">{t.takeTitle}</h2>
        <ul>
          <li>
            <a href={address(file, { name: 'gegevens.html' })}>{t.takePage}</a>
          </li>
          <li>
            <a href={address(file, { name: 'gegevens.json' })}>{t.takeJson}</a>
          </li>
        </ul>
      </section>
      <section class="card" aria-labelledby="verbeteren">
        <h2 id="verbeteren">{t.changeTitle}</h2>
        <p class="quiet">{t.changeIntro}</p>
        <Disclosure summary={t.changeTitle} actions={[change]}>
          <Form action={change} hidden={{ version: me.version }}>
            <TextField name="name" label={t.name} value={me.name} autocomplete="name" />
            <TextField name="firstName" label={t.firstName} value={me.firstName} optional autocomplete="given-name" />
            <TextField name="email" type="email" label={t.email} value={me.email} optional autocomplete="email" />
            <TextField name="phone" type="tel" label={t.phone} value={me.phone} optional autocomplete="tel" />
            <TextField name="address" label={t.address} value={me.address} optional autocomplete="street-address" />
            <TextField name="language" label={t.language} value={me.language} optional />
            <TextField name="contactPreference.hours" label={t.hours} value={me.contactPreference?.hours} optional />
            <TextArea name="contactPreference.note" label={t.note} value={me.contactPreference?.note} optional rows={2} />
            <Button>{t.save}</Button>
          </Form>
        </Disclosure>
      </section>
      <AskSection action={main ? ROUTES.mineCorrection : ROUTES.circleCorrection} corrections={corrections} />
      <section class="card" aria-labelledby="weghalen">
        <h2 id="weghalen">{t.removeTitle}</h2>
        {erasures.map((one) => (
          <Notice tone="info">
            <p>{wordFor(t.erasureStates, one.state)}</p>
            {one.ground && <p>{t.because(wordFor(t.grounds, one.ground))}</p>}
            {one.answer && <p dir="auto">{one.answer}</p>}
            {one.state === 'open' && <p>{t.dueOn(dayOfYear(one.dueOn))}</p>}
          </Notice>
        ))}
        <p>{main ? <a href={ROUTES.mineErasure}>{t.removeMain}</a> : <a href={ROUTES.removeMe}>{t.removeMember}</a>}</p>
      </section>
      <PersonDataParts data={data} folded />
    </Layout>
  );
}

function AskSection({ action, corrections }: { action: string; corrections: readonly Correction[] }): VNode {
  const t = useTexts().privacy.pages;
  return (
    <section class="card" aria-labelledby="klopt-niet">
      <h2 id="klopt-niet">{t.askTitle}</h2>
      {corrections.map((one) => (
        <div class="task">
          <p dir="auto">{one.text}</p>
          <p class="quiet">
            {t.asked(dayOfYear(one.createdAt))} <StatusBadge tone={one.state === 'open' ? 'attention' : 'good'}>{wordFor(t.states, one.state)}</StatusBadge>
          </p>
          {one.answer ? <p dir="auto">{`${t.answered}: ${one.answer}`}</p> : <p class="quiet">{t.dueOn(dayOfYear(one.dueOn))}</p>}
        </div>
      ))}
      <p class="quiet">{t.askIntro}</p>
      <Form action={action}>
        <Select name="subject" label={t.subject} options={optionsOf(t.subjects, CORRECTION_SUBJECTS)} />
        <TextArea name="text" label={t.text} />
        <Button>{t.send}</Button>
      </Form>
    </section>
  );
}

/** `GET /mijn/gegevens/wissen`: what happens, and to be sure. */
export function ErasurePage({ frame }: { frame: Frame }): VNode {
  const t = textsFor(frame.language).privacy.pages;
  return (
    <Layout frame={frame} title={t.erasureTitle} audience="resident">
      <h1>{t.erasureTitle}</h1>
      <ul>
        {t.erasure.map((sentence) => (
          <li>{sentence}</li>
        ))}
      </ul>
      <Form action={ROUTES.mineErasure}>
        <Choice name="stopContact" label={t.messages} many value={[]} options={[{ value: 'true', label: t.stopContact }]} />
        <TextArea name="text" label={t.erasureText} optional rows={2} />
        <div class="buttons">
          <Button kind="danger">{t.erasureYes}</Button>
          <ButtonLink href={ROUTES.mineData} kind="secondary">
            {t.erasureNo}
          </ButtonLink>
        </div>
      </Form>
    </Layout>
  );
}

/** On the page of a case: what people asked to put right, with the answer to give. Nothing when nobody asked. */
export function CorrectionsSection({ reference, corrections }: { reference: string; corrections: readonly Correction[] }): VNode | null {
  const t = useTexts().privacy.pages;
  if (corrections.length === 0) return null;
  return (
    <Section id="verbeteren" title={t.answerTitle}>
      {corrections.map((one) => (
        <div class="task">
          <p>
            <bdi>{one.memberName}</bdi> <span class="quiet">{wordFor(t.subjects, one.subject)}</span>{' '}
            <StatusBadge tone={one.state === 'open' ? 'attention' : 'good'}>{wordFor(t.states, one.state)}</StatusBadge>
          </p>
          <p class="own-words" dir="auto">
            {one.text}
          </p>
          {one.state === 'open' ? (
            <>
              <p class="quiet">{t.dueOn(dayOfYear(one.dueOn))}</p>
              <Form action={address(ROUTES.correctionAnswer, { ref: reference, correctionId: one.id })}>
                <Choice name="outcome" label={t.answerOutcome} options={optionsOf(t.outcomes, CORRECTION_OUTCOMES)} />
                <TextArea name="text" label={t.answerText} rows={2} />
                <Button>{t.send}</Button>
              </Form>
            </>
          ) : (
            <p dir="auto">{one.answer}</p>
          )}
        </div>
      ))}
    </Section>
  );
}

/** `/leiding/verwijderen`: requests to be erased, by number and date only. */
export function ErasuresPage({ frame, requests }: { frame: Frame; requests: readonly ErasureRequestItem[] }): VNode {
  const t = textsFor(frame.language).privacy.pages;
  return (
    <Layout frame={frame} title={t.leadTitle} audience="staff" width="wide">
      <h1>{t.leadTitle}</h1>
      <p class="lead">{t.leadIntro}</p>
      {requests.length === 0 && <p>{t.leadNone}</p>}
      {requests.map((one) => (
        <section class="card" aria-labelledby={one.id}>
          <h2 id={one.id}>{one.reference}</h2>
          <p>
            {t.asked(dayOfYear(one.createdAt))}. <StatusBadge tone={one.state === 'open' ? 'attention' : 'good'}>{wordFor(t.leadStates, one.state)}</StatusBadge>
          </p>
          {one.report && <p class="quiet">{t.leadRows(Object.values(one.report).reduce((sum, rows) => sum + rows, 0))}</p>}
          {one.state === 'open' && (
            <Form action={address(ROUTES.erasureDecision, { requestId: one.id })}>
              <p>{t.dueOn(dayOfYear(one.dueOn))}</p>
              <Select name="ground" label={t.leadGround} optional options={optionsOf(t.grounds, ERASURE_GROUNDS)} />
              <TextArea name="remark" label={t.leadRemark} optional rows={2} />
              <div class="buttons">
                <Button kind="danger" name="outcome" value="erased" about={one.reference}>
                  {t.leadErase}
                </Button>
                <Button kind="secondary" name="outcome" value="kept-by-law" about={one.reference}>
                  {t.leadKeep}
                </Button>
              </div>
            </Form>
          )}
        </section>
      ))}
    </Layout>
  );
}
