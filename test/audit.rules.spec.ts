import { purposeOf, PURPOSES } from '../src/audit/purposes.rules.js';

describe('why someone looked or did something', () => {
  it.each([
    ['people.sign-in', 'system', 'sign-in'],
    ['people.link-used', 'system', 'sign-in'],
    ['access.not-found', 'participant', 'security'],
    ['cases.read', 'participant', 'own-file'],
    ['cases.read', 'staff', 'coordination'],
    ['cases.listed', 'staff', 'allocation'],
    ['referrals.made', 'anonymous', 'referral'],
    ['referrals.made', 'staff', 'referral'],
    ['referrals.accepted', 'staff', 'triage'],
    ['privacy.exported', 'staff', 'rights'],
    ['privacy.exported', 'participant', 'own-file'],
    ['privacy.erased', 'system', 'system'],
    ['audit.listed', 'staff', 'supervision'],
    ['people.invited', 'staff', 'administration'],
    ['micro-analysis.monthly-figures-read', 'staff', 'reporting'],
    ['something.new', 'staff', 'coordination'],
  ] as const)('%s by %s is for %s', (action, kind, purpose) => {
    expect(purposeOf(action, { kind })).toBe(purpose);
    expect(PURPOSES).toContain(purpose);
  });
});
