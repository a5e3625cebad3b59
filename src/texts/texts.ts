import { admin } from './nl/admin.js';
import { availability } from './nl/availability.js';
import { audit } from './nl/audit.js';
import { caseDates } from './nl/case-dates.js';
import { caseOffers } from './nl/case-offers.js';
import { closing } from './nl/closing.js';
import { cases } from './nl/cases.js';
import { consents } from './nl/consents.js';
import { deskCase } from './nl/desk-case.js';
import { circle } from './nl/circle.js';
import { circleCare } from './nl/circle-care.js';
import { desk } from './nl/desk.js';
import { draftPages } from './nl/draft-pages.js';
import { figures } from './nl/figures.js';
import { legalForms } from './nl/legal-forms.js';
import { microAnalysis } from './nl/micro-analysis.js';
import { meetings } from './nl/meetings.js';
import { links } from './nl/links.js';
import { marks } from './nl/marks.js';
import { messages } from './nl/messages.js';
import { neighbourhood } from './nl/neighbourhood.js';
import { obstacles } from './nl/obstacles.js';
import { ownCircle } from './nl/own-circle.js';
import { ownOffers } from './nl/own-offers.js';
import { ownReferrals } from './nl/own-referrals.js';
import { paperPages } from './nl/paper-pages.js';
import { people } from './nl/people.js';
import { planDifference } from './nl/plan-difference.js';
import { plans } from './nl/plans.js';
import { preparation } from './nl/preparation.js';
import { privacy } from './nl/privacy.js';
import { privateTime } from './nl/private-time.js';
import { problems } from './nl/problems.js';
import { referring } from './nl/referring.js';
import { referrals } from './nl/referrals.js';
import { retention } from './nl/retention.js';
import { script } from './nl/script.js';
import { safetyConditions } from './nl/safety-conditions.js';
import { signIn } from './nl/sign-in.js';
import { sixWeeks } from './nl/six-weeks.js';
import { urgent } from './nl/urgent.js';
import { web } from './nl/web.js';
import { yes } from './nl/yes.js';

/** Every module's texts in one language. Dutch is the source: another language that misses a key does not compile. */
export const nl = {
  admin,
  audit,
  caseDates,
  caseOffers,
  availability,
  cases,
  circle,
  circleCare,
  closing,
  consents,
  desk,
  deskCase,
  draftPages,
  figures,
  legalForms,
  links,
  marks,
  meetings,
  messages,
  microAnalysis,
  neighbourhood,
  obstacles,
  ownCircle,
  ownOffers,
  ownReferrals,
  paperPages,
  people,
  planDifference,
  plans,
  preparation,
  privacy,
  privateTime,
  problems,
  referrals,
  referring,
  retention,
  script,
  safetyConditions,
  signIn,
  sixWeeks,
  urgent,
  web,
  yes,
};

export type Texts = typeof nl;

export const LANGUAGES = ['nl'] as const;
export type Language = (typeof LANGUAGES)[number];

const TEXTS: Record<Language, Texts> = { nl };

/** The texts in a language that the service has; Dutch for every other. `textsFor('nl').meetings…` */
export const textsFor = (language: string): Texts => TEXTS[language as Language] ?? nl;
