import type { VNode } from 'preact';
import type { MeetingType, ScriptPhase } from '../meetings/script.rules.js';
import { textsFor } from '../texts/texts.js';
import { Button } from '../web/components/button.js';
import { DefinitionList } from '../web/components/definition-list.js';
import { Select } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { readable, telephone, type Instant } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { CHAIRING_PATHS, type ChairingSide } from './chairing.pages.js';
import { Moment } from './dates.pages.js';
import { address, ROUTES } from './desk.routes.js';

export interface ScriptSheetProps {
  /** `talk`: nobody meets, the facilitator talks with whom it is about. */
  of: MeetingType | 'talk';
  /** Null as long as there is no date. */
  moment: { startsAt: Instant; endsAt: Instant } | null;
  phases: readonly ScriptPhase[];
}

/** The whole script as it goes on paper, with room to write. */
function ScriptSheet({ of, moment, phases }: ScriptSheetProps): VNode {
  const t = useTexts().script;
  return (
    <article class="letter script-sheet">
      <h2>{t.paper[of]}</h2>
      {moment && (
        <p>
          <Moment {...moment} />
        </p>
      )}
      <p>{t.paper.total(phases.reduce((sum, { minutes }) => sum + minutes, 0))}</p>
      {phases.map((phase, i) => (
        <section aria-labelledby={`stap-${phase.id}`}>
          <h3 id={`stap-${phase.id}`}>
            {i + 1}. {phase.title}
          </h3>
          <p class="quiet">
            {t.about(phase.minutes)} – {t.speakers[phase.speaks]}
          </p>
          <ul>
            {phase.doNow.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
          <blockquote>
            {phase.readAloud.map((line) => (
              <p>{line}</p>
            ))}
          </blockquote>
          <div class="script-line" />
        </section>
      ))}
    </article>
  );
}

export interface ScriptPaperProps {
  frame: Frame;
  side: ChairingSide;
  sheet: ScriptSheetProps;
}

/** `/mijn/voorzitten/papier`: the script to print; only the sheet itself is printed. */
export function ScriptPaperPage({ frame, side, sheet }: ScriptPaperProps): VNode {
  const t = textsFor(frame.language).script.paper;
  return (
    <Layout frame={frame} title={t.title} audience="resident">
      <div class="off-paper">
        <h1>{t.title}</h1>
        <p>{t.print}</p>
        <p>
          <a href={CHAIRING_PATHS[side].start}>{t.back}</a>
        </p>
      </div>
      <ScriptSheet {...sheet} />
    </Layout>
  );
}

export interface StandInProps {
  frame: Frame;
  resident: string;
  where: string;
  /** Whose case it is. */
  facilitator: { name: string; phone: string | null };
  sheet: ScriptSheetProps;
}

/** `/werk/beraden/{id}/draaiboek`: the script for who leads a colleague's meeting, with when and where; nothing else of the case. */
export function StandInPage({ frame, resident, where, facilitator: { name, phone }, sheet }: StandInProps): VNode {
  const t = textsFor(frame.language).script;
  return (
    <Layout frame={frame} title={t.standIn.title} audience="staff">
      <div class="off-paper">
        <h1>{t.standIn.title}</h1>
        <p dir="auto">{t.standIn.intro(name)}</p>
        <DefinitionList
          items={[
            [t.standIn.who, <bdi>{resident}</bdi>],
            [t.standIn.when, sheet.moment && <Moment {...sheet.moment} />],
            [t.standIn.where, <bdi>{where}</bdi>],
            [
              t.standIn.ask,
              <>
                <bdi>{name}</bdi> {phone && <a href={telephone(phone)}>{readable(phone)}</a>}
              </>,
            ],
          ]}
        />
        <p>{t.paper.print}</p>
        <p>
          <a href={ROUTES.work}>{t.standIn.back}</a>
        </p>
      </div>
      <ScriptSheet {...sheet} />
    </Layout>
  );
}

export interface CaseScriptProps {
  frame: Frame;
  reference: string;
  sheet: ScriptSheetProps;
  /** Who leads, where the kind of case lets somebody be asked: null elsewhere, and without a date. */
  chair: { meetingId: string; memberId: string | null; candidates: readonly { id: string; name: string }[] } | null;
}

/** `/werk/trajecten/{ref}/draaiboek`: the same texts for the facilitator, to read and to print. */
export function CaseScriptPage({ frame, reference, sheet, chair }: CaseScriptProps): VNode {
  const t = textsFor(frame.language).script;
  const at = address(ROUTES.caseScript, { ref: reference });
  const action = address(ROUTES.caseChair, { ref: reference });
  return (
    <Layout frame={frame} title={`${t.work.title} ${reference}`} audience="staff">
      <div class="off-paper">
        <h1>{t.work.title}</h1>
        <p>{t.work.intro}</p>
        <p>{t.paper.print}</p>
        <p>{sheet.of === 'review' ? <a href={`${at}?soort=meeting`}>{t.work.toMeeting}</a> : <a href={`${at}?soort=review`}>{t.work.toReview}</a>}</p>
        {chair && (
          <section class="card" aria-labelledby="leidt">
            <h2 id="leidt">{t.work.chairTitle}</h2>
            <p>{t.work.chairIntro}</p>
            <Form action={action} hidden={{ meetingId: chair.meetingId }}>
              <Select
                name="memberId"
                label={t.chairing.who}
                value={chair.memberId ?? ''}
                options={[{ value: '', label: t.work.own }, ...chair.candidates.map(({ id, name }) => ({ value: id, label: name }))]}
              />
              <Button>{t.work.save}</Button>
            </Form>
          </section>
        )}
        <p>
          <a href={address(ROUTES.case, { ref: reference })}>{t.work.back}</a>
        </p>
      </div>
      <ScriptSheet {...sheet} />
    </Layout>
  );
}
