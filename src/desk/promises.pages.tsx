import type { VNode } from 'preact';
import { movesOf, transitionsOf, type CommitmentState, type ProgressState } from '../plans/commitments.rules.js';
import { OBSTACLE_CATEGORIES } from '../plans/obstacles.rules.js';
import { PASSABLE_STATES } from '../plans/offers.rules.js';
import { wordFor } from '../texts/nl/desk-words.js';
import { Button } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Choice, TextArea, TextField } from '../web/components/field.js';
import { Form, FormButton } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { useTexts } from '../web/frame.js';
import { byWhen, optionsOf } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';
import { COMMITMENT_TONES } from './desk.rules.js';
import { AskingHelp, PassingOn, TakenOver, WhatWasAsked, type OwnOffers } from './own-offers.pages.js';

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

/** What someone promised, each with the buttons that fit its state; and where it stands on a sheet to print. */
export function OwnPromises({ commitments, offers, sheet }: { commitments: readonly OwnCommitment[]; offers: OwnOffers; sheet: string }): VNode | null {
  const { desk: { circle: t }, paperPages } = useTexts();
  if (commitments.length === 0 && offers.passings.length === 0) return null;
  return (
    <section class="card" aria-labelledby="afspraken">
      <h2 id="afspraken">{t.promisesTitle}</h2>
      {!offers.over && <p class="quiet">{t.promisesIntro}</p>}
      {commitments.map((commitment) => (
        <OwnPromise commitment={commitment} offers={offers} />
      ))}
      <TakenOver passings={offers.passings} />
      <p>
        <a href={sheet}>{paperPages.mine.sheetLink}</a>
      </p>
    </section>
  );
}

/** A thank-you for what was just kept. */
export function Kept({ text }: { text: string }): VNode {
  const t = useTexts().desk.circle;
  return (
    <Notice tone="ok" title={t.thanksTitle}>
      <p dir="auto">{t.thanks(text)}</p>
    </Notice>
  );
}

function OwnPromise({ commitment, offers }: { commitment: OwnCommitment; offers: OwnOffers }): VNode {
  const all = useTexts();
  const t = all.desk;
  const action = address(ROUTES.ownCommitment, { commitmentId: commitment.id });
  const when = byWhen(all, commitment);
  const giveBack = { state: 'given-back', version: commitment.version };
  const state = wordFor(all.plans.commitmentStates, commitment.state);
  const possible = offers.over ? [] : movesOf(commitment.state, commitment.every);
  const passable = !offers.over && PASSABLE_STATES.includes(commitment.state);
  const moves = MOVES.filter((move) => possible.includes(move));
  return (
    <article class="task" id={`afspraak-${commitment.id}`}>
      <h3 dir="auto">{commitment.text}</h3>
      <p>
        <StatusBadge tone={COMMITMENT_TONES[commitment.state]}>{state}</StatusBadge> {possible.length > 0 && when && <span class="quiet">{when}</span>}
      </p>
      {passable && <WhatWasAsked promised={commitment} offers={offers} />}
      {moves.length > 0 && (
        <Form action={action} hidden={{ version: commitment.version }} class="buttons">
          {moves.map((state, index) => (
            <Button kind={index === 0 ? 'primary' : 'secondary'} name="state" value={state} about={commitment.text}>
              {t.words.commitmentMoves[state]}
            </Button>
          ))}
        </Form>
      )}
      {commitment.state === 'asked' && !offers.over && (
        <FormButton action={action} hidden={{ ...giveBack, note: t.circle.ratherNot }} about={commitment.text}>
          {t.circle.ratherNot}
        </FormButton>
      )}
      {!offers.over && canBeStuck(commitment) && <Stuck commitment={commitment} />}
      {passable && <AskingHelp promised={commitment} offers={offers} />}
      {passable && <PassingOn promised={commitment} offers={offers} />}
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
