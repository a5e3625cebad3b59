/** Shorter ones are guessed (NIST SP 800-63B and the NCSC ask for length, not for signs). */
export const PASSWORD_LENGTH = 12;
/** Fewer different signs make a pattern, not a password. */
const DIFFERENT_SIGNS = 5;

/** What people choose first, here and elsewhere; also with figures around it, with figures for letters, and twice. */
const COMMON_WORDS = [
  'password', 'passw', 'wachtwoord', 'welkom', 'welcome', 'geheim', 'secret', 'admin', 'administrator', 'beheer', 'beheerder',
  'netwerkberaad', 'gemeente', 'wijkteam', 'demo', 'test', 'login', 'inloggen', 'letmein', 'iloveyou', 'qwerty', 'qwertyuiop',
  'azerty', 'asdfghjkl', 'zxcvbnm', 'abcdefgh', 'abcdefghijkl', 'lente', 'zomer', 'herfst', 'winter', 'voorjaar', 'najaar',
  'januari', 'februari', 'maart', 'april', 'mei', 'juni', 'juli', 'augustus', 'september', 'oktober', 'november', 'december',
  'maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag', 'zondag', 'amsterdam', 'rotterdam', 'utrecht', 'ajax',
  'feyenoord', 'nederland', 'voetbal', 'monkey', 'dragon', 'football', 'sunshine', 'princess', 'superman', 'changeme',
] as const;

const FIGURES_FOR_LETTERS: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's', '!': 'i' };

const onlyLetters = (text: string): string => text.replace(/[^a-z]/g, '');
const asRead = (text: string): string => onlyLetters(text.replace(/[0134579@$!]/g, (sign) => FIGURES_FOR_LETTERS[sign] ?? ''));

/** Whether a text is made of these words and nothing else. */
function isMadeOf(text: string, words: readonly string[]): boolean {
  const reached = new Set([0]);
  for (let from = 0; from < text.length; from += 1) {
    if (!reached.has(from)) continue;
    for (const word of words) if (text.startsWith(word, from)) reached.add(from + word.length);
  }
  return text.length > 0 && reached.has(text.length);
}

/** What is wrong with a password that somebody chooses, or null. `own`: their name and mail address, which others know. */
export function passwordFault(password: string, own: readonly string[]): 'password-too-short' | 'password-too-common' | null {
  if ([...password].length < PASSWORD_LENGTH) return 'password-too-short';
  const typed = password.toLowerCase();
  const words = [...COMMON_WORDS, ...own.flatMap((text) => text.toLowerCase().split(/[^a-z]+/)).filter((word) => word.length > 2)];
  // What stands around it may be a year, which would read as letters.
  const within = typed.replace(/^[^a-z]+|[^a-z]+$/g, '');
  const common = [onlyLetters(typed), asRead(typed), asRead(within)].some((letters) => letters.length === 0 || isMadeOf(letters, words));
  return common || new Set(typed).size < DIFFERENT_SIGNS ? 'password-too-common' : null;
}
