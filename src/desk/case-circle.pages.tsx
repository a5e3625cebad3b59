import type { VNode } from 'preact';
import {
  CHANNELS,
  circleKindOf,
  INVITABLE_STATES,
  MEMBER_TRANSITIONS,
  RELATION_NAMES,
  type MemberState,
  type Relation,
} from '../circle/circle.rules.js';
import { wordFor } from '../texts/nl/desk-words.js';
import { textsFor } from '../texts/texts.js';
import { Button } from '../web/components/button.js';
import { CircleRings, type Closeness } from '../web/components/circle-rings.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Choice, Select, TextArea, TextField } from '../web/components/field.js';
import { Form, FormButton } from '../web/components/form.js';
import { QrCode } from '../web/components/qr-code.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { Table, type Column } from '../web/components/table.js';
import { dayOfYear, readable, shortDay, telephone, type Instant } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { ChangeMemberForm, ChildFields } from './case-member.pages.js';
import { callName, optionsOf, Section, type MainPerson } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';
import { MEMBER_TONES } from './desk.rules.js';

export interface MemberView {
  id: string;
  name: string;
  firstName: string | null;
  relation: Relation;
  professional: boolean;
  organisation: string | null;
  state: MemberState;
  version: number;
  phone: string | null;
  email: string | null;
  phoneVerified: boolean;
  phoneLost: boolean;
  /** How they want to be reached, and what is not safe. */
  preference: string | null;
  /** In the circle since. */
  since: Instant;
  lastContact: { at: Instant; channel: string; outcome: string } | null;
}

export interface CircleSectionProps {
  reference: string;
  mainPersons: readonly MainPerson[];
  /** Without the main persons. */
  members: readonly MemberView[];
}

const FAMILY: readonly Relation[] = ['partner', 'parent', 'child', 'sibling', 'grandparent', 'relative', 'jim'];

/** The ring that someone stands on: family, friends and neighbours, professionals (aides stand with them). */
export function closenessOf(member: Pick<MemberView, 'relation' | 'professional'>): Closeness {
  if (circleKindOf(member.relation, member.professional) !== 'informal') return 'professional';
  return FAMILY.includes(member.relation) ? 'family' : 'around';
}

/** Members who are no longer asked. */
export const ENDED: readonly MemberState[] = ['refused', 'removed', 'unreachable'];

/** The circle as rings and as a table with what can be done for each. One form carries all buttons of the table. */
export function CircleSection({ reference, mainPersons, members }: CircleSectionProps): VNode {
  const t = useTexts().deskCase.circle;
  const invitable = members.filter((member) => INVITABLE_STATES.includes(member.state)).length;
  return (
    <Section id="kring" title={t.title}>
      <CircleRings
        centre={mainPersons.map(callName)}
        people={members
          .filter((member) => !ENDED.includes(member.state))
          .map((member) => ({ name: callName(member), closeness: closenessOf(member), certain: member.state !== 'proposed' }))}
      />
      <Form action={address(ROUTES.case, { ref: reference })} part="kring-tabel">
        <Table caption={t.caption} captionUnseen empty={t.none} rows={members} columns={useColumns(reference)} />
      </Form>
      {invitable > 0 ? (
        <FormButton action={address(ROUTES.invite, { ref: reference })} kind="primary">
          {t.invite(invitable)}
        </FormButton>
      ) : (
        <p class="quiet">{t.inviteNone}</p>
      )}
      <ContactForm reference={reference} members={members} mainPersons={mainPersons} />
      <AddMemberForm reference={reference} />
      <ChangeMemberForm reference={reference} people={[...mainPersons, ...members.filter(({ state }) => !ENDED.includes(state))]} />
    </Section>
  );
}

function useColumns(reference: string): Column<MemberView>[] {
  const all = useTexts();
  const t = all.deskCase.circle;
  return [
    {
      heading: t.who,
      names: true,
      cell: (member) => (
        <>
          <bdi>{member.name}</bdi>
          <small>
            {wordFor(all.circle.relations, member.relation)}
            {member.organisation && (
              <>
                , <bdi>{member.organisation}</bdi>
              </>
            )}
            <br />
            {member.professional && `${t.professional}, `}
            {t.since(shortDay(member.since))}
          </small>
        </>
      ),
    },
    {
      heading: t.state,
      cell: (member) => (
        <>
          <StatusBadge tone={MEMBER_TONES[member.state]}>{wordFor(all.circle.states, member.state)}</StatusBadge>
          {member.lastContact && (
            <small>
              {wordFor(all.desk.words.channels, member.lastContact.channel)}, {shortDay(member.lastContact.at)}:{' '}
              {wordFor(all.desk.words.contactOutcomes, member.lastContact.outcome).toLowerCase()}
            </small>
          )}
        </>
      ),
    },
    {
      heading: t.contact,
      cell: (member) => (
        <>
          {member.phone && <a href={telephone(member.phone)}>{readable(member.phone)}</a>}
          {member.phone && member.phoneVerified && <small>{all.links.person.verified}</small>}
          {member.phoneLost && <small>{all.links.person.isLost}</small>}
          {member.phone && member.email && <br />}
          {member.email && <bdi>{member.email}</bdi>}
          {member.preference && <small dir="auto">{member.preference}</small>}
        </>
      ),
    },
    { heading: t.actions, acts: true, cell: (member) => <MemberActions reference={reference} member={member} /> },
  ];
}

