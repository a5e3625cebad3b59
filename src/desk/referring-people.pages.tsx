import type { VNode } from 'preact';
import { circleKindOf, RELATION_NAMES, type Relation } from '../circle/circle.rules.js';
import { CHECK_PATH, MOST_PEOPLE, textAt, type Answers, type DraftPerson, type PeopleList } from '../referrals/wizard.rules.js';
import { textsFor } from '../texts/texts.js';
import { wordFor } from '../texts/nl/desk-words.js';
import { Button } from '../web/components/button.js';
import { CircleRings, type Closeness } from '../web/components/circle-rings.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Select, TextField } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { Table, type Column } from '../web/components/table.js';
import { readable } from '../web/format.js';
import type { Texts } from '../texts/texts.js';
import { useTexts } from '../web/frame.js';
import { closenessOf } from './case-circle.pages.js';
import { optionsOf } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';
import { QuestionLayout, toneOf, type ReferringProps } from './referring.pages.js';

export interface PeoplePageProps extends ReferringProps {
  list: PeopleList;
  /** The one who is being changed. */
  changing: DraftPerson | null;
}

/** Which ring each relation stands on; somebody without one stands with friends and neighbours. */
const RING_OF = Object.fromEntries(RELATION_NAMES.map((relation) => [relation, closenessOf({ relation, professional: circleKindOf(relation, undefined) !== 'informal' })]));
const ringOf = (person: Answers): Closeness => RING_OF[textAt(person, 'relation') as Relation] ?? 'around';
const nameOf = (person: Answers): string => textAt(person, 'firstName') ?? textAt(person, 'name') ?? '';

/** People, one at a time: who was added, drawn and as a table, and a form for the next one. */
export function PeoplePage(props: PeoplePageProps): VNode {
  const { list, draft, step, changing, fromCheck } = props;
  const t = textsFor(props.frame.language).referring.people;
  const tone = toneOf(draft.answers);
  const people = draft[list];
  const action = address(ROUTES.referStep, { step: step.path });
  const full = people.length >= MOST_PEOPLE[list] && !changing;
  const heading = changing ? t.changeTitle(nameOf(changing)) : list === 'circle' ? t.circle.addTitle : t.others.addTitle;
  return (
    <QuestionLayout {...props}>
      <p>{list === 'circle' ? t.circle[tone] : t.others.intro}</p>
      {list === 'circle' && <Rings draft={draft} people={people} />}
      {people.length > 0 && <People {...props} />}
      {list === 'circle' && !changing && (
        <div class="refer-help">
          <h2>{t.circle.helpTitle}</h2>
          <ul>
            {t.circle.help[tone].map((question) => (
              <li>{question}</li>
            ))}
          </ul>
        </div>
      )}
      <Form action={action} part="persoon" hidden={{ terug: fromCheck ? CHECK_PATH : null, wie: changing ? changing.id : null }}>
        {full ? (
          <p>{t.circle.full}</p>
        ) : (
          <section class="card" aria-labelledby="erbij">
            <h2 id="erbij" dir="auto">
              {heading}
            </h2>
            <PersonFields list={list} person={changing} draft={draft} />
            <div class="buttons">
              <Button kind={changing ? 'primary' : 'secondary'} name="then" value="add">
                {changing ? textsFor(props.frame.language).referring.save : t.add}
              </Button>
              {changing && <a href={action}>{t.cancel}</a>}
            </div>
          </section>
        )}
        {!changing && (
          <p>
            <Button name="then" value="next">
              {t.goOn}
            </Button>
          </p>
        )}
      </Form>
    </QuestionLayout>
  );
}

/** The circle as it grows; script draws along what is being typed (`data-rings` says where each relation stands). */
function Rings({ draft, people }: Pick<ReferringProps, 'draft'> & { people: readonly DraftPerson[] }): VNode {
  const t = useTexts().referring.people;
  const { resident } = draft.answers as { resident?: Answers };
  const main = [resident ?? {}, ...draft.otherMainPersons].map(nameOf).filter(Boolean);
  return (
    <div data-rings={JSON.stringify(RING_OF)}>
      <CircleRings
        centre={main.length > 0 ? main : [t.centre[toneOf(draft.answers)]]}
        people={people.map((person) => ({ name: nameOf(person), closeness: ringOf(person), certain: false }))}
      />
    </div>
  );
}

