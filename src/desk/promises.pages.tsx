import type { VNode } from 'preact';
import { movesOf, transitionsOf, type CommitmentState, type ProgressState } from '../plans/commitments.rules.js';
import { OBSTACLE_CATEGORIES } from '../plans/obstacles.rules.js';
import { rhythm, wordFor } from '../texts/nl/desk-words.js';
import { Button } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Choice, TextArea, TextField } from '../web/components/field.js';
import { Form, FormButton } from '../web/components/form.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { day } from '../web/format.js';
import { useTexts } from '../web/frame.js';
import { optionsOf } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';
import { COMMITMENT_TONES } from './desk.rules.js';

/** A commitment as its own person sees it. */
export interface OwnCommitment {
  id: string;
  text: string;
  state: CommitmentState;
  version: number;
  /** Local date. */
  dueOn: string | null;
  every: string | null;
}

/** What somebody else promised and the reader is asked to take over. */
export interface AskedToTakeOver {
  commitmentId: string;
  text: string;
  dueOn: string;
  every: string | null;
  /** Null when the reader may not know whose it is. */
  fromName: string | null;
  note: string | null;
}

/** What the reader is asked to take over: yes or "liever niet", one tap each. */
export function TakingOver({ asked }: { asked: readonly AskedToTakeOver[] }): VNode | null {
  const t = useTexts().desk.circle;
  if (asked.length === 0) return null;
  return (
    <section class="card" aria-labelledby="overnemen">
      <h2 id="overnemen">{t.takeOverTitle}</h2>
      <p class="quiet">{t.takeOverIntro}</p>
      {asked.map(({ commitmentId, text, dueOn, every, fromName, note }) => (
        <article class="task">
          <h3 dir="auto">{text}</h3>
          <p class="quiet">
            {fromName && t.takeOverFrom(fromName)} {every ? rhythm(every) : t.before(day(dueOn))}
          </p>
          {note && <blockquote dir="auto">{note}</blockquote>}
          <Form action={address(ROUTES.ownTakingOver, { commitmentId })} class="buttons">
            <Button name="yes" value="true" about={text}>
              {t.takeOverYes}
            </Button>
            <Button kind="secondary" name="yes" value="false" about={text}>
              {t.takeOverNo}
            </Button>
          </Form>
        </article>
      ))}
    </section>
  );
}

/** In the order in which people think of them; giving back has its own form with a reason. */
const MOVES: readonly ProgressState[] = ['promised', 'done', 'running', 'doing'];

/** What someone promised, each with the buttons that fit its state; and where it stands on a sheet to print. */
export function OwnPromises({ commitments, sheet }: { commitments: readonly OwnCommitment[]; sheet: string }): VNode | null {
  const { desk: { circle: t }, paperPages } = useTexts();
  if (commitments.length === 0) return null;
  return (
    <section class="card" aria-labelledby="afspraken">
      <h2 id="afspraken">{t.promisesTitle}</h2>
      <p class="quiet">{t.promisesIntro}</p>
      {commitments.map((commitment) => (
        <OwnPromise commitment={commitment} />
      ))}
      <p>
        <a href={sheet}>{paperPages.mine.sheetLink}</a>
      </p>
    </section>
  );
}

function OwnPromise({ commitment }: { commitment: OwnCommitment }): VNode {
  const all = useTexts();
  const t = all.desk;
  const action = address(ROUTES.ownCommitment, { commitmentId: commitment.id });
  const when = commitment.every ? rhythm(commitment.every) : commitment.dueOn && t.circle.before(day(commitment.dueOn));
  const giveBack = { state: 'given-back', version: commitment.version };
  const state = wordFor(all.plans.commitmentStates, commitment.state);
  const possible = movesOf(commitment.state, commitment.every);
  const moves = MOVES.filter((move) => possible.includes(move));
  return (
    <article class="task" id={`afspraak-${commitment.id}`}>
      <h3 dir="auto">{commitment.text}</h3>
      <p>
        <StatusBadge tone={COMMITMENT_TONES[commitment.state]}>{state}</StatusBadge> {possible.length > 0 && when && <span class="quiet">{when}</span>}
      </p>
      {moves.length > 0 && (
        <Form action={action} hidden={{ version: commitment.version }} class="buttons">
          {moves.map((state, index) => (
            <Button kind={index === 0 ? 'primary' : 'secondary'} name="state" value={state} about={commitment.text}>
              {t.words.commitmentMoves[state]}
            </Button>
          ))}
        </Form>
      )}
      {commitment.state === 'asked' && (
        <FormButton action={action} hidden={{ ...giveBack, note: t.circle.takeOverNo }} about={commitment.text}>
          {t.circle.takeOverNo}
        </FormButton>
      )}
      {canBeStuck(commitment) && <Stuck commitment={commitment} />}
      {commitment.state !== 'asked' && possible.includes('given-back') && (
        <Disclosure summary={t.circle.giveBack} about={commitment.text} actions={[action]}>
          <Form action={action} part="terug" hidden={giveBack}>
            <TextArea name="note" label={t.circle.giveBackWhy} hint={t.circle.giveBackHint} />
            <Button kind="secondary">{t.circle.giveBack}</Button>
          </Form>
        </Disclosure>
      )}
    </article>
  );
}

const canBeStuck = ({ state, every }: OwnCommitment): boolean => state !== 'blocked' && transitionsOf(every)[state].obstacle !== undefined;

function Stuck({ commitment: { id, text } }: { commitment: OwnCommitment }): VNode {
  const all = useTexts().obstacles;
  const t = all.own;
  const action = address(ROUTES.ownStuck, { commitmentId: id });
  return (
    <Disclosure summary={t.stuck} about={text} actions={[action]}>
      <Form action={action}>
        <TextArea name="text" label={t.text} hint={t.textHint} rows={3} />
        <Choice name="category" label={t.category} options={optionsOf(all.categories, OBSTACLE_CATEGORIES)} />
        <TextField name="whoseMove.organisation" label={t.organisation} hint={t.organisationHint} optional />
        <Button kind="secondary">{t.save}</Button>
      </Form>
    </Disclosure>
  );
}
