import type { Actor } from '../platform/actor.js';

/** Why someone saw or did something; the words stand in the texts. */
export const PURPOSES = [
  'sign-in',
  'own-file',
  'referral',
  'triage',
  'allocation',
  'coordination',
  'reporting',
  'administration',
  'rights',
  'supervision',
  'security',
  'system',
] as const;
export type Purpose = (typeof PURPOSES)[number];

interface Rule {
  /** A whole action, or a module with its dot; none stands for every action. */
  actions?: readonly string[];
  /** Who; left out, everyone. */
  actors?: readonly Actor['kind'][];
  purpose: Purpose;
}

/** The first row that fits. Whoever acts for the service itself does it for the service, whatever it is. */
const RULES: readonly Rule[] = [
  { actions: ['people.sign-in', 'people.sign-in-throttled', 'people.sign-out', 'people.link-used'], purpose: 'sign-in' },
  { actions: ['access.'], purpose: 'security' },
  { actors: ['participant'], purpose: 'own-file' },
  { actions: ['privacy.'], actors: ['staff', 'anonymous'], purpose: 'rights' },
  { actions: ['audit.'], actors: ['staff'], purpose: 'supervision' },
  { actors: ['anonymous'], purpose: 'referral' },
  { actors: ['system'], purpose: 'system' },
  { actions: ['referrals.made', 'referrals.confirmed', 'referrals.informed', 'referrals.withdrawn'], purpose: 'referral' },
  { actions: ['referrals.'], purpose: 'triage' },
  { actions: ['cases.listed', 'cases.handed-over', 'people.facilitators-read', 'people.roster-read'], purpose: 'allocation' },
  { actions: ['micro-analysis.monthly-figures-read', 'reports.'], purpose: 'reporting' },
  { actions: ['people.', 'neighbourhood.'], purpose: 'administration' },
  { actions: [], purpose: 'coordination' },
];

/** The purpose that follows from what is done and by whom. */
export function purposeOf(action: string, actor: Pick<Actor, 'kind'>): Purpose {
  const fits = ({ actions = [], actors = [] }: Rule): boolean =>
    (actors.length === 0 || actors.includes(actor.kind)) &&
    (actions.length === 0 || actions.some((one) => (one.endsWith('.') ? action.startsWith(one) : action === one)));
  return RULES.find(fits)!.purpose;
}