/** The buttons that the state allows: the same table of transitions as the service uses. */
function MemberActions({ reference, member }: { reference: string; member: MemberView }): VNode | null {
  const t = useTexts().deskCase.circle;
  const can = MEMBER_TRANSITIONS[member.state];
  if (!can.remove) return null;
  const parts = { ref: reference, memberId: member.id };
  const about = t.about(callName(member));
  return (
    <div class="row-actions">
      {can.approve && (
        <Button kind="secondary" action={address(ROUTES.approveMember, parts)} about={about}>
          {t.approve}
        </Button>
      )}
      {!can.approve && <LinkChoice parts={parts} about={about} person={member} />}
      {can.refuse && (
        <Button kind="subtle" action={address(ROUTES.refuseMember, parts)} about={about}>
          {t.refuse}
        </Button>
      )}
      <Disclosure summary={t.remove} about={about}>
        <p>{t.removeSure}</p>
        <Button kind="danger" action={address(ROUTES.removeMember, parts)} about={about}>
          {t.remove}
        </Button>
      </Disclosure>
    </div>
  );
}

interface LinkOwner {
  email: string | null;
  phone: string | null;
  phoneVerified: boolean;
}

/** The ways to give a link, the number that was verified in conversation, and the phone that is lost. */
function LinkChoice({ parts, about, person }: { parts: { ref: string; memberId: string }; about: string; person: LinkOwner }): VNode {
  const all = useTexts();
  const t = all.deskCase.circle;
  const own = all.links.person;
  const link = (via: string, words: string): VNode => (
    <Button kind="subtle" action={address(ROUTES.memberLink, parts)} name="via" value={via} about={about}>
      {words}
    </Button>
  );
  return (
    <>
      {person.email !== null && link('mail', t.linkMail)}
      {person.phone !== null && link('sms', own.linkSms)}
      {link('show', t.linkShow)}
      {person.phone !== null && !person.phoneVerified && (
        <Button kind="subtle" action={address(ROUTES.verifyPhone, parts)} about={about}>
          {own.verify}
        </Button>
      )}
      <Disclosure summary={own.lost} about={about}>
        <p>{own.lostSure}</p>
        <Button kind="danger" action={address(ROUTES.lostPhone, parts)} about={about}>
          {own.lost}
        </Button>
      </Disclosure>
    </>
  );
}

/** A new link for a main person, who stands beside the table of the circle. */
export function LinkButtons({ reference, person }: { reference: string; person: MainPerson }): VNode {
  const parts = { ref: reference, memberId: person.id };
  return (
    <Form action={address(ROUTES.memberLink, parts)} class="row-actions">
      <LinkChoice parts={parts} about={useTexts().deskCase.circle.about(callName(person))} person={person} />
    </Form>
  );
}

function ContactForm({ reference, members, mainPersons }: CircleSectionProps): VNode {
  const all = useTexts();
  const t = all.deskCase.circle;
  const action = address(ROUTES.contact, { ref: reference });
  const reachable = members.filter(
    (member) => Object.keys(MEMBER_TRANSITIONS[member.state]).length > 0 && member.state !== 'proposed',
  );
  return (
    <Disclosure summary={t.contactTitle} actions={[action]}>
      <Form action={action}>
        <Select
          name="memberId"
          label={t.whom}
          options={[...mainPersons, ...reachable].map((one) => ({ value: one.id, label: one.name }))}
        />
        <Choice name="channel" label={t.channel} row options={optionsOf(all.desk.words.channels, CHANNELS)} />
        <Choice name="outcome" label={t.outcome} row options={optionsOf(all.desk.words.contactOutcomes)} />
        <TextArea name="note" label={t.note} hint={t.noteHint} optional rows={2} />
        <Button>{t.save}</Button>
      </Form>
    </Disclosure>
  );
}

function AddMemberForm({ reference }: { reference: string }): VNode {
  const all = useTexts();
  const t = all.deskCase.circle;
  const action = address(ROUTES.addMember, { ref: reference });
  return (
    <Disclosure summary={t.addTitle} actions={[action]}>
      <Form action={action}>
        <div class="fields">
          <TextField name="name" label={t.name} />
          <TextField name="firstName" label={t.firstName} optional />
          <Select name="relation" label={t.relation} options={optionsOf(all.circle.relations, RELATION_NAMES)} />
          <TextField name="organisation" label={t.organisation} optional />
          <TextField name="email" label={t.email} type="email" optional />
          <TextField name="phone" label={t.phone} type="tel" optional />
          <Select name="reach" label={t.reach} optional options={optionsOf(all.desk.words.reach, ['letter', 'visit'])} />
          <TextField name="address" label={t.address} optional />
          <ChildFields />
        </div>
        <Button>{t.add}</Button>
      </Form>
    </Disclosure>
  );
}

export interface ShownLinkPageProps {
  frame: Frame;
  reference: string;
  name: string;
  url: string;
  expiresAt: Instant;
}

/** The answer to "show a link": for the facilitator at the table, never kept or cached. */
export function ShownLinkPage({ frame, reference, name, url, expiresAt }: ShownLinkPageProps): VNode {
  const t = textsFor(frame.language).deskCase.shownLink;
  return (
    <Layout frame={frame} title={t.title} audience="staff">
      <h1 dir="auto">{t.heading(name)}</h1>
      <p class="lead">{t.intro}</p>
      <div class="card">
        <p>{textsFor(frame.language).links.shown.scan}</p>
        <QrCode text={url} label={textsFor(frame.language).links.shown.qr} />
        <p>{textsFor(frame.language).links.shown.or}</p>
        <label for="link">{t.label}</label>
        <textarea class="secret-link" id="link" rows={5} readonly data-copy value={url} />
        <p class="quiet">{t.until(dayOfYear(expiresAt))}</p>
      </div>
      <p>
        <a href={address(ROUTES.case, { ref: reference })}>{t.back}</a>
      </p>
    </Layout>
  );
}
