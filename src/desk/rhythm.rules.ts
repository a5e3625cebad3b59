import { rhythmWords } from '../plans/plan-paper.rules.js';
import { sheetWords } from '../texts/plan-paper.js';

const WORDS = sheetWords('nl');

/** How often something is done, in the words that its sheet on paper has: "elke maandag en donderdag". */
export const howOften = (every: string): string => rhythmWords(every, WORDS);
