import type { CaseKind } from '../cases/kinds.rules.js';
import { MembersService } from '../circle/members.service.js';
import type { Member } from '../circle/circle.dto.js';
import { UrgentCasesService } from '../meetings/urgent-cases.service.js';
import type { NotHeldReason } from '../meetings/urgent.rules.js';
import type { Ctx } from '../platform/actor.js';
import { AcknowledgementService } from '../referrals/acknowledgement.service.js';
import type { DeclineRequest, InformationRequest, NewReferral, WithdrawalRequest } from '../referrals/referrals.dto.js';
import { ReferralsService } from '../referrals/referrals.service.js';
import { TriageService } from '../referrals/triage.service.js';
import { firstNameOf } from './people.js';
import type { Stage } from './stage.js';
import type { Step, Told, ToldReferral } from './story.js';
import { NEIGHBOURHOODS } from './town.js';

/** The referral comes in. */
export const refers = (): Step => ({
  day: 0,
  happens: async (stage, told) => {
    const { referral } = told.story;
    const made = await stage.get(ReferralsService).refer(referrerOf(stage, referral), asReferral(stage, told));
    told.referralId = made.id;
  },
});

/** The lead gives it to the facilitator of the story, or the facilitator takes it. */
export const accepted = (day: number, by: 'lead' | 'facilitator' = 'lead', kind?: CaseKind): Step => ({
  day,
  happens: async (stage, told) => {
    const own = stage.facilitator(told);
    const ctx = by === 'lead' ? stage.staff('lead') : own;
    const opened = await stage.get(TriageService).accept(ctx, told.referralId, { facilitatorId: own.actor.staffId, kind });
    told.caseId = opened.id;
    const { items } = await stage.get(MembersService).list(own, opened.id);
    for (const { id, name, isMainPerson, email } of items as Member[]) {
      told.add({ id, name: firstNameOf(name), isMainPerson, hasMail: email !== undefined });
    }
  },
});

/** Nobody was on duty: the lead sees to it that somebody takes it. */
export const acknowledged = (day: number): Step => ({
  day,
  happens: async (stage, told) => {
    await stage.get(AcknowledgementService).acknowledge(stage.staff('lead'), told.referralId);
  },
});

/** An urgent case that cannot meet the same day, and why. */
export const notToday = (day: number, reason: NotHeldReason, remark: string): Step => ({
  day,
  happens: async (stage, told) => {
    await stage.get(UrgentCasesService).noteNotHeld(stage.facilitator(told), told.caseId, { reason, remark });
  },
});

export const declined = (day: number, reason: DeclineRequest['reason'], remark: string): Step => ({
  day,
  happens: async (stage, told) => {
    await stage.get(TriageService).decline(stage.staff('lead'), told.referralId, { reason, remark });
  },
});

export const withdrawn = (day: number, reason: WithdrawalRequest['reason'], remark: string): Step => ({
  day,
  happens: async (stage, told) => {
    await stage.get(TriageService).withdraw(referrerOf(stage, told.story.referral), told.referralId, { reason, remark });
  },
});

export const asked = (day: number, reason: InformationRequest['reason'], remark: string): Step => ({
  day,
  happens: async (stage, told) => {
    await stage.get(TriageService).askInformation(stage.staff('lead'), told.referralId, { reason, remark });
  },
});

export const informed = (day: number, text: string): Step => ({
  day,
  happens: async (stage, told) => {
    await stage.get(ReferralsService).inform(referrerOf(stage, told.story.referral), told.referralId, { text });
  },
});

function referrerOf(stage: Stage, { by }: ToldReferral): Ctx {
  return by === 'stranger' || by === 'resident' ? stage.stranger() : stage.staff(by);
}

function asReferral({ addresses, days }: Stage, told: Told): NewReferral {
  const { began, referral } = told.story;
  const { about, others, circle, referrer, safety, ground, guardian, neighbourhood, source, kind, question, themes } = referral;
  const said = typeof began === 'number' ? { on: days.date(began) } : {};
  return {
    kind,
    source,
    ...(referrer ? { referrer: { ...referrer, email: addresses.mail(referrer.name, referrer.organisation) } } : {}),
    resident: addresses.mainPerson(about),
    ...(others ? { otherMainPersons: others.map((person) => addresses.mainPerson(person)) } : {}),
    question,
    themes,
    safety: safety ?? { level: 'none' },
    consent: ground ? { given: false, ground } : { given: true, how: 'in een gesprek', ...(guardian ? { guardian } : {}), ...said },
    ...(neighbourhood ? { neighbourhoodCode: NEIGHBOURHOODS[neighbourhood] } : {}),
    circle: circle.map((person) => addresses.member(person)),
  };
}
