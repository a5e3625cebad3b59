import { claimOf, isFromTheFuture, nameOf, receive, rolesOf, verifiedEmailOf, type Arrival, type Reception } from '../src/people/oidc.rules.js';

const roleMap = { leiders: ['facilitator'], hoofd: ['lead', 'analyst'], alles: ['admin', 'facilitator'] } as const;

it.each<[string, Record<string, unknown>, string, unknown]>([
  ['a name', { roles: ['a'] }, 'roles', ['a']],
  ['a way inside', { realm_access: { roles: ['a'] } }, 'realm_access.roles', ['a']],
  ['a name with dots, as it stands', { 'https://id.example/roles': ['a'] }, 'https://id.example/roles', ['a']],
  ['what is not there', { roles: 'a' }, 'groups', undefined],
  ['a way into a text', { roles: 'a' }, 'roles.length', undefined],
  ['what every object has', {}, 'constructor', undefined],
])('finds a claim by %s', (_, claims, name, found) => {
  expect(claimOf(claims, name)).toEqual(found);
});

it.each<[string, unknown, string[]]>([
  ['one group', ['leiders'], ['facilitator']],
  ['one group as a text', 'leiders', ['facilitator']],
  ['several groups, in our order', ['hoofd', 'leiders'], ['facilitator', 'lead', 'analyst']],
  ['groups that give the same role', ['leiders', 'alles'], ['facilitator', 'admin']],
  ['groups that mean nothing here', ['kantine', 'leiders'], ['facilitator']],
  ['only groups that mean nothing here', ['kantine'], []],
  ['a role of ours that nobody mapped', ['admin'], []],
  ['what every object has', ['constructor', '__proto__'], []],
  ['another letter', ['Leiders'], []],
  ['no text', [7, null, { leiders: true }], []],
  ['nothing', undefined, []],
])('gives roles for %s', (_, roles, given) => {
  expect(rolesOf({ roles }, { roleClaim: 'roles', roleMap })).toEqual(given);
});

it('leaves roles alone that are given here', () => {
  expect(rolesOf({ roles: ['leiders'] }, { roleClaim: 'roles', roleMap: null })).toBeNull();
});

it.each<[string, Record<string, unknown>, string | null]>([
  ['that is verified', { email: ' Noor@Noord.example ', email_verified: true }, 'noor@noord.example'],
  ['that is not', { email: 'noor@noord.example', email_verified: false }, null],
  ['of which nobody says', { email: 'noor@noord.example' }, null],
  ['that a text says is', { email: 'noor@noord.example', email_verified: 'true' }, null],
  ['that is none', { email: 'noor', email_verified: true }, null],
  ['that is no text', { email: ['noor@noord.example'], email_verified: true }, null],
])('believes an address %s', (_, claims, address) => {
  expect(verifiedEmailOf(claims)).toBe(address);
});

it.each<[Record<string, unknown>, string]>([
  [{ name: 'Noor  de\nWit' }, 'Noor de Wit'],
  [{ given_name: 'Noor', family_name: 'de Wit' }, 'Noor de Wit'],
  [{ name: '\u202eNoor' }, 'Noor'],
  [{ name: ' ' }, 'noor'],
  [{}, 'noor'],
  [{ name: 'x'.repeat(300) }, 'x'.repeat(200)],
])('calls %j by a name that can be shown', (claims, name) => {
  expect(nameOf(claims, 'noor@noord.example')).toBe(name);
});

it('sees that a token was made later than now', () => {
  const now = new Date('2026-11-16T08:30:00Z');
  const seconds = now.getTime() / 1000;
  expect([0, 60, 61, -9999].map((later) => isFromTheFuture(seconds + later, now))).toEqual([false, false, true, false]);
  expect(isFromTheFuture('now', now)).toBe(true);
});

const here = { disabled: false, linked: false, otherIdentity: false, here: true };
const linked = { ...here, linked: true };

it.each<[string, Arrival, Reception]>([
  ['who is known', { account: linked, verifiedEmail: true, roles: ['lead'] }, 'known'],
  ['who is known, with an address that is not verified', { account: linked, verifiedEmail: false, roles: null }, 'known'],
  ['who is known and lost every role', { account: linked, verifiedEmail: true, roles: [] }, { refused: 'oidc-no-role' }],
  ['whose account is closed', { account: { ...linked, disabled: true }, verifiedEmail: true, roles: ['lead'] }, { refused: 'oidc-disabled' }],
  ['who has an account with the address', { account: here, verifiedEmail: true, roles: null }, 'link'],
  ['who has one, and roles from there', { account: here, verifiedEmail: true, roles: ['lead'] }, 'link'],
  ['whose address is not verified', { account: null, verifiedEmail: false, roles: ['lead'] }, { refused: 'oidc-unverified' }],
  ['whose address is somebody else’s there', { account: { ...here, otherIdentity: true }, verifiedEmail: true, roles: ['lead'] }, { refused: 'oidc-other-person' }],
  ['whose address works elsewhere', { account: { ...here, here: false }, verifiedEmail: true, roles: ['lead'] }, { refused: 'oidc-other-person' }],
  ['who is new with a role', { account: null, verifiedEmail: true, roles: ['lead'] }, 'create'],
  ['who is new without', { account: null, verifiedEmail: true, roles: [] }, { refused: 'oidc-no-role' }],
  ['who is new where roles are given here', { account: null, verifiedEmail: true, roles: null }, { refused: 'oidc-unknown' }],
])('receives %s', (_, arrival, reception) => {
  expect(receive(arrival)).toEqual(reception);
});
