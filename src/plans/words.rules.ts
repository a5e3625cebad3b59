const ARABIC = /\p{Script=Arabic}/u;

/** The language that people's own words are most likely in, for who has them read aloud: at the table it is Dutch, unless the letters say otherwise. */
export const languageOfWords = (words: string): 'nl' | 'ar' => (ARABIC.test(words) ? 'ar' : 'nl');
