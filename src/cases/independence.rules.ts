/** How a facilitator may know somebody of the case. */
export const TIES = ['none', 'family', 'friend', 'employer', 'earlier-help', 'other'] as const;
export type Tie = (typeof TIES)[number];

/** Whether the facilitator and the main persons understand each other. */
export const LANGUAGE_FITS = ['shared', 'with-interpreter', 'not-shared'] as const;
export type LanguageFit = (typeof LANGUAGE_FITS)[number];

/** What the facilitator wrote down about themself. */
export interface IndependenceFacts {
  ties: Tie;
  language: LanguageFit;
  /** Whether what the main persons wish about language and gender is met. */
  wishesMet: boolean;
}

/** What stands in the way of this facilitator, in the order in which it is said; nothing when they may lead. */
export const OBJECTIONS = ['employed-by-party', 'ties', 'language-not-shared', 'language-differs', 'wishes-not-met', 'not-checked'] as const;
export type Objection = (typeof OBJECTIONS)[number];

export interface Independence {
  /** Null as long as this facilitator did not check. */
  check: IndependenceFacts | null;
  /** Whether the kind of case asks for the check. */
  required: boolean;
  employed: boolean;
  /** Whether a main person speaks a language that is not among those of the facilitator. */
  otherLanguage: boolean;
}

const APPLIES: Readonly<Record<Objection, (known: Independence) => boolean>> = {
  'employed-by-party': ({ employed }) => employed,
  ties: ({ check }) => check !== null && check.ties !== 'none',
  'language-not-shared': ({ check }) => check?.language === 'not-shared',
  // Whoever checked knows better than two lists.
  'language-differs': ({ check, otherLanguage }) => check === null && otherLanguage,
  'wishes-not-met': ({ check }) => check?.wishesMet === false,
  'not-checked': ({ check, required }) => check === null && required,
};

export function objections(known: Independence): Objection[] {
  return OBJECTIONS.filter((objection) => APPLIES[objection](known));
}

const NAMES = ['nl', 'en'].map((language) => new Intl.DisplayNames([language], { type: 'language', fallback: 'none' }));
const CODES = ['nl', 'en', 'ar', 'tr', 'pl', 'uk', 'ru', 'so', 'ti', 'am', 'fa', 'ku', 'ps', 'ur', 'fr', 'de', 'es', 'pt', 'it', 'zh', 'hi', 'id', 'ro', 'bg', 'pap'];
/** The languages that are spoken here most, by their names in Dutch and English. */
const BY_NAME = new Map(CODES.flatMap((code) => NAMES.flatMap((names) => [[names.of(code)?.toLowerCase() ?? code, code] as const])));

/** A language as it is compared: its code, whether a code (`tr-TR`) or a name was given; a name that we do not know as it is. */
export function languageKey(given: string): string {
  const text = given.trim().toLowerCase();
  return BY_NAME.get(text) ?? (/^[a-z]{2,3}(-[a-z0-9]+)*$/.test(text) ? text.split('-')[0]! : text);
}

/** Whether a language is asked that a facilitator does not name among theirs; of one who named none nothing is known. */
export function speaksOther(languages: readonly string[], asked: readonly string[]): boolean {
  const own = languages.map(languageKey);
  return own.length > 0 && asked.some((language) => !own.includes(languageKey(language)));
}

/** What says only what kind of body it is, and not which. */
const LEGAL_FORMS = /\b(stichting|vereniging|cooperatie|coop|bv|nv|vof|ua|cv)\b/g;

/** The name of an organisation as it is compared: without capitals, accents, signs and legal form. */
export function organisationKey(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\b([bnvcu])\. ?([vaofs])\.(?: ?([f])\.)?/g, '$1$2$3')
    .replace(/[^\p{L}\d]+/gu, ' ')
    .replace(LEGAL_FORMS, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whether somebody works for one of these organisations; nobody does when no employer is known. */
export function isEmployedBy(employer: string | null, organisations: readonly string[]): boolean {
  const own = employer === null ? '' : organisationKey(employer);
  return own !== '' && organisations.some((organisation) => organisationKey(organisation) === own);
}
