import type { VNode } from 'preact';
import type { LineKind } from '../plans/draft-lines.rules.js';
import type { PlanDraftAnswer } from '../plans/drafts.dto.js';
import { howOften } from '../plans/rhythm.rules.js';
import { textsFor } from '../texts/texts.js';
import { Button } from '../web/components/button.js';
import { Select, TextArea, TextField } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { time } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { optionsOf } from './case-parts.pages.js';

/** Somebody else was just before: what stands there now, null when it was taken out. */
export interface Overtaken {
  kind: LineKind;
  lineId: string;
  current: { text: string; metBy?: string | null } | null;
}

export interface WritingPageProps {
  frame: Frame;
  /** Where the page is, and where its forms go. */
  address: string;
  back: string;
  isStaff: boolean;
  draft: PlanDraftAnswer;
  /** Who can be asked to do something, as far as the reader may know them. */
  people: readonly { id: string; name: string }[];
  /** Who can answer for what must be safe; only the facilitator chooses. */
  professionals: readonly { id: string; name: string }[];
  overtaken: Overtaken | null;
}

/** The plan in the making, line by line: each line is a form of its own, so that nobody writes over another. */
export function WritingPage(props: WritingPageProps): VNode {
  const { frame, address, back, isStaff, draft } = props;
  const t = textsFor(frame.language).draftPages.write;
  return (
    <Layout frame={frame} title={t.title} audience={isStaff ? 'staff' : 'resident'}>
      <h1>{t.title}</h1>
      <p class="lead">{t.intro}</p>
      <p>
        <a href={address}>{t.again}</a>
      </p>
      {!frame.failed && <News address={address} />}
      <Lost {...props} />
      <div data-lines={draft.version} tabIndex={-1}>
        <section class="card" aria-labelledby="doelen">
          <h2 id="doelen">{t.goals}</h2>
          {draft.goals.map((goal, at) => (
            <Line {...props} kind="goals" id={goal.id} title={t.goal(at + 1)}>
              <TextArea name="text" label={t.text} value={goal.text} rows={2} />
            </Line>
          ))}
          <Line {...props} kind="goals" id="" title={t.newGoal}>
            <TextArea name="text" label={t.text} rows={2} />
          </Line>
        </section>
        <section class="card" aria-labelledby="afspraken">
          <h2 id="afspraken">{t.commitments}</h2>
          {draft.commitments.map((commitment, at) => (
            <Line {...props} kind="commitments" id={commitment.id} title={t.commitment(at + 1)}>
              <CommitmentFields {...props} commitment={commitment} />
            </Line>
          ))}
          {props.people.length === 0 ? (
            <p class="quiet">{t.noPeople}</p>
          ) : (
            <Line {...props} kind="commitments" id="" title={t.newCommitment}>
              <CommitmentFields {...props} commitment={null} />
            </Line>
          )}
        </section>
        {draft.safetyConditions.length > 0 && (
          <section class="card" aria-labelledby="veilig">
            <h2 id="veilig">{t.conditions}</h2>
            {draft.safetyConditions.map((condition, at) => (
              <Line {...props} kind="safety-conditions" id={condition.id} title={t.condition(at + 1)}>
                <ConditionFields {...props} condition={condition} />
              </Line>
            ))}
          </section>
        )}
      </div>
      <p>
        <a href={back}>{isStaff ? t.backToCase : t.back}</a>
      </p>
    </Layout>
  );
}

/** Says so when somebody else wrote, and shows it; without script the link above does. */
function News({ address }: { address: string }): VNode {
  const t = useTexts().draftPages.write;
  return (
    <div role="status" data-news={`${address}/stand`}>
      <p hidden>
        {t.news}{' '}
        <button type="button" class="utrecht-button--secondary-action">
          {t.showNews}
        </button>
      </p>
    </div>
  );
}

interface LineProps extends WritingPageProps {
  kind: LineKind;
  /** Empty for a new one. */
  id: string;
  title: string;
  children: VNode | VNode[];
}

