import type { VNode } from 'preact';
import { wordFor } from '../texts/nl/desk-words.js';
import { Button } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { TextArea } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { day } from '../web/format.js';
import { useTexts } from '../web/frame.js';
import { address, ROUTES } from './desk.routes.js';
import { COMMITMENT_TONES } from './desk.rules.js';

export type CommitmentState = 'asked' | 'promised' | 'doing' | 'blocked' | 'running' | 'done' | 'given-back' | 'released';

/** A commitment as its own person sees it. */
export interface OwnCommitment {
  id: string;
  text: string;
  state: CommitmentState;
  version: number;
  /** Local date. */
  dueOn: string | null;
  every: string | null;
  /** The states that its person may move it to now, from the table of transitions. */
  moves: readonly string[];
}

/** In the order in which people think of them; giving back has its own form with a reason. */
const MOVES = ['promised', 'done', 'running', 'doing'];

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
  const t = useTexts().desk;
  const action = address(ROUTES.ownCommitment, { commitmentId: commitment.id });
  const when = commitment.every
    ? wordFor(t.words.every, commitment.every)
    : commitment.dueOn && t.circle.before(day(commitment.dueOn));
  const state = wordFor(t.words.commitmentStates, commitment.state);
  const moves = MOVES.filter((state) => commitment.moves.includes(state));
  return (
    <article class="task" id={`afspraak-${commitment.id}`}>
      <h3 dir="auto">{commitment.text}</h3>
      <p>
        <StatusBadge tone={COMMITMENT_TONES[commitment.state]}>{state}</StatusBadge>{' '}
        {when && <span class="quiet">{when}</span>}
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
      {commitment.moves.includes('given-back') && (
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
