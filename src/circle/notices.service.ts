import { Injectable, type OnModuleInit } from '@nestjs/common';
import { FirstContactService } from '../messages/first-contact.service.js';
import type { FirstContact, ToMember } from '../messages/messages.events.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { notFound } from '../platform/http/problem.js';
import type { FirstNotice } from '../texts/nl/messages.js';
import { circleTextsFor, messageLanguage } from '../texts/message-languages.js';
import { CircleService, type CircleMember } from './circle.service.js';
import { hiddenFrom } from './restrictions.rules.js';
import { RestrictionsService } from './restrictions.service.js';

/**
 * The claim of a message that did not go is taken over by the next one; one that is on its way keeps it. Of two messages to one
 * person the one that has the claim goes before, else the earlier one.
 */
const CLAIM = statement(
  'circle.notice-claim',
  `insert into circle_notices as n (organisation_id, member_id, way, channel, message_id, claimed_at)
   select distinct on (m.id) $1::uuid, m.id, 'message', w.channel, w.message_id, $2::timestamptz
   from unnest($3::uuid[], $4::uuid[], $5::text[]) as w (message_id, member_id, channel)
   join circle_members m on m.organisation_id = $1 and m.id = w.member_id and not m.is_main_person
   left join circle_notices had on had.organisation_id = $1 and had.member_id = m.id and had.way = 'message' and had.message_id = w.message_id
   order by m.id, had.message_id is null, w.message_id
   on conflict (organisation_id, member_id, way) do update
     set message_id = excluded.message_id, channel = excluded.channel, claimed_at = excluded.claimed_at
   where n.told_at is null and (n.message_id = excluded.message_id or not exists (
     select from messages w where w.organisation_id = n.organisation_id and w.id = n.message_id and w.state = 'sending'))
   returning n.message_id as id`,
);
const TOLD = statement(
  'circle.notice-told',
  'update circle_notices set told_at = $3 where organisation_id = $1 and message_id = any ($2) and told_at is null',
);
const TOLD_BY_HAND = statement(
  'circle.notice-spoken',
  `insert into circle_notices (organisation_id, member_id, way, channel, claimed_at, told_at) values ($1, $2, 'spoken', $3, $4, $4)
   on conflict (organisation_id, member_id, way) do nothing`,
);
/** Only the first time: whoever was shown it before keeps the day on which it was. */
const TOLD_ON_PAGE = statement(
  'circle.notice-page',
  `insert into circle_notices (organisation_id, member_id, way, channel, claimed_at, told_at)
   select $1, m.id, 'page', 'page', $3, $3 from circle_members m where m.organisation_id = $1 and m.id = $2 and not m.is_main_person
   on conflict (organisation_id, member_id, way) do nothing`,
);
const SHOWN_SINCE = statement(
  'circle.notice-page-since',
  `select member_id from circle_notices where organisation_id = $1 and member_id = $2 and way = 'page' and told_at > $3`,
);
/** How long it stands in full on their page: our script loads a page twice after a form, and people read again the same evening. */
const IN_FULL_MS = 24 * 60 * 60 * 1000;
const NOT_TOLD = statement(
  'circle.notice-owed',
  `select m.id from circle_members m where m.organisation_id = $1 and m.id = any ($2) and not m.is_main_person and not exists (
     select from circle_notices n where n.organisation_id = m.organisation_id and n.member_id = m.id and n.told_at is not null)`,
);
const RESIDENTS = statement('circle.notice-cases', 'select id, resident_name as resident from cases where organisation_id = $1 and id = any ($2)');
const GROUND = statement('circle.notice-ground', 'select legal_ground as ground from people_organisations where id = $1');

/** Somebody of the circle never asked to be in the system: at first contact they hear who named them, what is kept, and the way out. */
@Injectable()
export class NoticesService implements OnModuleInit, FirstContact {
  constructor(
    private readonly firstContact: FirstContactService,
    private readonly circle: CircleService,
    private readonly restrictions: RestrictionsService,
  ) {}

  onModuleInit(): void {
    this.firstContact.ask(this);
  }

