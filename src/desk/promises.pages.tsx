import type { VNode } from 'preact';
import { movesOf, type CommitmentState, type ProgressState } from '../plans/commitments.rules.js';
import { rhythm, wordFor } from '../texts/nl/desk-words.js';
import { Button } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { TextArea } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { day } from '../web/format.js';
import { useTexts } from '../web/frame.js';
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

/** In the order in which people think of them; giving back has its own form with a reason. */
const MOVES: readonly ProgressState[] = ['promised', 'done', 'running', 'doing'];

/** What someone promised, each with the buttons that fit its state. */
export function OwnPromises({ commitments }: { commitments: readonly OwnCommitment[] }): VNode | null {
  const t = useTexts().desk.circle;
  if (commitments.length === 0) return null;
  return (
    <section class="card" aria-labelledby="afspraken">
      <h2 id="afspraken">{t.promisesTitle}</h2>
      <p class="quiet">{t.promisesIntro}</p>
      {commitments.map((commitment) => (
        <OwnPromise commitment={commitment} />
      ))}
    </section>
  );
}

function OwnPromise({ commitment }: { commitment: OwnCommitment }): VNode {
  const all = useTexts();
  const t = all.desk;
  const action = address(ROUTES.ownCommitment, { commitmentId: commitment.id });
  const when = commitment.every ? rhythm(commitment.every) : commitment.dueOn && t.circle.before(day(commitment.dueOn));
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
      {possible.includes('given-back') && (
        <Disclosure summary={t.circle.giveBack} about={commitment.text} actions={[action]}>
          <Form action={action} part="terug" hidden={{ state: 'given-back', version: commitment.version }}>
            <TextArea name="note" label={t.circle.giveBackWhy} hint={t.circle.giveBackHint} />
            <Button kind="secondary">{t.circle.giveBack}</Button>
          </Form>
        </Disclosure>
      )}
    </article>
  );
}
