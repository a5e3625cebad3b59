import type { ComponentChildren, VNode } from 'preact';
import type { SentDraft } from '../referrals/referral-drafts.service.js';
import { CHECK_PATH, STEPS, isAsked, textAt, valueAt, type Answers, type Draft, type Step, type Visitor } from '../referrals/wizard.rules.js';
import { textsFor, type Texts } from '../texts/texts.js';
import { wordFor } from '../texts/nl/desk-words.js';
import { Button, ButtonLink } from '../web/components/button.js';
import { Form, FormButton } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { dayOfYear, day, readable, telephone, type Instant } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { address, ROUTES } from './desk.routes.js';
import { reachedBy } from './referring-people.pages.js';
import { toneOf, WayField } from './referring.pages.js';

export interface ReferPageProps {
  frame: Frame;
  /** Something was begun in this browser. */
  begun: { keptUntil: Instant; goOn: string } | null;
  /** What was to go on with is not there. */
  gone: boolean;
  /** The organisation that the address named, where there are more. */
  organisation: string | null;
  signedIn: boolean;
}

/** `/aanmelden`: the first question, or on with what was begun. */
export function ReferPage({ frame, begun, gone, organisation, signedIn }: ReferPageProps): VNode {
  const all = textsFor(frame.language).referring;
  const t = all.start;
  return (
    <Layout frame={frame} title={textsFor(frame.language).web.pageTitle(t.heading, all.title)} audience="everyone">
      <h1>{t.heading}</h1>
      {gone && <Notice tone="info">{all.gone}</Notice>}
      <p class="lead">{t.intro}</p>
      {begun && (
        <section class="card warm" aria-labelledby="begonnen">
          <h2 id="begonnen">{t.resumeTitle}</h2>
          <p>{t.resume(day(begun.keptUntil))}</p>
          <div class="buttons">
            <ButtonLink href={begun.goOn}>{t.goOn}</ButtonLink>
            <FormButton action={ROUTES.referAgain}>{all.again}</FormButton>
          </div>
        </section>
      )}
      {!begun && (
        <Form action={ROUTES.refer} hidden={{ organisation }}>
          <WayField value={undefined} />
          <Button>{all.next}</Button>
        </Form>
      )}
      <p>
        <strong>{t.danger}</strong>
      </p>
      {!signedIn && !begun && (
        <p class="quiet">
          {t.account} <a href={`${ROUTES.signIn}?next=${encodeURIComponent(ROUTES.refer)}`}>{t.signIn}</a>
        </p>
      )}
    </Layout>
  );
}

/** More than one organisation, and nothing that says which. */
export function WhichOrganisationPage({ frame }: { frame: Frame }): VNode {
  const all = textsFor(frame.language).referring;
  return (
    <Layout frame={frame} title={textsFor(frame.language).web.pageTitle(all.start.whichTitle, all.title)} audience="everyone">
      <h1>{all.start.whichTitle}</h1>
      <p>{all.start.which}</p>
    </Layout>
  );
}

export interface CheckPageProps {
  frame: Frame;
  by: Visitor;
  draft: Draft;
  back: string;
}

/** All answers, each with a way back to its question. */
export function CheckPage({ frame, by, draft, back }: CheckPageProps): VNode {
  const texts = textsFor(frame.language);
  const t = texts.referring;
  const tone = toneOf(draft.answers);
  const rows = STEPS.filter((step) => step.key !== 'now' && isAsked(step, draft, by));
  return (
    <Layout frame={frame} title={texts.web.pageTitle(t.check.title, t.title)} audience={tone === 'self' ? 'resident' : 'everyone'}>
      <p class="refer-back">
        <a href={back}>{t.back}</a>
      </p>
      <h1>{t.check.heading}</h1>
      <p>{t.check.intro}</p>
      <dl class="refer-answers">
        {rows.map((step) => (
          <Row frame={frame} step={step} name={t.steps[step.key].name}>
            {answerOf(step, draft, texts)}
          </Row>
        ))}
      </dl>
      <Form action={ROUTES.referCheck}>
        <Button>{t.check.send}</Button>
      </Form>
      <FormButton action={ROUTES.referAgain} kind="subtle">
        {t.again}
      </FormButton>
    </Layout>
  );
}

