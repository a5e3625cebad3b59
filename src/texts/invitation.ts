import type { MessageDates } from './message-dates.js';
import type { From, MessageAbout, MessageText, Slot } from './nl/messages.js';

export const INVITATION_KINDS = ['netwerkberaad', 'eigen-kracht', 'mdo', 'jim', 'netwerkplan'] as const;
/** What people are invited to; a new kind of case asks for its words in every language. */
export type InvitationKind = (typeof INVITATION_KINDS)[number];

export const INVITATION_ROLES = ['informal', 'professional', 'support-person', 'interpreter', 'jim', 'young'] as const;
/** As what somebody is asked: `young` is under 16, whatever else they are. */
export type InvitationRole = (typeof INVITATION_ROLES)[number];

export interface InvitationValues extends From {
  /** How the main person wants to be called. */
  resident: string;
  kind?: InvitationKind;
  role?: InvitationRole;
  /** Someone has already spoken with them; otherwise the text announces itself. */
  approached?: boolean;
  /** They were invited before and we heard nothing, or something has changed. */
  again?: boolean;
  /** The dates of a poll that runs, so that no second mail is needed. */
  slots?: Slot[];
  /** The date, when it is fixed already. */
  startsAt?: Date | string | null;
  endsAt?: Date | string | null;
  answerBy?: Date | string | null;
}

type WithResident = (resident: string) => string;
/** `plan` where nobody comes together. */
interface ByForm {
  talk: string;
  plan: string;
}

/** The words of an invitation in one language: what differs per kind and per role. */
export interface InvitationWords {
  subject: ByForm & { again: string };
  /** To who was spoken to. */
  spoken: WithResident;
  /** To who hears of it for the first time. */
  announced: { talk: WithResident; plan: WithResident };
  again: WithResident;
  notSpokenYet: (who: string) => string;
  callFirst: string;
  /** What it is. */
  about: Record<InvitationKind, WithResident>;
  /** What is asked of the reader. */
  part: Record<InvitationRole, (resident: string) => string[]>;
  answer: ByForm;
  before: (day: string | null) => string;
  when: string;
  choice: (number: number) => string;
  button: string;
  pageHint: { withLink: string; withoutLink: string };
  sms: { talk: WithResident; plan: WithResident; again: WithResident; young: WithResident };
}

/** The invitation in one language; the order of the sentences is the same in each. */
export const invitationIn =
  (words: InvitationWords, dates: MessageDates) =>
  (v: InvitationValues, about: MessageAbout): MessageText => {
    const { kind = 'netwerkberaad', role = 'informal' } = v;
    const form = kind === 'netwerkplan' ? 'plan' : 'talk';
    const isNew = !v.approached && !v.again;
    const opening = v.again ? words.again : v.approached ? words.spoken : words.announced[form];
    const fixed = v.startsAt && v.endsAt ? dates.span({ startsAt: v.startsAt, endsAt: v.endsAt }) : null;
    const sms = v.again ? words.sms.again : role === 'young' ? words.sms.young : words.sms[form];
    return {
      subject: v.again ? words.subject.again : words.subject[form],
      say: [
        opening(v.resident),
        ...(isNew ? [words.notSpokenYet(v.facilitator ?? about.organisation)] : []),
        // Young people get what is asked of them, and no more to read than that.
        ...(role === 'young' ? [] : [words.about[kind](v.resident)]),
        ...words.part[role](v.resident),
        ...(isNew ? [words.callFirst] : []),
        words.answer[form],
        words.before(v.answerBy ? dates.day(v.answerBy) : null),
      ],
      facts: fixed ? [[words.when, fixed]] : (v.slots ?? []).map((slot, i) => [words.choice(i + 1), dates.span(slot)]),
      button: about.link ? { label: words.button, url: about.link } : null,
      after: [about.link ? words.pageHint.withLink : words.pageHint.withoutLink],
      sms: sms(v.resident),
      smsUrl: about.link,
    };
  };
