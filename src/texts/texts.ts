import { admin } from './nl/admin.js';
import { audit } from './nl/audit.js';
import { cases } from './nl/cases.js';
import { consents } from './nl/consents.js';
import { deskCase } from './nl/desk-case.js';
import { circle } from './nl/circle.js';
import { desk } from './nl/desk.js';
import { microAnalysis } from './nl/micro-analysis.js';
import { meetings } from './nl/meetings.js';
import { links } from './nl/links.js';
import { messages } from './nl/messages.js';
import { neighbourhood } from './nl/neighbourhood.js';
import { people } from './nl/people.js';
import { plans } from './nl/plans.js';
import { privacy } from './nl/privacy.js';
import { problems } from './nl/problems.js';
import { referrals } from './nl/referrals.js';
import { retention } from './nl/retention.js';
import { signIn } from './nl/sign-in.js';
import { web } from './nl/web.js';
import { yes } from './nl/yes.js';

/** Every module's texts in one language. Dutch is the source: another language that misses a key does not compile. */
export const nl = {
  admin,
  audit,
  cases,
  circle,
  consents,
  desk,
  deskCase,
  links,
  meetings,
  messages,
  microAnalysis,
  neighbourhood,
  people,
  plans,
  privacy,
  problems,
  referrals,
  retention,
  signIn,
  web,
  yes,
};

export type Texts = typeof nl;

export const LANGUAGES = ['nl'] as const;
export type Language = (typeof LANGUAGES)[number];

const TEXTS: Record<Language, Texts> = { nl };

/** The texts in a language that the service has; Dutch for every other. `textsFor('nl').meetings…` */
export const textsFor = (language: string): Texts => TEXTS[language as Language] ?? nl;