/** One answer. What does not fit is linked to from the summary on top. */
function Row({ frame, step, name, children }: { frame: Frame; step: Step; name: string; children: ComponentChildren }): VNode {
  const t = useTexts().referring.check;
  const id = `wijzig-${step.path}`;
  for (const field of [...step.fields, ...(step.also ?? [])]) frame.failed?.fields?.set(field, { id, label: name });
  return (
    <div>
      <dt>{name}</dt>
      <dd dir="auto">{children || <span class="quiet">{t.nothing}</span>}</dd>
      <dd>
        <a id={id} href={`${address(ROUTES.referStep, { step: step.path })}?terug=${CHECK_PATH}`}>
          {t.change}
          <span class="unseen"> {name}</span>
        </a>
      </dd>
    </div>
  );
}

/** What was answered, in words. */
function answerOf(step: Step, draft: Draft, texts: Texts): ComponentChildren {
  const { answers } = draft;
  const t = texts.referring;
  const said = (name: string): string => textAt(answers, name) ?? '';
  switch (step.key) {
    case 'way':
      return t.start.ways[toneOf(answers)];
    case 'themes':
      return [valueAt(answers, 'themes') ?? []].flat().map((theme) => wordFor(texts.cases.themes, String(theme))).join(', ');
    case 'safety':
      return wordFor(t.safetyLevels[toneOf(answers)], said('safety.level'));
    case 'consent':
      return said('consent.given') === 'yes'
        ? t.check.consentYes(wordFor(t.consent.hows, said('consent.how')), said('consent.on') && dayOfYear(said('consent.on')))
        : t.check.consentNo(said('consent.ground'));
    case 'who':
      return lines([
        said('resident.name'),
        said('resident.firstName') !== said('resident.name') && said('resident.firstName'),
        wordFor(t.who.languages, said('resident.language')),
        said('resident.birthYear'),
      ]);
    case 'reach':
      return lines([
        reachedBy((answers.resident ?? {}) as Answers, [], texts),
        wordFor(texts.desk.words.channels, said('resident.contactPreference.channel')),
        said('resident.contactPreference.note'),
      ]);
    case 'others':
      return draft.otherMainPersons.map(({ name }) => name).join(', ');
    case 'circle':
      return lines([t.check.people(draft.circle.length), draft.circle.map(({ name }) => name).join(', ')]);
    case 'source':
      return wordFor(texts.referrals.sources, said('source') || 'team');
    case 'referrer':
      return lines([said('referrer.name'), wordFor(texts.referrals.sources, said('source')), said('referrer.organisation'), said('referrer.email'), said('referrer.phone') && readable(said('referrer.phone'))]);
    case 'conditions':
      return lines([valueAt(answers, 'safety.conditions') ?? []].flat().map(String));
    case 'now':
    case 'question':
    case 'neighbourhood':
      return said(step.fields[0] ?? '');
  }
}

const lines = (parts: readonly (string | false)[]): ComponentChildren =>
  parts.some(Boolean) ? parts.filter(Boolean).map((part) => <span class="line">{part}</span>) : '';

export interface ThanksPageProps {
  frame: Frame;
  sent: Pick<SentDraft, 'state' | 'self' | 'acute' | 'mailed'>;
  /** The last day on which somebody looks at it. */
  triageBy: Instant;
  phone: string | null;
}

/** What happens now, in which order, and when. Says the same whether or not the person is known. */
export function ThanksPage({ frame, sent, triageBy, phone }: ThanksPageProps): VNode {
  const all = textsFor(frame.language).referring;
  const t = all.thanks;
  const waits = sent.state === 'awaiting-confirmation';
  const steps = [
    waits ? t.confirm : sent.mailed ? t.receipt : t.noMail,
    sent.acute ? t.triageAcute : waits ? t.triageAfterConfirming : t.triage(day(triageBy)),
    sent.self ? t.reachedSelf : t.reached,
    sent.self ? t.nobodySelf : t.nobody,
  ];
  return (
    <Layout frame={frame} title={textsFor(frame.language).web.pageTitle(t.title, all.title)} audience={sent.self ? 'resident' : 'everyone'}>
      <h1>{t.heading}</h1>
      <Notice tone={waits ? 'warning' : 'ok'}>{waits ? t.waits : t.received}</Notice>
      {sent.acute && <Notice tone="error">{all.now.danger}</Notice>}
      <h2>{t.nextTitle}</h2>
      <ol>
        {steps.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      {phone && (
        <p>
          {t.call} <a href={telephone(phone)}>{readable(phone)}</a>
        </p>
      )}
      <p>
        <a href={ROUTES.start}>{t.home}</a>
      </p>
    </Layout>
  );
}
