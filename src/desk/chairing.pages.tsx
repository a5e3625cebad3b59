import type { ComponentChildren, VNode } from 'preact';
import type { Phase, ScriptPhase } from '../meetings/script.rules.js';
import { textsFor } from '../texts/texts.js';
import { Button, ButtonLink } from '../web/components/button.js';
import { DefinitionList } from '../web/components/definition-list.js';
import { Choice } from '../web/components/field.js';
import { Form, FormButton } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { ReadAloud } from '../web/components/read-aloud.js';
import type { Instant } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { Moment } from './dates.pages.js';
import { ROUTES } from './desk.routes.js';

/** Whose page it is: of a main person, or of somebody of the circle who was asked to lead. */
export type ChairingSide = 'mine' | 'circle';

export const CHAIRING_PATHS = {
  mine: { home: ROUTES.mine, start: ROUTES.mineChairing, begin: ROUTES.mineChairingBegin, paper: ROUTES.mineChairingPaper, table: ROUTES.mineTable, write: ROUTES.mineWriting },
  circle: { home: ROUTES.circle, start: ROUTES.circleChairing, begin: ROUTES.circleChairingBegin, paper: ROUTES.circleChairingPaper, table: ROUTES.circleTable, write: ROUTES.circleWriting },
} as const;

/** The meeting that is led or rehearsed, as its reader may know it. */
export interface ChairingView {
  startsAt: Instant;
  endsAt: Instant;
  phases: readonly ScriptPhase[];
  /** The one who reads leads it. */
  leads: boolean;
  /** It can begin now. */
  begins: boolean;
  /** The reader may write in the plan now. */
  writes: boolean;
  /** Who leads, where that is neither the reader nor the facilitator. */
  chairName: string | null;
  /** Who leads by the kind of case. */
  chair: 'facilitator' | 'resident' | 'young-person-with-jim' | 'none';
  /** The reader may ask somebody to take over, or take the lead back. */
  passesOn: boolean;
  candidates: readonly { id: string; name: string }[];
}

export interface ChairingStartProps {
  frame: Frame;
  side: ChairingSide;
  /** Null as long as there is no date. */
  view: ChairingView | null;
}

/** `/mijn/voorzitten`: when it is, who leads it; to begin, to rehearse, or to print. */
export function ChairingStartPage({ frame, side, view }: ChairingStartProps): VNode {
  const t = textsFor(frame.language).script;
  const paths = CHAIRING_PATHS[side];
  const leads = view?.leads ?? false;
  const title = leads || !view ? t.chairing.title : t.chairing.reading;
  return (
    <Layout frame={frame} title={title} audience="resident">
      <h1>{title}</h1>
      <p class="lead">{leads || !view ? t.chairing.intro : t.chairing.readingIntro}</p>
      {!view && <Notice tone="info">{t.chairing.noDate}</Notice>}
      {view && (
        <>
          <section class="card calm script-start">
            <DefinitionList
              items={[
                [t.chairing.when, <Moment startsAt={view.startsAt} endsAt={view.endsAt} />],
                [t.chairing.who, <Chair view={view} />],
              ]}
            />
            {view.begins ? (
              <>
                <FormButton action={paths.begin} kind="primary">
                  {leads ? t.chairing.begin : t.chairing.beginReading}
                </FormButton>
                <p class="quiet">{t.chairing.beginHint}</p>
              </>
            ) : (
              <p>{t.chairing.beginLater}</p>
            )}
          </section>
          <TakeBack view={view} />
          <p>
            <ButtonLink href={`${paths.start}?oefenen&stap=1`} kind="secondary">
              {t.chairing.rehearse}
            </ButtonLink>
          </p>
          <p class="quiet">{t.chairing.rehearseHint}</p>
          <p>
            <a href={paths.paper}>{t.chairing.paper}</a>
          </p>
          {view.writes && (
            <p>
              <a href={paths.write}>{t.chairing.write}</a>
            </p>
          )}
          <h2>{t.chairing.steps}</h2>
          <ol class="script-list">
            {view.phases.map((phase, i) => (
              <li>{view.begins ? <a href={`${paths.start}?stap=${i + 1}`}>{phase.title}</a> : phase.title}</li>
            ))}
          </ol>
        </>
      )}
      <p>
        <a href={paths.home}>{t.chairing.back}</a>
      </p>
    </Layout>
  );
}

