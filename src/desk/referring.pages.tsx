import type { ComponentChildren, VNode } from 'preact';
import { SAFETY_LEVELS, THEMES } from '../cases/cases.rules.js';
import { CHANNELS } from '../circle/circle.rules.js';
import { SOURCES } from '../referrals/referrals.rules.js';
import { CHECK_PATH, sequence, textAt, valueAt, wayOf, type Answers, type Draft, type Step, type Visitor, type Way } from '../referrals/wizard.rules.js';
import { textsFor } from '../texts/texts.js';
import { Button } from '../web/components/button.js';
import { Choice, Select, TextArea, TextField } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { day, readable, telephone, type Instant } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { optionsOf } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';

/** What every page of the questions knows. */
export interface ReferringProps {
  frame: Frame;
  by: Visitor;
  draft: Draft;
  step: Step;
  keptUntil: Instant;
  /** Where "Terug" leads: nothing is lost there. */
  back: string;
  /** Came from the page with all answers, and goes back to it. */
  fromCheck: boolean;
}

export interface StepPageProps extends ReferringProps {
  /** Whom to call when it cannot wait. */
  now: { onDuty: boolean; phone: string | null };
}

const VEILIG_THUIS = '0800 2000';

/** The words of the way that was chosen; before that, those of referring somebody. */
export const toneOf = (answers: Answers): Way => wayOf(answers) ?? 'other';

/** Around every question: who asks for themself can leave at once. */
export function QuestionLayout({ frame, by, draft, step, keptUntil, back, children }: ReferringProps & { children: ComponentChildren }): VNode {
  const t = textsFor(frame.language).referring;
  const tone = toneOf(draft.answers);
  const heading = t.steps[step.key][tone];
  const steps = sequence(draft, by);
  const number = steps.findIndex(({ key }) => key === step.key) + 1;
  return (
    <Layout frame={frame} title={textsFor(frame.language).web.pageTitle(heading, t.title)} audience={tone === 'self' ? 'resident' : 'everyone'}>
      <p class="refer-back">
        <a href={back}>{t.back}</a>
      </p>
      {number > 0 && <p class="refer-count">{t.question(number, steps.length)}</p>}
      <h1>{heading}</h1>
      {children}
      <p class="quiet refer-kept">{t.kept(day(keptUntil))}</p>
    </Layout>
  );
}

/** One question: its fields, and one button. */
export function StepPage(props: StepPageProps): VNode {
  const { step, fromCheck, draft } = props;
  const t = textsFor(props.frame.language).referring;
  return (
    <QuestionLayout {...props}>
      <Form action={address(ROUTES.referStep, { step: step.path })} hidden={{ terug: fromCheck ? CHECK_PATH : null }}>
        <Fields step={step} answers={draft.answers} now={props.now} />
        <Button>{fromCheck ? t.save : t.next}</Button>
      </Form>
    </QuestionLayout>
  );
}

interface FieldsProps {
  step: Step;
  answers: Answers;
  now: StepPageProps['now'];
}

function Fields({ step, answers, now }: FieldsProps): VNode | null {
  switch (step.key) {
    case 'way':
      return <WayField value={wayOf(answers)} />;
    case 'question':
      return <QuestionField answers={answers} />;
    case 'themes':
      return <ThemesField answers={answers} />;
    case 'safety':
      return <SafetyField answers={answers} />;
    case 'now':
      return <NowWords now={now} />;
    case 'consent':
      return <ConsentFields answers={answers} />;
    case 'who':
      return <WhoFields answers={answers} />;
    case 'reach':
      return <ReachFields answers={answers} />;
    case 'neighbourhood':
      return <NeighbourhoodField answers={answers} />;
    case 'source':
      return <SourceField answers={answers} />;
    case 'referrer':
      return <ReferrerFields answers={answers} />;
    case 'conditions':
      return <ConditionsField answers={answers} />;
    case 'others':
    case 'circle':
      return null;
  }
}

type Of = { answers: Answers };

export function WayField({ value }: { value: Way | undefined }): VNode {
  const { start } = useTexts().referring;
  return <Choice name="way" label={start.label} options={optionsOf(start.ways)} value={value} />;
}

function QuestionField({ answers }: Of): VNode {
  const { label, hint } = useTexts().referring.questionField[toneOf(answers)];
  return <TextArea name="question" label={label} hint={hint} rows={6} value={textAt(answers, 'question')} />;
}

function ThemesField({ answers }: Of): VNode {
  const { referring, cases } = useTexts();
  const value = [valueAt(answers, 'themes') ?? []].flat().map(String);
  return <Choice name="themes" many label={referring.themesLabel} hint={referring.themesHint} options={optionsOf(cases.themes, THEMES)} value={value} />;
}

function SafetyField({ answers }: Of): VNode {
  const t = useTexts().referring;
  const tone = toneOf(answers);
  return (
    <>
      <Notice tone="warning">{t.start.danger}</Notice>
      <Choice
        name="safety.level"
        label={t.safetyLabel[tone]}
        options={optionsOf(t.safetyLevels[tone], SAFETY_LEVELS)}
        value={textAt(answers, 'safety.level')}
      />
    </>
  );
}