function Line({ address, draft, overtaken, isStaff, kind, id, title, children }: LineProps): VNode {
  const t = useTexts().draftPages.write;
  const state = draft.lines.find((line) => line.id === id);
  const now = overtaken?.kind === kind && overtaken.lineId === id ? overtaken.current : null;
  const mayRemove = id !== '' && (isStaff || kind !== 'safety-conditions');
  const mayRise = id !== '' && kind !== 'safety-conditions' && draft[kind][0]?.id !== id;
  return (
    <div class="task" id={id ? `regel-${id}` : undefined}>
      <h3>{title}</h3>
      {state?.changedAt && <p class="quiet">{t.changed(state.changedBy, time(state.changedAt))}</p>}
      {now && (
        <Notice tone="info" title={t.overtaken}>
          <p>
            {t.nowStands}: <bdi>{kind === 'safety-conditions' ? now.metBy : now.text}</bdi>
          </p>
          <p>
            <a href={`${address}#regel-${id}`}>{t.leave}</a>
          </p>
        </Notice>
      )}
      <Form action={address} hidden={{ kind, lineId: id || 'nieuw' }} part={`${kind}/${id}`}>
        {state && <input type="hidden" name="version" value={String(state.version)} />}
        {now && <p class="quiet">{t.youWrote}:</p>}
        {children}
        <div class="buttons">
          <Button name="do" value="save">
            {now ? t.mine : id ? t.save : t.add}
          </Button>
          {mayRise && (
            <Button kind="secondary" name="do" value="higher" about={title}>
              {t.higher}
            </Button>
          )}
          {mayRemove && (
            <Button kind="secondary" name="do" value="remove" about={title}>
              {t.remove}
            </Button>
          )}
        </div>
      </Form>
    </div>
  );
}

/** What was typed in a line that somebody took out meanwhile: it may be put back. */
function Lost({ frame, address, overtaken }: WritingPageProps): VNode | null {
  const t = useTexts().draftPages.write;
  if (!overtaken || overtaken.current) return null;
  const { kind, lineId } = overtaken;
  const kept = Object.fromEntries(
    ['text', 'memberId', 'goalId', 'dueOn', 'every'].map((name) => [name, frame.failed?.values[name]]).filter(([, value]) => typeof value === 'string' && value !== ''),
  ) as Record<string, string>;
  return (
    <Notice tone="info" title={t.overtaken}>
      <p>{t.gone}</p>
      <p>
        {t.youWrote}: <bdi>{kept.text}</bdi>
      </p>
      {kind !== 'safety-conditions' && (
        <Form action={address} hidden={{ ...kept, kind, lineId: 'nieuw', id: lineId }} part="terug">
          <Button name="do" value="save">
            {t.mine}
          </Button>
        </Form>
      )}
      <p>
        <a href={address}>{t.leave}</a>
      </p>
    </Notice>
  );
}

/** The facilitator changes what is asked and who stands in; the others how it is met. */
function ConditionFields({ isStaff, professionals, condition }: WritingPageProps & { condition: PlanDraftAnswer['safetyConditions'][number] }): VNode {
  const { desk, setBy: setByWords } = useTexts().safetyConditions;
  const t = useTexts().draftPages.write;
  const metBy = <TextArea name="metBy" label={t.metBy} value={condition.metBy} optional rows={2} />;
  if (!isStaff) {
    return (
      <>
        <p dir="auto">{condition.text}</p>
        {metBy}
      </>
    );
  }
  const setBy = professionals.find(({ id }) => id === condition.setByMemberId);
  return (
    <>
      {setBy && (
        <p class="quiet" dir="auto">
          {setByWords(setBy.name)}
        </p>
      )}
      <TextArea name="text" label={desk.text} value={condition.text} rows={2} />
      <TextArea name="reason" label={desk.reason} value={condition.reason} optional={condition.reason === null} rows={2} />
      <Select
        name="deputyMemberId"
        label={desk.deputy}
        value={condition.deputyMemberId}
        optional
        options={professionals.filter(({ id }) => id !== condition.setByMemberId).map(({ id, name }) => ({ value: id, label: name }))}
      />
      {metBy}
    </>
  );
}

function CommitmentFields({ draft, people, commitment }: WritingPageProps & { commitment: PlanDraftAnswer['commitments'][number] | null }): VNode {
  const all = useTexts();
  const t = all.draftPages.write;
  const rhythms: Readonly<Record<string, string>> = all.desk.words.every;
  const other = commitment?.every && !(commitment.every in rhythms) ? [commitment.every] : [];
  const every = optionsOf(rhythms, [...Object.keys(rhythms), ...other]).map((one) => ({ ...one, label: howOften(one.value) }));
  const goals = draft.goals.map(({ id, text }) => ({ value: id, label: text }));
  return (
    <>
      <TextArea name="text" label={t.what} value={commitment?.text} rows={2} />
      <div class="fields">
        <Select name="memberId" label={t.who} value={commitment?.memberId} options={people.map(({ id, name }) => ({ value: id, label: name }))} />
        {goals.length > 0 && <Select name="goalId" label={t.forGoal} value={commitment?.goalId} optional options={goals} />}
        <TextField name="dueOn" label={t.dueOn} type="date" value={commitment?.dueOn} optional />
        <Select name="every" label={t.every} value={commitment?.every} options={[{ value: '', label: t.once }, ...every]} />
      </div>
    </>
  );
}
