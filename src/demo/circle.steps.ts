import type { SafetyCheckRequest } from '../cases/cases.dto.js';
import { CasesService } from '../cases/cases.service.js';
import type { ContactAttemptRequest } from '../circle/circle.dto.js';
import { CONTACTABLE_STATES } from '../circle/circle.rules.js';
import { IndependenceService } from '../circle/independence.service.js';
import { InvitationsService } from '../circle/invitations.service.js';
import { CircleLinksService } from '../circle/links.service.js';
import { LeavingService } from '../circle/leaving.service.js';
import { MembersService } from '../circle/members.service.js';
import { firstNameOf, hasMail, type Someone } from './people.js';
import type { Stage } from './stage.js';
import type { Step, Told } from './story.js';

type Attempt = Omit<ContactAttemptRequest, 'at'>;

async function attempt(stage: Stage, told: Told, name: string, made: Attempt): Promise<void> {
  const at = stage.clock.now();
  await stage.get(InvitationsService).attempt(stage.facilitator(told), told.member(name).id, { at, ...made });
  stage.pause();
}

/** The facilitator sits down with people at home. */
export const visited = (day: number, name: string, note: string): Step => ({
  day,
  happens: (stage, told) => attempt(stage, told, name, { channel: 'visit', outcome: 'reached', note }),
});

export const called = (day: number, ...names: string[]): Step => ({
  day,
  happens: async (stage, told) => {
    for (const name of names) await attempt(stage, told, name, { channel: 'call', outcome: 'reached' });
  },
});

export const missed = (day: number, name: string, note?: string): Step => ({
  day,
  happens: (stage, told) => attempt(stage, told, name, { channel: 'call', outcome: 'not-reached', ...(note ? { note } : {}) }),
});

/** Everyone who has no mail hears by telephone what the others read. */
export const phoned = (day: number): Step => ({
  day,
  happens: async (stage, told) => {
    const { items } = await stage.get(MembersService).list(stage.facilitator(told), told.caseId);
    const may = new Set(items.filter(({ state }) => CONTACTABLE_STATES.includes(state)).map(({ id }) => id));
    const waiting = told.members.filter((member) => !member.hasMail && may.has(member.id));
    for (const { name } of waiting) await attempt(stage, told, name, { channel: 'call', outcome: 'reached' });
  },
});

/** The first main person says at the table who may be asked. */
export const approved = (day: number, ...names: string[]): Step => ({
  day,
  happens: async (stage, told) => {
    const ctx = stage.participant(told, told.mainPersons[0]!);
    for (const name of names) {
      await stage.get(MembersService).approve(ctx, told.member(name).id, {});
      stage.pause();
    }
  },
});

/** The facilitator notes whose yes it was. Of a main person it is the yes to the meeting. */
export const noted = (day: number, ...names: string[]): Step => ({
  day,
  happens: async (stage, told) => {
    const ctx = stage.facilitator(told);
    for (const name of names) {
      await stage.get(MembersService).approve(ctx, told.member(name).id, { by: 'main-person', how: 'aan de keukentafel' });
      stage.pause();
    }
  },
});

/** A child says who may be asked, together with who has authority: the facilitator notes both. */
export const withGuardian = (day: number, guardian: string, ...names: string[]): Step => ({
  day,
  happens: async (stage, told) => {
    for (const name of names) {
      const said = { by: 'main-person', how: 'aan de keukentafel', guardian } as const;
      await stage.get(MembersService).approve(stage.facilitator(told), told.member(name).id, said);
      stage.pause();
    }
  },
});

export const ratherNot = (day: number, name: string, remark?: string): Step => ({
  day,
  happens: async (stage, told) => {
    const ctx = stage.participant(told, told.mainPersons[0]!);
    const reason = { reason: 'main-person' as const, ...(remark ? { remark } : {}) };
    await stage.get(LeavingService).refuse(ctx, told.member(name).id, reason);
  },
});

/** Somebody takes themself out. */
export const leaves = (day: number, name: string): Step => ({
  day,
  happens: async (stage, told) => {
    const member = told.member(name);
    await stage.get(LeavingService).remove(stage.participant(told, member), member.id, { reason: 'own-wish' });
  },
});

/** The main person thinks of somebody else. */
export const proposes = (day: number, person: Someone): Step => ({
  day,
  happens: async (stage, told) => {
    const { name, ...rest } = stage.addresses.member(person);
    const ctx = stage.participant(told, told.mainPersons[0]!);
    const { id } = await stage.get(MembersService).propose(ctx, told.caseId, { name, ...rest });
    told.add({ id, name: firstNameOf(name), isMainPerson: false, hasMail: hasMail(person) });
  },
});

/** The facilitator notes that they have no tie to anybody, and invites those who are named, or everyone who may be. */
export const invites = (day: number, ...names: string[]): Step => ({
  day,
  happens: async (stage, told) => {
    const memberIds = names.map((name) => told.member(name).id);
    const free = { ties: 'none', language: 'shared' } as const;
    await stage.get(IndependenceService).check(stage.facilitator(told), told.caseId, free);
    await stage.get(InvitationsService).invite(stage.facilitator(told), told.caseId, names.length > 0 ? { memberIds } : {});
  },
});

/** The facilitator shows a personal link at the table; from then on this person has a device of their own. */
export const showsLink = (day: number, name: string): Step => ({
  day,
  happens: async (stage, told) => {
    await stage.get(CircleLinksService).link(stage.facilitator(told), told.member(name).id, { via: 'show' });
  },
});

/** The safety gate; every main person was spoken to alone. */
export const safety = (day: number, check: Omit<SafetyCheckRequest, 'spokenAlone' | 'directDanger'>): Step => ({
  day,
  happens: async (stage, told) => {
    const spokenAlone = told.mainPersons.map(({ id }) => id);
    const whole = { directDanger: false, spokenAlone, ...check };
    await stage.get(CasesService).checkSafety(stage.facilitator(told), told.caseId, whole);
  },
});
