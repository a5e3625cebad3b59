import type { Limit } from '../platform/http/limits.js';

/** Failed tries to sign in, by password and by OpenID Connect together. */
export const SIGN_INS_PER_ADDRESS: Limit = { kind: 'sign-in address', max: 50, windowSeconds: 900 };
export const SIGN_INS_PER_ACCOUNT: Limit = { kind: 'sign-in account', max: 10, windowSeconds: 900 };
