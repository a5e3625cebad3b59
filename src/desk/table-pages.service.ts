import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import { KINDS } from '../cases/kinds.rules.js';
import { CircleService, type CircleMember } from '../circle/circle.service.js';
import { shownName } from '../circle/members.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import type { MeetingView } from '../meetings/meetings.dto.js';
import { hasBegun } from '../meetings/meetings.rules.js';
import { MeetingsService } from '../meetings/meetings.service.js';
import { THE_FACILITATOR } from '../meetings/private-time.queries.js';
import { scribeUntil } from '../meetings/private-time.rules.js';
import { mayWrite, takesPart } from '../meetings/responses.rules.js';
import { participantOf, type Ctx, type ParticipantActor } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { textsFor } from '../texts/texts.js';
import type { TablePageProps } from './private-time.pages.js';

/** What somebody of the circle can do at the table itself. */
@Injectable()
export class TablePagesService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly restrictions: RestrictionsService,
    private readonly meetings: MeetingsService,
    private readonly audit: AuditService,
  ) {}

  /** The page of who asks, without anybody of whom they must not see anything. */
  async page(ctx: Ctx): Promise<Omit<TablePageProps, 'frame' | 'of'>> {
    const me = participantOf(ctx);
    const props = await this.database.view(ctx, (tx) => this.props(tx, me));
    await this.audit.read(ctx, { action: 'meetings.read', object: { kind: 'case', id: me.caseId }, caseId: me.caseId });
    return props;
  }

  /** Whether there is a table to go to now, and whether the circle is by itself; null when there is none. */
  async card(tx: Tx, me: ParticipantActor): Promise<{ running: boolean } | null> {
    const { meeting, privateTime, scribe, writes } = await this.props(tx, me);
    if (!meeting || !(meeting.began || privateTime?.state === 'running')) return null;
    return privateTime || scribe || writes ? { running: privateTime?.state === 'running' } : null;
  }

  private async props(tx: Tx, me: ParticipantActor): Promise<Omit<TablePageProps, 'frame' | 'of'>> {
    const meeting = current(await this.meetings.ofParticipant(tx, me), tx.now);
    const { kind } = await this.cases.require(tx, me.caseId, 'circle');
    const { privateTime, privateTimeClosedTo } = KINDS[kind];
    const hidden = await this.restrictions.hidden(tx, me.caseId);
    const people = (await this.circle.members(tx, me.caseId)).filter((person) => takesPart(person) && !hidden.has(person.id));
    const reader = people.find(({ id }) => id === me.memberId);
    const name = (who: string): string => {
      const person = people.find(({ id }) => id === who);
      return person ? shownName(person) : textsFor('nl').privateTime.theFacilitator;
    };
    const calledIn = meeting?.privateTime.calledIn ?? [];
    const callable = [THE_FACILITATOR, ...(me.isMainPerson ? people.filter((person) => !isOfTheCircle(person)).map(({ id }) => id) : [])];
    return {
      meeting: meeting && { id: meeting.id, version: meeting.version, began: meeting.startsAt !== null && hasBegun(new Date(meeting.startsAt), tx.now) },
      privateTime: meeting && privateTime !== 'none' ? meeting.privateTime : null,
      ofTheCircle: reader !== undefined && isOfTheCircle(reader),
      calledIn: calledIn.map((who) => ({ who, name: name(who) })),
      others: callable.filter((who) => !calledIn.includes(who)).map((who) => ({ who, name: name(who) })),
      closedToFacilitator: privateTimeClosedTo.includes('facilitator'),
      scribe: me.isMainPerson && meeting?.state === 'fixed' ? { id: meeting.scribeId, writers: people.filter(mayWrite).map((person) => ({ id: person.id, name: shownName(person) })) } : null,
      writes: meeting?.state === 'fixed' && meeting.scribeId === me.memberId,
    };
  }
}

const isOfTheCircle = ({ isMainPerson, circleKind }: CircleMember): boolean => isMainPerson || circleKind === 'informal';

/** The meeting at which the circle is by itself, else the one that is fixed and whose day is not over. */
function current(meetings: readonly MeetingView[], now: Date): MeetingView | null {
  const running = meetings.find(({ privateTime }) => privateTime.state === 'running');
  const fixed = meetings.filter(({ state, endsAt }) => state === 'fixed' && endsAt !== null && now < scribeUntil(new Date(endsAt)));
  return running ?? fixed.sort((a, b) => a.startsAt!.localeCompare(b.startsAt!))[0] ?? null;
}
