import { Injectable } from '@nestjs/common';
import { TimelineService } from '../cases/timeline.service.js';
import type { CircleMember } from '../circle/circle.service.js';
import { named, type Tx } from '../platform/database/tx.js';
import { Vault } from '../platform/vault/vault.js';
import { textsFor } from '../texts/texts.js';
import { plain } from './case-data.service.js';
import {
  CORRECTIONS_OF_MEMBER, ERASURES_OF_MEMBER, LINKS, LOOKS, LOOKUPS, SESSIONS, type AboutRow,
} from './person-data.queries.js';
import { calledFor, lookKind, type Fields, type Section } from './person-data.rules.js';

const MOST_ENTRIES = 5000;

interface LookRow {
  at: Date;
  action: string;
  result: string;
  actorKind: string;
  actorId: string | null;
  roles: string[];
  staff: string | null;
}

interface RequestRow extends Record<string, unknown> {
  id: string;
  sealed: Buffer | null;
}

/** What was done with a person's data, and the traces that they left: the timeline, who looked, links, sessions, requests. */
@Injectable()
export class TraceDataService {
  constructor(
    private readonly vault: Vault,
    private readonly timelines: TimelineService,
  ) {}

  async sections(tx: Tx, about: AboutRow, people: readonly CircleMember[]): Promise<Section[]> {
    const { id, caseId, referralId } = about;
    const { organisationId } = tx;
    const lookups = [organisationId, about.isMainPerson && referralId ? [id, referralId] : [id]];
    return [
      { key: 'timeline', records: await this.timeline(tx, about, people) },
      { key: 'corrections', records: await this.requests(tx, 'privacy_corrections', CORRECTIONS_OF_MEMBER, [organisationId, caseId, id]) },
      { key: 'erasure-requests', records: await this.requests(tx, 'privacy_erasure_requests', ERASURES_OF_MEMBER, [organisationId, id]) },
      { key: 'links', records: (await named<Record<string, unknown>>(tx, LINKS, [organisationId, id])).map(plain) },
      { key: 'sessions', records: (await named<Record<string, unknown>>(tx, SESSIONS, [organisationId, id])).map(plain) },
      { key: 'lookups', records: (await named<Record<string, unknown>>(tx, LOOKUPS, lookups)).map(plain) },
      { key: 'looks', records: await this.looks(tx, about, people) },
    ];
  }

  /** What they may read: a main person as on their page, someone of the circle what is for everybody or for them alone. */
  private async timeline(tx: Tx, about: AboutRow, people: readonly CircleMember[]): Promise<Fields[]> {
    const { items } = await this.timelines.list(tx, about.caseId, { limit: MOST_ENTRIES }, about.id);
    return items
      .filter(({ audience }) => about.isMainPerson || audience !== 'main-persons')
      .map(({ at, actor, text }) => ({ at, by: actor.kind === 'participant' ? who(actor.id, about, people) : actor.name, text }));
  }

  private async looks(tx: Tx, about: AboutRow, people: readonly CircleMember[]): Promise<Fields[]> {
    const rows = await named<LookRow>(tx, LOOKS, [tx.organisationId, about.id, about.caseId, about.isMainPerson]);
    const t = textsFor('nl').privacy;
    return rows.map(({ at, action, result, actorKind, actorId, roles, staff }) => ({
      at: at.toISOString(),
      by: actorKind === 'staff' ? (staff ?? t.someone) : actorKind === 'participant' ? who(actorId, about, people) : t.service,
      role: roles.map((role) => t.roles[role as keyof typeof t.roles] ?? role).join(', ') || null,
      what: t.looks[lookKind(action, result)],
    }));
  }

  private async requests(tx: Tx, table: string, statement: typeof CORRECTIONS_OF_MEMBER, values: readonly unknown[]): Promise<Fields[]> {
    const rows = await named<RequestRow>(tx, statement, values);
    return Promise.all(
      rows.map(async ({ id, sealed, ...rest }) => {
        const words = sealed ? await this.vault.open<{ text?: string; answer?: string }>({ organisationId: tx.organisationId, table, id }, sealed) : {};
        return { ...plain(rest), text: words.text ?? null, answer: words.answer ?? null };
      }),
    );
  }
}

function who(id: string | null, about: AboutRow, people: readonly CircleMember[]): string {
  const t = textsFor('nl').privacy;
  if (id === about.id) return t.yourself;
  const found = people.find((one) => one.id === id);
  return found && about.isMainPerson ? calledFor({ firstName: found.firstName, role: t.someone }) : t.someoneElse;
}
