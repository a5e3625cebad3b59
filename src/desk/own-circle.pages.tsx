import type { VNode } from 'preact';
import { circleKindOf, RELATION_NAMES, type MemberState, type Relation } from '../circle/circle.rules.js';
import { wordFor } from '../texts/nl/desk-words.js';
import { textsFor } from '../texts/texts.js';
import { Button, ButtonLink } from '../web/components/button.js';
import { CircleRings, type Closeness } from '../web/components/circle-rings.js';
import { Select, TextField, type Option } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { closenessOf } from './case-circle.pages.js';
import { address, ROUTES } from './desk.routes.js';
import { MEMBER_TONES } from './desk.rules.js';

export interface OwnCirclePerson {
  id: string;
  name: string;
  relation: Relation;
  professional: boolean;
  state: MemberState;
  version: number;
  /** The person may still be approved or refused. */
  open: boolean;
}

export interface OwnCirclePageProps {
  frame: Frame;
  me: { name: string };
  /** Everyone who belongs to it, or was named for it. */
  people: readonly OwnCirclePerson[];
}

/** `/mijn/kring`: a main person's circle, drawn and as a table; who may be asked, and a way to make it bigger. */
export function OwnCirclePage({ frame, me, people }: OwnCirclePageProps): VNode {
  const all = textsFor(frame.language);
  const t = all.ownCircle;
  const deciding = people.filter(({ open }) => open);
  const others = people.filter(({ open }) => !open);
  return (
    <Layout frame={frame} title={t.title} audience="resident">
      <h1>{t.title}</h1>
      <p class="lead">{t.intro}</p>
      {people.length === 0 ? <p>{t.empty}</p> : <Drawing me={me} people={people} />}
      <p>
        <ButtonLink href={ROUTES.mineCircleMore}>{t.add}</ButtonLink>
      </p>
      {deciding.length > 0 && (
        <section class="card" aria-labelledby="beslissen">
          <h2 id="beslissen">{t.deciding}</h2>
          {deciding.map((person) => (
            <article class="task person">
              <h3>
                <bdi>{person.name}</bdi> <span class="quiet">{wordFor(all.circle.relations, person.relation)}</span>
              </h3>
              <Decision person={person} />
            </article>
          ))}
        </section>
      )}
      {others.length > 0 && (
        <section class="card" aria-labelledby="iedereen">
          <h2 id="iedereen">{t.others}</h2>
          {deciding.length === 0 && <p class="quiet">{t.decidingNone}</p>}
          <Table
            caption={t.others}
            captionUnseen
            empty={t.empty}
            rows={others}
            columns={[
              {
                heading: t.who,
                names: true,
                cell: (person) => (
                  <>
                    <bdi>{person.name}</bdi>
                    <small>{wordFor(all.circle.relations, person.relation)}</small>
                  </>
                ),
              },
              {
                heading: t.state,
                cell: ({ state }) => <StatusBadge tone={MEMBER_TONES[state]}>{wordFor(all.circle.states, state)}</StatusBadge>,
              },
            ]}
          />
        </section>
      )}
      <p>
        <a href={ROUTES.mine}>{t.back}</a>
      </p>
    </Layout>
  );
}

/** Yes or "liever niet" to asking somebody: one tap. */
export function Decision({ person }: { person: Pick<OwnCirclePerson, 'id' | 'name' | 'version'> }): VNode {
  const t = useTexts().desk.mine;
  return (
    <Form action={address(ROUTES.mineApprove, { memberId: person.id })} hidden={{ version: person.version }} class="buttons">
      <Button kind="primary" about={t.about(person.name)}>
        {t.yes}
      </Button>
      <Button kind="secondary" action={address(ROUTES.mineRefuse, { memberId: person.id })} about={t.about(person.name)}>
        {t.ratherNot}
      </Button>
    </Form>
  );
}

function Drawing({ me, people }: Pick<OwnCirclePageProps, 'me' | 'people'>): VNode {
  const t = useTexts().ownCircle;
  return (
    <>
      <CircleRings
        centre={[me.name]}
        people={people
          .filter(({ state }) => state !== 'refused' && state !== 'unreachable')
          .map((person) => ({ name: person.name, closeness: closenessOf(person), certain: person.state !== 'proposed' }))}
      />
      {people.some(({ open }) => open) && <p class="quiet">{t.drawn}</p>}
    </>
  );
}

export interface MoreOfCirclePageProps {
  frame: Frame;
  /** Which helping question, counted from 0; any number. */
  question: number;
  /** Through whom somebody may be reached. */
  through: readonly { id: string; name: string }[];
}

/** `/mijn/kring/erbij`: one more person, with a question that helps to think of them. */
export function MoreOfCirclePage({ frame, question, through }: MoreOfCirclePageProps): VNode {
  const t = textsFor(frame.language).ownCircle;
  const asked = question % t.helping.length;
  return (
    <Layout frame={frame} title={t.addTitle} audience="resident">
      <h1>{t.addTitle}</h1>
      <p>{t.addIntro}</p>
      <section class="card warm" aria-labelledby="helpt">
        <h2 id="helpt">{t.helping[asked]}</h2>
        <p>
          <a href={`${ROUTES.mineCircleMore}?vraag=${(asked + 1) % t.helping.length}`}>{t.another}</a>
        </p>
      </section>
      <Form action={ROUTES.mineCircleMore}>
        <TextField name="name" label={t.name} autocomplete="off" />
        <RelationChoice />
        <fieldset>
          <legend>{t.reach}</legend>
          <p class="quiet">{t.reachHint}</p>
          <TextField name="phone" type="tel" label={t.phone} optional autocomplete="off" />
          <TextField name="email" type="email" label={t.email} optional autocomplete="off" />
          {through.length > 0 && (
            <Select name="viaMemberId" label={t.via} optional options={through.map(({ id, name }) => ({ value: id, label: name }))} />
          )}
        </fieldset>
        <h2>{t.ask}</h2>
        <div class="buttons">
          <Button name="may" value="true">
            {t.askYes}
          </Button>
          <Button kind="secondary">{t.askLater}</Button>
        </div>
      </Form>
      <p>
        <a href={ROUTES.mineCircle}>{t.backToCircle}</a>
      </p>
    </Layout>
  );
}

const GROUPS: readonly Closeness[] = ['family', 'around', 'professional'];

function RelationChoice(): VNode {
  const { circle, ownCircle: t } = useTexts();
  const option = (relation: Relation): Option => ({ value: relation, label: wordFor(circle.relations, relation) });
  const groups = GROUPS.map((group) => ({
    label: t.relations[group],
    options: RELATION_NAMES.filter((relation) => closenessOf({ relation, professional: circleKindOf(relation, undefined) === 'professional' }) === group).map(option),
  }));
  return <Select name="relation" label={t.relation} options={[]} groups={groups} />;
}
