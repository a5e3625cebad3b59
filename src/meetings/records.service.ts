import { Injectable } from '@nestjs/common';
import { named, type Tx } from '../platform/database/tx.js';
import { notFound } from '../platform/http/problem.js';
import { type SealRef, Vault } from '../platform/vault/vault.js';
import type { Answers, Place, Slot } from './meetings.rules.js';
import { AHEAD, CASE_OF_MEETING, MEETINGS_OF_CASE, ONE_MEETING, type MeetingRow } from './meetings.queries.js';

/** What is sealed of a meeting. */
export interface SealedMeeting {
  address?: string;
  url?: string;
  /** What the facilitator wrote at the conclusion. */
  note?: string;
}

export interface MeetingSlot extends Slot {
  id: string;
}

export interface MeetingResponse {
  memberId: string;
  answers: Answers;
  remark: string | null;
  answeredAt: string;
  /** The facilitator writes down what somebody says on the telephone. */
  answeredBy: 'self' | 'facilitator';
  version: number;
}

/** A meeting with everything that is sealed, opened. Who may see what of it is decided by the policy. */
export interface MeetingRecord extends Omit<MeetingRow, 'slots' | 'responses' | 'sealed' | 'placeType' | 'publicPlaceId' | 'roomId'> {
  slots: MeetingSlot[];
  responses: MeetingResponse[];
  place: Place;
  note: string | null;
}

/** A meeting that is fixed: it has a date. */
export type DatedMeeting = MeetingRecord & { slotId: string; startsAt: Date; endsAt: Date };

/** A fixed meeting of a facilitator, for the list of today and tomorrow. */
export interface MeetingAhead {
  id: string;
  caseId: string;
  reference: string;
  resident: string;
  startsAt: Date;
  endsAt: Date;
  place: Place;
  /** Their own case; if not, they stand in for a colleague. */
  isOwn: boolean;
}

/** Meetings as they are kept, for commands that have decided who asks. */
@Injectable()
export class MeetingRecords {
  constructor(private readonly vault: Vault) {}

  /** Whose meeting this is, or 404: the case is locked before the meeting is read. */
  async caseOf(tx: Tx, id: string): Promise<string> {
    const [row] = await named<{ caseId: string }>(tx, CASE_OF_MEETING, [tx.organisationId, id]);
    if (!row) throw notFound();
    return row.caseId;
  }

  /** One meeting, or 404. */
  async read(tx: Tx, id: string): Promise<MeetingRecord> {
    const [row] = await named<MeetingRow>(tx, ONE_MEETING, [tx.organisationId, id]);
    if (!row) throw notFound();
    return this.opened(tx, row);
  }

  /** A case's meetings, newest first. */
  async ofCase(tx: Tx, caseId: string): Promise<MeetingRecord[]> {
    const rows = await named<MeetingRow>(tx, MEETINGS_OF_CASE, [tx.organisationId, caseId]);
    return Promise.all(rows.map((row) => this.opened(tx, row)));
  }

  /** A facilitator's fixed meetings that begin from `from` and before `to`, soonest first. */
  async ahead(tx: Tx, facilitatorId: string, { from, to }: { from: Date; to: Date }): Promise<MeetingAhead[]> {
    type Row = Omit<MeetingAhead, 'place'> & Pick<MeetingRow, 'placeType' | 'sealed'>;
    const rows = await named<Row>(tx, AHEAD, [tx.organisationId, facilitatorId, from, to]);
    return Promise.all(
      rows.map(async ({ placeType, sealed, ...row }) => {
        const { address, url } = await this.vault.open<SealedMeeting>(meetingRef(tx, row.id), sealed);
        return { ...row, place: { type: placeType, address, url } };
      }),
    );
  }

  /** The sealed part of a meeting. */
  seal(tx: Tx, id: string, secret: SealedMeeting): Promise<Buffer> {
    return this.vault.seal(meetingRef(tx, id), secret);
  }

  /** The sealed remark that goes with somebody's answers; null without one. */
  async sealRemark(tx: Tx, id: string, memberId: string, remark: string | undefined): Promise<Buffer | null> {
    return remark === undefined ? null : this.vault.seal(responseRef(tx, id, memberId), { remark });
  }

  private async opened(tx: Tx, { sealed, placeType, publicPlaceId, roomId, slots, responses, ...row }: MeetingRow): Promise<MeetingRecord> {
    const { address, url, note } = await this.vault.open<SealedMeeting>(meetingRef(tx, row.id), sealed);
    return {
      ...row,
      place: { type: placeType, address, url, publicPlaceId: publicPlaceId ?? undefined, roomId: roomId ?? undefined },
      note: note ?? null,
      slots: slots.map((slot) => ({ id: slot.id, startsAt: new Date(slot.startsAt), endsAt: new Date(slot.endsAt) })),
      responses: await Promise.all(responses.map((response) => this.openedResponse(tx, row.id, response))),
    };
  }

  private async openedResponse(
    tx: Tx,
    id: string,
    { sealed, ...response }: MeetingRow['responses'][number],
  ): Promise<MeetingResponse> {
    if (sealed === null) return { ...response, remark: null };
    const bytes = Buffer.from(sealed, 'base64');
    return { ...response, ...(await this.vault.open<{ remark: string }>(responseRef(tx, id, response.memberId), bytes)) };
  }
}

/** Whether a meeting has its date. */
export function isDated(meeting: MeetingRecord): meeting is DatedMeeting {
  return meeting.slotId !== null && meeting.startsAt !== null && meeting.endsAt !== null;
}

const meetingRef = ({ organisationId }: Tx, id: string): SealRef => ({ organisationId, table: 'meetings', id });
const responseRef = ({ organisationId }: Tx, id: string, memberId: string): SealRef => ({
  organisationId,
  table: 'meetings_responses',
  id: `${id} ${memberId}`,
});