function NowWords({ now }: Pick<FieldsProps, 'now'>): VNode {
  const t = useTexts().referring.now;
  return (
    <>
      <Notice tone="error">
        <p>
          <strong>{t.danger}</strong>
        </p>
      </Notice>
      <p>{now.onDuty ? t.onDuty : t.nobody}</p>
      <ul class="plain">
        {now.phone && (
          <li>
            {t.call} <a href={telephone(now.phone)}>{readable(now.phone)}</a>
          </li>
        )}
        <li>
          {t.veiligThuis} <a href={telephone(VEILIG_THUIS)}>{VEILIG_THUIS}</a>
        </li>
      </ul>
    </>
  );
}

function ConsentFields({ answers }: Of): VNode {
  const t = useTexts().referring.consent;
  const value = (name: string): string | undefined => textAt(answers, `consent.${name}`);
  return (
    <>
      <Choice name="consent.given" label={t.label} options={optionsOf(t.given)} value={value('given')} />
      <TextField name="consent.on" label={t.on} hint={t.onHint} type="date" optional value={value('on')} />
      <Select name="consent.how" label={t.how} optional options={optionsOf(t.hows)} value={value('how')} />
      {textAt(answers, 'safety.level') === 'acute' ? (
        <TextArea name="consent.ground" label={t.ground} hint={t.groundHint} optional rows={2} value={value('ground')} />
      ) : (
        <p class="quiet">{t.ask}</p>
      )}
    </>
  );
}

function WhoFields({ answers }: Of): VNode {
  const t = useTexts().referring.who;
  const tone = toneOf(answers);
  const value = (name: string): string | undefined => textAt(answers, `resident.${name}`);
  return (
    <>
      <TextField name="resident.name" label={t.name[tone]} value={value('name')} autocomplete={tone === 'self' ? 'given-name' : 'off'} />
      {tone === 'other' && <TextField name="resident.firstName" label={t.firstName} hint={t.firstNameHint} optional value={value('firstName')} />}
      <Select name="resident.language" label={t.language[tone]} optional options={optionsOf(t.languages)} value={value('language')} />
      {tone === 'other' && (
        <TextField name="resident.birthYear" label={t.birthYear} hint={t.birthYearHint} optional inputMode="numeric" size="short" value={value('birthYear')} />
      )}
    </>
  );
}

function ReachFields({ answers }: Of): VNode {
  const { referring, desk } = useTexts();
  const t = referring.reach;
  const tone = toneOf(answers);
  const own = tone === 'self';
  const value = (name: string): string | undefined => textAt(answers, `resident.${name}`);
  return (
    <>
      <p>{t.intro[tone]}</p>
      <TextField name="resident.phone" label={t.phone} type="tel" optional autocomplete={own ? 'tel' : 'off'} value={value('phone')} />
      <TextField name="resident.email" label={t.email} type="email" optional autocomplete={own ? 'email' : 'off'} value={value('email')} />
      <Select name="resident.reach" label={`${t.without} ${t.reach}`} optional options={optionsOf(t.ways)} value={value('reach')} />
      <TextField name="resident.address" label={t.address} hint={t.addressHint} optional value={value('address')} />
      <Select
        name="resident.contactPreference.channel"
        label={t.channel[tone]}
        optional
        options={optionsOf(desk.words.channels, CHANNELS)}
        value={value('contactPreference.channel')}
      />
      <TextField name="resident.contactPreference.note" label={t.note} hint={t.noteHint} optional value={value('contactPreference.note')} />
    </>
  );
}

function NeighbourhoodField({ answers }: Of): VNode {
  const t = useTexts().referring.neighbourhood;
  return <TextField name="neighbourhoodCode" label={t.label} hint={t.hint} optional size="short" value={textAt(answers, 'neighbourhoodCode')} />;
}

function SourceField({ answers }: Of): VNode {
  const { referring, referrals } = useTexts();
  const options = optionsOf(referrals.sources, SOURCES.filter((source) => source !== 'resident'));
  return <Select name="source" label={referring.source.label} hint={referring.source.hint} options={options} value={textAt(answers, 'source')} />;
}

function ReferrerFields({ answers }: Of): VNode {
  const t = useTexts().referring.referrer;
  const value = (name: string): string | undefined => textAt(answers, `referrer.${name}`);
  return (
    <>
      <p>{t.intro}</p>
      <TextField name="referrer.name" label={t.name} autocomplete="name" value={value('name')} />
      <SourceField answers={answers} />
      <TextField name="referrer.organisation" label={t.organisation} optional autocomplete="organization" value={value('organisation')} />
      <TextField name="referrer.email" label={t.email} type="email" autocomplete="email" value={value('email')} />
      <TextField name="referrer.phone" label={t.phone} type="tel" optional autocomplete="tel" value={value('phone')} />
    </>
  );
}

function ConditionsField({ answers }: Of): VNode {
  const t = useTexts().referring.conditions;
  const lines = [valueAt(answers, 'safety.conditions') ?? []].flat().join('\n');
  return <TextArea name="safety.conditions" label={t.label} hint={t.hint} optional rows={4} value={lines} />;
}
