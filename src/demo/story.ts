import type { CaseKind } from '../cases/kinds.rules.js';
import type { SafetyLevel, Theme } from '../cases/cases.rules.js';
import type { Source } from '../referrals/referrals.rules.js';
import type { AccountName } from './accounts.js';
import type { Main, Someone } from './people.js';
import type { Stage } from './stage.js';
import type { Neighbourhood } from './town.js';

/** Who refers: somebody with an account, a professional without one, or the resident. */
export type ReferredBy = AccountName | 'stranger' | 'resident';

export interface ToldReferral {
  by: ReferredBy;
  source: Source;
  /** Name and organisation of a professional without an account. */
  referrer?: { name: string; organisation: string };
  kind: CaseKind | 'unknown';
  about: Main;
  others?: Main[];
  /** In their own words. */
  question: string;
  themes: Theme[];
  safety?: { level: SafetyLevel; conditions?: string[] };
  /** The legal ground of an acute referral without a yes. */
  ground?: string;
  /** Below 16: who with authority said yes with the main person. */
  guardian?: string;
  neighbourhood?: Neighbourhood;
  circle: Someone[];
}

/** One thing that happens: so many working days after the story began, at that time, or right after the thing before. */
export interface Step {
  day: number;
  at?: string;
  happens: (stage: Stage, told: Told) => Promise<void>;
}

export interface Story {
  /** The working day of the referral, counted from now (`WorkingDays`); or how many hours ago it came. */
  began: number | { hoursAgo: number };
  facilitator: 'facilitator' | 'facilitator2';
  referral: ToldReferral;
  then: Step[];
}

export interface ToldMember {
  id: string;
  /** The first name, by which a story knows them. */
  name: string;
  isMainPerson: boolean;
  hasMail: boolean;
}

/** What has been told of a story so far. */
export class Told {
  referralId = '';
  caseId = '';
  meetingId = '';
  /** In the order in which they were offered. */
  slotIds: string[] = [];
  planId = '';
  /** The last that was raised. */
  obstacleId = '';
  /** In the order of the draft. */
  goalIds: string[] = [];
  commitments: { id: string; memberId: string }[] = [];
  private readonly byName = new Map<string, ToldMember>();

  constructor(readonly story: Story) {}

  /** The working day, counted from now, of a day of the story. */
  day(day: number): number {
    const { began } = this.story;
    if (typeof began !== 'number') throw new Error('A story of hours has no days');
    return began + day;
  }

  add(member: ToldMember): void {
    if (this.byName.has(member.name)) throw new Error(`Two people are called ${member.name} in one story`);
    this.byName.set(member.name, member);
  }

  /** Somebody of the story by first name. */
  member(name: string): ToldMember {
    const member = this.byName.get(name);
    if (!member) throw new Error(`Nobody is called ${name} in this story`);
    return member;
  }

  memberById(id: string): ToldMember | undefined {
    return this.members.find((member) => member.id === id);
  }

  get members(): ToldMember[] {
    return [...this.byName.values()];
  }

  get mainPersons(): ToldMember[] {
    return this.members.filter(({ isMainPerson }) => isMainPerson);
  }
}
