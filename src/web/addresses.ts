/** Addresses that stand on every page. */
export const HOME = '/';
export const WORK = '/werk';
export const SIGN_OUT = '/uitloggen';
export const CALL_BACK = '/bel-mij-terug';
export const LEAD = '/leiding';
export const ADMIN = '/beheer';
export const REFERRALS = '/aanmeldingen';
export const REFER = '/aanmelden';
export const ACCOUNT = '/mijn-account';

/** Where an acute referral is taken on, from a message to who is on duty. */
export const urgentReferral = (id: string): string => `${WORK}/spoed/aanmelding/${id}`;

/** Where somebody who works here begins: the first page that their roles give them. */
export function homeOf(roles: readonly string[]): string {
  if (roles.includes('facilitator') || roles.includes('lead')) return WORK;
  if (roles.includes('admin')) return ADMIN;
  return roles.includes('referrer') ? REFERRALS : ACCOUNT;
}