function Chair({ view }: { view: ChairingView }): VNode {
  const t = useTexts().script.chairing;
  if (view.chairName) return <bdi>{view.chairName}</bdi>;
  if (view.chair === 'young-person-with-jim') return <>{t.youAndJim}</>;
  if (view.leads) return <>{t.you}</>;
  return <>{view.chair === 'facilitator' ? t.facilitator : t.mainPersons}</>;
}

/** Says that somebody else leads now, with a way to take the lead back. */
function TakeBack({ view, phase }: { view: ChairingView; phase?: Phase }): VNode | null {
  const t = useTexts().script.chairing;
  if (!view.passesOn || view.leads) return null;
  return (
    <Notice tone="info">
      <p>{view.chairName ? t.passedOn(view.chairName) : t.passedOnUnnamed}</p>
      <FormButton action={ROUTES.mineChairingPassOn} hidden={{ back: 'true', phase }}>
        {t.takeBack}
      </FormButton>
    </Notice>
  );
}

export interface ChairingStepProps {
  frame: Frame;
  side: ChairingSide;
  view: ChairingView;
  /** Which step, from 1. */
  step: number;
  /** Changes nothing, shows nobody. */
  rehearsing: boolean;
}

/** What stands where, for a phase in which the page of a main person helps. */
const BESIDE: Partial<Record<Phase, 'mySentences' | 'myPlan'>> = {
  statements: 'mySentences',
  since: 'mySentences',
  plan: 'myPlan',
  promises: 'myPlan',
  change: 'myPlan',
  'read-aloud': 'myPlan',
};
/** When the plan is written down. */
const WRITTEN_IN: readonly Phase[] = ['plan', 'promises', 'change', 'read-aloud'];
/** What is done at the table in a phase; only a main person says who writes. */
const AT_THE_TABLE: Record<ChairingSide, Partial<Record<Phase, 'scribe' | 'privateTime'>>> = {
  mine: { welcome: 'scribe', 'private-time': 'privateTime' },
  circle: { 'private-time': 'privateTime' },
};
const BESIDE_AT = { mySentences: `${ROUTES.mine}#zinnen`, myPlan: `${ROUTES.mine}#plan` } as const;

/** One step: what to do now, what to read aloud, who has the word, and about how long. */
export function ChairingStepPage({ frame, side, view, step, rehearsing }: ChairingStepProps): VNode {
  const t = textsFor(frame.language).script;
  const phase = view.phases[step - 1]!;
  const at = addressOf(side, rehearsing);
  const beside = side === 'mine' && !rehearsing ? BESIDE[phase.id] : undefined;
  const table = rehearsing ? undefined : AT_THE_TABLE[side][phase.id];
  const last = step === view.phases.length;
  return (
    <ChairingLayout frame={frame} side={side} view={view} step={step} rehearsing={rehearsing} title={phase.title}>
      {!rehearsing && <TakeBack view={view} phase={phase.id} />}
      <section aria-labelledby="doen">
        <h2 id="doen">{t.doNow}</h2>
        <ul class="script-do">
          {phase.doNow.map((line) => (
            <li>{line}</li>
          ))}
        </ul>
      </section>
      <section class="card warm" aria-labelledby="voorlezen">
        <h2 id="voorlezen">{t.say}</h2>
        <div class="script-say" id="tekst">
          {phase.readAloud.map((line) => (
            <p>{line}</p>
          ))}
        </div>
        <ReadAloud target="tekst" />
        <p class="quiet">{t.sayHint}</p>
      </section>
      <dl class="script-facts">
        <div>
          <dt>{t.speaks}</dt>
          <dd>{speaker(t, phase, view, side)}</dd>
        </div>
        <div>
          <dt>{t.time}</dt>
          <dd data-minutes={phase.minutes} data-left={t.left} data-almost={t.almost} data-over={t.over}>
            {t.about(phase.minutes)}
          </dd>
        </div>
      </dl>
      <nav class="script-steps" aria-label={t.chairing.steps}>
        {step > 1 && (
          <ButtonLink href={at(step - 1)} kind="secondary">
            {t.chairing.previous}
          </ButtonLink>
        )}
        <span class="script-next">
          <ButtonLink href={last ? (rehearsing ? CHAIRING_PATHS[side].start : CHAIRING_PATHS[side].home) : at(step + 1)}>
            {last ? t.chairing.done : t.chairing.next}
          </ButtonLink>
        </span>
      </nav>
      <div class="script-aside">
        <ButtonLink href={`${at(step)}&pauze`} kind="secondary">
          {t.chairing.pause}
        </ButtonLink>
        {view.passesOn && view.leads && (
          <ButtonLink href={`${at(step)}&overgeven`} kind="secondary">
            {t.chairing.passOn}
          </ButtonLink>
        )}
      </div>
      <p>
        <a href={CHAIRING_PATHS[side].start}>{rehearsing ? t.chairing.stopRehearsing : t.chairing.all}</a>
      </p>
      {table && (
        <p>
          <a href={CHAIRING_PATHS[side].table}>{t.chairing[table]}</a>
        </p>
      )}
      {view.writes && WRITTEN_IN.includes(phase.id) && (
        <p>
          <a href={CHAIRING_PATHS[side].write}>{t.chairing.write}</a>
        </p>
      )}
      {beside && (
        <p>
          <a href={BESIDE_AT[beside]}>{t.chairing[beside]}</a>
        </p>
      )}
    </ChairingLayout>
  );
}