function People({ frame, list, draft, step, fromCheck }: PeoplePageProps): VNode {
  const texts = useTexts();
  const t = texts.referring.people;
  const title = list === 'circle' ? t.circle.listTitle : t.others.listTitle;
  const own = address(ROUTES.referStep, { step: step.path });
  draft[list].forEach((person, at) => frame.failed?.fields?.set(`${list}.${at}`, { id: `wie-${person.id}`, label: nameOf(person) }));
  const columns: Column<DraftPerson>[] = [
    { heading: t.who, names: true, cell: (person) => <bdi>{nameOf(person)}</bdi> },
    ...(list === 'circle' ? [{ heading: t.relationHeading, cell: (person: DraftPerson) => wordFor(texts.circle.relations, textAt(person, 'relation') ?? '') || '–' }] : []),
    ...(toneOf(draft.answers) === 'other' ? [{ heading: t.how, cell: (person: DraftPerson) => <bdi>{reachedBy(person, draft[list], texts)}</bdi> }] : []),
    {
      heading: t.act,
      acts: true,
      cell: (person) => (
        <span class="buttons">
          <a id={`wie-${person.id}`} href={`${own}?wie=${person.id}${fromCheck ? `&terug=${CHECK_PATH}` : ''}`}>
            {t.change}
            <span class="unseen"> {nameOf(person)}</span>
          </a>
          <Button kind="subtle" name="person" value={String(person.id)} about={nameOf(person)}>
            {t.remove}
          </Button>
        </span>
      ),
    },
  ];
  return (
    <Form action={address(ROUTES.referRemove, { step: step.path })} hidden={{ terug: fromCheck ? CHECK_PATH : null }}>
      <Table caption={title} empty="" rows={draft[list]} columns={columns} />
    </Form>
  );
}

/** The ways in which somebody can be reached, in words. */
export function reachedBy(person: Answers, all: readonly DraftPerson[], { desk, referring }: Texts): string {
  const via = all.find(({ id }) => id === Number(textAt(person, 'via')));
  const phone = textAt(person, 'phone');
  const reach = textAt(person, 'reach');
  const ways = [
    phone && readable(phone),
    textAt(person, 'email'),
    reach && wordFor(desk.words.reach, reach),
    textAt(person, 'address'),
    via && referring.people.viaPerson(nameOf(via)),
  ];
  return ways.filter(Boolean).join(', ');
}

function PersonFields({ list, person, draft }: Pick<PeoplePageProps, 'list' | 'draft'> & { person: DraftPerson | null }): VNode {
  const { referring, circle } = useTexts();
  const t = referring.people;
  const tone = toneOf(draft.answers);
  const value = (name: string): string | undefined => (person ? textAt(person, name) : undefined);
  const through = draft.circle.filter(({ id }) => id !== person?.id).map((one) => ({ value: String(one.id), label: nameOf(one) }));
  const relation = list === 'circle' && (
    <Select name="relation" label={t.relation[tone]} optional={tone === 'self'} options={optionsOf(circle.relations, RELATION_NAMES)} value={value('relation')} />
  );
  if (list === 'circle' && tone === 'self') {
    return (
      <div class="fields">
        <TextField name="name" label={t.firstName} autocomplete="off" value={value('name')} />
        {relation}
      </div>
    );
  }
  const others = ['reach', 'address', 'via', 'organisation'];
  return (
    <>
      <div class="fields">
        <TextField name="name" label={t.name} autocomplete="off" value={value('name')} />
        {list === 'circle' ? relation : <TextField name="firstName" label={t.firstName} optional autocomplete="off" value={value('firstName')} />}
        <TextField name="phone" label={t.phone} type="tel" optional autocomplete="off" value={value('phone')} />
        <TextField name="email" label={t.email} type="email" optional autocomplete="off" value={value('email')} />
      </div>
      <Disclosure summary={referring.reach.without} open={others.some((name) => value(name) !== undefined)} actions={ACTIONS}>
        <Select name="reach" label={referring.reach.reach} optional options={optionsOf(referring.reach.ways)} value={value('reach')} />
        <TextField name="address" label={referring.reach.address} hint={referring.reach.addressHint} optional autocomplete="off" value={value('address')} />
        {list === 'circle' && through.length > 0 && <Select name="via" label={t.via} optional options={through} value={value('via')} />}
      </Disclosure>
      {list === 'circle' && (
        <TextField name="organisation" label={t.organisation} hint={t.organisationHint} optional autocomplete="off" value={value('organisation')} />
      )}
    </>
  );
}

/** Where people are added: what went wrong may be in the part that opens. */
const ACTIONS = ['anderen', 'kring'].map((step) => address(ROUTES.referStep, { step }));
