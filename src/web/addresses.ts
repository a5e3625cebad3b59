/** Addresses that stand on every page. */
export const HOME = '/';
export const WORK = '/werk';
export const SIGN_OUT = '/uitloggen';
export const CALL_BACK = '/bel-mij-terug';
