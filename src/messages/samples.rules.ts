import type { FirstNotice } from '../texts/nl/messages.js';
import { INVITATION_KINDS, INVITATION_ROLES, type InvitationKind, type InvitationRole } from '../texts/invitation.js';
import { isCircleTemplate, MESSAGE_LANGUAGES, type MessageLanguage } from '../texts/message-languages.js';
import { render, type RenderedMessage, type Template, type TemplateValues } from './templates.rules.js';

/** People and days that never were: to show what a message looks like. */
const FACILITATOR = { facilitator: 'Fatma Voorbeeld', phone: '010 123 4567' };
const RESIDENT = 'Sanne';
const FIRST_DATE = { startsAt: '2026-12-03T13:00:00Z', endsAt: '2026-12-03T15:00:00Z' };
const SECOND_DATE = { startsAt: '2026-12-08T18:00:00Z', endsAt: '2026-12-08T20:00:00Z' };
const ASKED_AT = '2026-11-20T10:15:00Z';
const REFERENCE = 'NB-2026-000001';
const TOKEN = 'voorbeeld';
const NOTICE: FirstNotice = { givenBy: RESIDENT, resident: RESIDENT, ground: 'wmo' };

/** Which one of a message's forms; each is left out where it makes no difference. */
export interface SampleForm {
  language: MessageLanguage;
  kind: InvitationKind;
  role: InvitationRole;
  /** Whether it is the first that the reader hears from us. */
  first: boolean;
}

const values = (site: string, { kind, role }: SampleForm): TemplateValues => {
  const slots = [FIRST_DATE, SECOND_DATE];
  const url = `${site}/werk`;
  return {
    invitation: { ...FACILITATOR, resident: RESIDENT, kind, role, slots },
    'meeting-poll': { ...FACILITATOR, resident: RESIDENT, slots, answerBy: FIRST_DATE.startsAt },
    'meeting-fixed': { ...FACILITATOR, ...FIRST_DATE, resident: RESIDENT, place: 'Buurthuis De Klok' },
    'meeting-cancelled': { ...FACILITATOR, resident: RESIDENT, startsAt: FIRST_DATE.startsAt, reason: 'Iemand is ziek.' },
    'meeting-left': { ...FACILITATOR, startsAt: FIRST_DATE.startsAt, left: false },
    'meeting-reminder': { ...FACILITATOR, ...FIRST_DATE, place: 'Buurthuis De Klok', isMainPerson: false },
    'poll-reminder': { ...FACILITATOR, resident: RESIDENT, slots, answerBy: FIRST_DATE.startsAt },
    'poll-answers': { reference: REFERENCE, answered: 3, asked: 5 },
    'stand-in-date': { reference: REFERENCE, was: FIRST_DATE.startsAt, startsAt: null },
    'personal-link': { ...FACILITATOR },
    'device-code': { code: '123456', expiresAt: ASKED_AT },
    'referral-received': { receivedAt: ASKED_AT },
    'referral-confirmation': { token: TOKEN, expiresAt: FIRST_DATE.startsAt },
    'referral-accepted': { ...FACILITATOR, acceptedAt: ASKED_AT },
    'referral-declined': { reason: 'We werken niet in deze buurt.', remark: 'Het wijkteam in de buurgemeente kan helpen.' },
    'information-requested': { ...FACILITATOR, question: 'Wie weet dat je dit vraagt?', url: `${site}/aanmeldingen` },
    'referral-waited': { what: 'triage', since: ASKED_AT, url },
    'acute-alert': { receivedAt: ASKED_AT, rank: 'first', url },
    'acute-received': { receivedAt: ASKED_AT, onDuty: FACILITATOR.facilitator },
    'acute-acknowledged': { ...FACILITATOR, at: ASKED_AT },
    'acute-not-held': { reference: REFERENCE, reason: 'Nog niet iedereen is bereikt.', plannedAt: FIRST_DATE.startsAt },
    'acute-waiting': { receivedAt: ASKED_AT },
    'acute-unassigned': { receivedAt: ASKED_AT, referrer: 'Wijkteam Voorbeeld' },
    'condition-test': { ...FACILITATOR, testBy: '2026-12-18' },
    'plan-returned': { ...FACILITATOR, isMainPerson: false },
    'plan-stopped': { ...FACILITATOR },
    'plan-goes': { ...FACILITATOR, goesOn: '2027-12-16' },
    'call-back': { ...FACILITATOR, askedAt: ASKED_AT },
    'together-asked': { ...FACILITATOR, askedAt: ASKED_AT },
    'consent-withdrawn': { kind: 'meeting', reference: REFERENCE, url },
    'password-link': { token: TOKEN, expiresAt: FIRST_DATE.startsAt, why: 'welcome' },
    handover: { ...FACILITATOR, before: 'Samir Voorbeeld', isMainPerson: false, resident: RESIDENT },
    'marks-asked': { ...FACILITATOR, closed: true, isMainPerson: false, left: { stays: true, released: true } },
    'private-time-open': { ...FACILITATOR },
    'chair-asked': { ...FACILITATOR, resident: RESIDENT, startsAt: FIRST_DATE.startsAt },
    'check-in': { ...FACILITATOR, count: 2, isMainPerson: false },
    'obstacle-open': { reference: REFERENCE, days: 5, forLead: true, url },
    'obstacle-director': { ...FACILITATOR, movers: 'Woningcorporatie Voorbeeld', what: 'een wachtlijst', since: ASKED_AT },
    'director-text': { ...FACILITATOR },
    'promise-asked': { ...FACILITATOR, count: 1, resident: RESIDENT },
    'plan-carried': { ...FACILITATOR, isMainPerson: false },
  };
};

/** What can be chosen of a template: languages for who is outside the staff, kind and role for an invitation. */
export function formsOf(template: Template): { languages: readonly MessageLanguage[]; kinds: readonly InvitationKind[]; roles: readonly InvitationRole[]; first: boolean } {
  const invites = template === 'invitation';
  const toCircle = isCircleTemplate(template);
  return {
    languages: toCircle ? MESSAGE_LANGUAGES : ['nl'],
    kinds: invites ? INVITATION_KINDS : [],
    roles: invites ? INVITATION_ROLES : [],
    first: invites,
  };
}

/** A message as it would go out, with made-up names; every link in it leads to our own site and opens nothing. */
export function sample(template: Template, form: SampleForm, { organisation, phone, site }: { organisation: string; phone: string | null; site: string }): RenderedMessage {
  const about = {
    organisation,
    phone,
    site,
    link: `${site}/l/${TOKEN}`,
    linkEndsAt: SECOND_DATE.endsAt,
    hasCalendar: true,
    first: form.first && formsOf(template).first ? NOTICE : null,
  };
  return render(template, { name: 'Joost Voorbeeld', language: form.language, values: values(site, form)[template] }, about);
}
