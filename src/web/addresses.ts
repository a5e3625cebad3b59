/** Addresses that stand on every page. */
export const HOME = '/';
export const WORK = '/werk';
export const SIGN_OUT = '/uitloggen';
export const CALL_BACK = '/bel-mij-terug';
export const LEAD = '/leiding';
export const ADMIN = '/beheer';
export const ACCOUNT = '/mijn-account';

/** Where somebody who works here begins: the first page that their roles give them. */
export function homeOf(roles: readonly string[]): string {
  if (roles.includes('facilitator') || roles.includes('lead')) return WORK;
  return roles.includes('admin') ? ADMIN : ACCOUNT;
}