/** "Even pauze": nothing to read and nothing that runs. */
export function ChairingPausePage({ side, step, rehearsing, ...props }: ChairingStepProps): VNode {
  const t = textsFor(props.frame.language).script.chairing;
  return (
    <ChairingLayout {...props} side={side} step={step} rehearsing={rehearsing} title={t.pause}>
      <div class="script-pause">
        {t.pauseText.map((line) => (
          <p class="lead">{line}</p>
        ))}
        <ButtonLink href={addressOf(side, rehearsing)(step)}>{t.goOn}</ButtonLink>
      </div>
    </ChairingLayout>
  );
}

/** "Neem jij het over": whom the reader asks to go on from here. */
export function ChairingPassOnPage({ side, step, rehearsing, view, frame }: ChairingStepProps): VNode {
  const t = textsFor(frame.language).script.chairing;
  const options = view.candidates.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <ChairingLayout frame={frame} view={view} side={side} step={step} rehearsing={rehearsing} title={t.passOn}>
      {rehearsing && <p class="lead">{t.passOnRehearsal}</p>}
      {!rehearsing && <p class="lead">{options.length > 0 ? t.passOnIntro : t.passOnNone}</p>}
      {!rehearsing && options.length > 0 && (
        <Form action={ROUTES.mineChairingPassOn} hidden={{ phase: view.phases[step - 1]!.id, step }}>
          <Choice name="memberId" label={t.passOnWho} hint={t.passOnHint} options={options} />
          <Button>{t.passOnSend}</Button>
        </Form>
      )}
      <p>
        <a href={addressOf(side, rehearsing)(step)}>{t.backToStep}</a>
      </p>
    </ChairingLayout>
  );
}

function ChairingLayout({
  frame,
  view,
  step,
  rehearsing,
  title,
  children,
}: ChairingStepProps & { title: string; children: ComponentChildren }): VNode {
  const t = textsFor(frame.language).script.chairing;
  const where = t.step(step, view.phases.length);
  return (
    <Layout frame={frame} title={t.stepTitle(title, where, rehearsing)} audience="resident">
      {rehearsing && (
        <Notice tone="warning" title={t.rehearsing}>
          {t.rehearsingHint}
        </Notice>
      )}
      <p class="script-count">{where}</p>
      <h1>{title}</h1>
      {children}
    </Layout>
  );
}

/** The address of a step: with it a page that is opened again goes on where it was. */
const addressOf =
  (side: ChairingSide, rehearsing: boolean) =>
  (step: number): string =>
    `${CHAIRING_PATHS[side].start}?${rehearsing ? 'oefenen&' : ''}stap=${step}`;

function speaker(t: ReturnType<typeof textsFor>['script'], { speaks }: ScriptPhase, { leads }: ChairingView, side: ChairingSide): string {
  const self = (speaks === 'chair' && leads) || (speaks === 'main-persons' && side === 'mine');
  return self ? t.chairing.you : t.speakers[speaks];
}