  async notices(tx: Tx, messages: readonly ToMember[]): Promise<ReadonlyMap<string, FirstNotice>> {
    const columns = (['id', 'memberId', 'channel'] as const).map((name) => messages.map((message) => message[name]));
    const claimed = await named<{ id: string }>(tx, CLAIM, [tx.organisationId, tx.now, ...columns]);
    const bringing = messages.filter(({ id }) => claimed.some((one) => one.id === id));
    const words = await this.wordsFor(tx, bringing);
    return new Map(bringing.map(({ id }, i) => [id, words[i]!]));
  }

  /** What this person is told: who named them, about whom it is, and on what ground it is kept. */
  async words(tx: Tx, memberId: string, language = 'nl'): Promise<FirstNotice> {
    return (await this.wordsFor(tx, [{ memberId, language }]))[0]!;
  }

  async told(tx: Tx, messageIds: readonly string[]): Promise<void> {
    await named(tx, TOLD, [tx.organisationId, messageIds, tx.now]);
  }

  /** They see it on their own page; true on the first day. Nothing is written for a main person, who asked for this. */
  async onPage(tx: Tx, memberId: string): Promise<boolean> {
    await named(tx, TOLD_ON_PAGE, [tx.organisationId, memberId, tx.now]);
    return (await named(tx, SHOWN_SINCE, [tx.organisationId, memberId, new Date(tx.now.getTime() - IN_FULL_MS)])).length > 0;
  }

  /** Of these people the ones who were told nothing yet, with what to say to each. */
  async owed(tx: Tx, memberIds: readonly string[]): Promise<ReadonlyMap<string, FirstNotice>> {
    if (memberIds.length === 0) return new Map();
    const waiting = await named<{ id: string }>(tx, NOT_TOLD, [tx.organisationId, memberIds]);
    const words = await this.wordsFor(tx, waiting.map(({ id }) => ({ memberId: id, language: 'nl' })));
    return new Map(waiting.map(({ id }, i) => [id, words[i]!]));
  }

  /** The facilitator reached them by hand, and said it. */
  async spoken(tx: Tx, member: CircleMember, channel: string): Promise<void> {
    if (!member.isMainPerson) await named(tx, TOLD_BY_HAND, [tx.organisationId, member.id, channel, tx.now]);
  }

  /** The same for many people, in their order. */
  private async wordsFor(tx: Tx, readers: readonly { memberId: string; language: string }[]): Promise<FirstNotice[]> {
    if (readers.length === 0) return [];
    const everyone = await this.circle.circlesOf(tx, readers.map(({ memberId }) => memberId));
    const caseIds = [...new Set(everyone.map(({ caseId }) => caseId))];
    const pairs = await this.restrictions.pairs(tx, ...caseIds);
    const residents = await named<{ id: string; resident: string }>(tx, RESIDENTS, [tx.organisationId, caseIds]);
    const [organisation] = await named<{ ground: string }>(tx, GROUND, [tx.organisationId]);
    return readers.map(({ memberId, language }) => {
      const member = everyone.find(({ id }) => id === memberId);
      if (!member) throw notFound();
      const people = everyone.filter(({ caseId }) => caseId === member.caseId);
      const hidden = hiddenFrom(pairs, memberId);
      const asker = people.find((one) => one.isMainPerson && one.state !== 'removed' && !hidden.has(one.id));
      const { facilitator } = circleTextsFor(messageLanguage(language)).first;
      const { resident } = residents.find(({ id }) => id === member.caseId)!;
      return {
        givenBy: namer(member, people, hidden) ?? facilitator,
        resident: asker ? (asker.firstName ?? asker.name) : hidden.size > 0 ? facilitator : resident,
        ground: organisation!.ground,
      };
    });
  }
}

/** Who named this person: the referrer, else the main person who added them; null is the facilitator. */
function namer(member: CircleMember, people: readonly CircleMember[], hidden: ReadonlySet<string>): string | null {
  if (member.namedBy) return member.namedBy;
  const adder = people.find(({ id }) => id === member.addedById);
  return adder && !hidden.has(adder.id) ? (adder.firstName ?? adder.name) : null;
}
