import { Injectable } from '@nestjs/common';
import { actorId } from '../platform/actor.js';
import { columns, named, statement, type Tx } from '../platform/database/tx.js';
import { decodeCursor, page, type Page } from '../platform/http/cursor.js';
import { newId } from '../platform/ids.js';
import { Vault } from '../platform/vault/vault.js';
import { textsFor } from '../texts/texts.js';
import type { TimelineEntry } from './cases.dto.js';

export type TimelineType = keyof ReturnType<typeof textsFor>['cases']['timeline'];
export type Audience = 'facilitator' | 'circle' | 'main-persons' | 'member';

export interface TimelineNote {
  caseId: string;
  type: TimelineType;
  /** Who reads it beside the facilitator. `member`: only the one in `memberId`. */
  audience: Audience;
  memberId?: string;
  /** Whom it is about: nobody reads it who must not see that person. */
  aboutId?: string;
  /** What the sentence of this type is filled with; sealed. */
  values?: Record<string, string | number>;
}

interface TimelineRow {
  id: string;
  at: Date;
  type: TimelineType;
  actor_kind: string;
  actor_id: string | null;
  audience: Audience;
  sealed: Buffer;
}

interface SealedNote {
  actor: string | null;
  values: Record<string, string | number>;
}

const ADD = statement(
  'cases.timeline-add',
  `insert into cases_timeline (organisation_id, at, actor_kind, actor_id, id, case_id, type, audience, member_id, about_id, sealed)
   select $1, $2, $3, $4, n.*
   from unnest($5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::uuid[], $10::uuid[], $11::bytea[]) as n`,
);
// Served by cases_timeline_of_case. The circle lies to the right: read here for whom the reader must not see anything of.
const OF_CASE = statement(
  'cases.timeline',
  `select id, at, type, actor_kind, actor_id, audience, sealed from cases_timeline t
   where organisation_id = $1 and case_id = $2 and ($3::uuid is null or id < $3)
     and ($4::uuid is null or audience in ('circle', 'main-persons') or (audience = 'member' and member_id = $4))
     and ($4::uuid is null or not exists (
       select from circle_contact_restrictions r
       where r.organisation_id = $1 and r.case_id = $2 and r.ended_at is null
         and ((r.one_member_id = $4 and r.other_member_id in (t.about_id, t.actor_id))
           or (r.other_member_id = $4 and r.one_member_id in (t.about_id, t.actor_id)))))
   order by id desc limit $5`,
);

const ALL_SEALED = statement(
  'cases.timeline-sealed',
  `select id, actor_id, sealed from cases_timeline where organisation_id = $1 and case_id = $2`,
);
const ONE_SEALED = statement('cases.timeline-one-sealed', 'select sealed from cases_timeline where organisation_id = $1 and id = $2');
const RESEAL = statement(
  'cases.timeline-reseal',
  `update cases_timeline set sealed = $3 where organisation_id = $1 and id = $2`,
);

/** The one timeline of a case: every change, contact and document, each with its audience. */
@Injectable()
export class TimelineService {
  constructor(private readonly vault: Vault) {}

  /** Adds entries in one statement, in the given order. */
  async add(tx: Tx, ...notes: TimelineNote[]): Promise<void> {
    if (notes.length === 0) return;
    const { organisationId, actor, now } = tx;
    const rows = await Promise.all(
      notes.map(async ({ values = {}, ...note }) => {
        const id = newId(now);
        const said: SealedNote = { actor: 'name' in actor ? actor.name : null, values };
        return { ...note, id, sealed: await this.vault.seal({ organisationId, table: 'cases_timeline', id }, said) };
      }),
    );
    const names = ['id', 'caseId', 'type', 'audience', 'memberId', 'aboutId', 'sealed'] as const;
    await named(tx, ADD, [organisationId, now, actor.kind, actorId(actor), ...columns(rows, names)]);
  }

  /** Puts `someone` wherever a person is named: as the one who did it, or in the sentence. What happened stays. */
  async forget(tx: Tx, caseId: string, person: { id: string; names: readonly string[] }, someone: string): Promise<void> {
    const isName = (value: string | number): boolean => typeof value === 'string' && person.names.includes(value);
    const rows = await named<{ id: string; actor_id: string | null; sealed: Buffer }>(tx, ALL_SEALED, [tx.organisationId, caseId]);
    for (const row of rows) {
      const place = { organisationId: tx.organisationId, table: 'cases_timeline', id: row.id };
      const { actor, values } = await this.vault.open<SealedNote>(place, row.sealed);
      const theirs = row.actor_id === person.id && actor !== null;
      if (!theirs && !Object.values(values).some(isName)) continue;
      const forgotten: SealedNote = {
        actor: theirs ? someone : actor,
        values: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, isName(value) ? someone : value])),
      };
      await named(tx, RESEAL, [tx.organisationId, row.id, await this.vault.seal(place, forgotten)]);
    }
  }

  /** What a sentence of the timeline is filled with. */
  async valuesOf(tx: Tx, id: string): Promise<SealedNote['values']> {
    const [row] = await named<{ sealed: Buffer }>(tx, ONE_SEALED, [tx.organisationId, id]);
    return row ? (await this.vault.open<SealedNote>({ organisationId: tx.organisationId, table: 'cases_timeline', id }, row.sealed)).values : {};
  }

  /** Newest first. A main person reads what is for the circle, for main persons, and for them alone. */
  async list(tx: Tx, caseId: string, query: { limit?: number; after?: string }, readerId: string | null): Promise<Page<TimelineEntry>> {
    const limit = query.limit ?? 25;
    const after = decodeCursor(query.after, ['uuid']);
    const rows = await named<TimelineRow>(tx, OF_CASE, [tx.organisationId, caseId, after?.[0] ?? null, readerId, limit + 1]);
    const { items, next } = page(rows, limit, (row) => [row.id]);
    return { items: await Promise.all(items.map((row) => this.entry(tx, row))), next };
  }

  private async entry(tx: Tx, row: TimelineRow): Promise<TimelineEntry> {
    const place = { organisationId: tx.organisationId, table: 'cases_timeline', id: row.id };
    const { actor, values } = await this.vault.open<SealedNote>(place, row.sealed);
    const { timeline, unknownActor } = textsFor('nl').cases;
    return {
      id: row.id,
      at: row.at.toISOString(),
      type: row.type,
      actor: { kind: row.actor_kind, id: row.actor_id, name: actor ?? unknownActor },
      text: filled(timeline[row.type], values),
      audience: row.audience,
    };
  }
}

function filled(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')).trim();
}
