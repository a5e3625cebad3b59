import type { StaffRole } from '../platform/actor.js';
import type { Transitions } from '../platform/transitions.js';

export const STAFF_STATES = ['invited', 'active', 'disabled'] as const;
export type StaffState = (typeof STAFF_STATES)[number];
export type StaffEvent = 'disable' | 'enable' | 'invite';

/** What can be done with an account. Who comes back is `invited` until they have a password or sign in elsewhere. */
export const STAFF_TRANSITIONS: Transitions<StaffState, StaffEvent> = {
  invited: { disable: 'disabled', invite: 'invited' },
  active: { disable: 'disabled', invite: 'active' },
  disabled: { enable: 'active' },
};

export function staffState(account: { disabledAt: Date | null; passwordHash: string | null }): StaffState {
  if (account.disabledAt) return 'disabled';
  return account.passwordHash ? 'active' : 'invited';
}

/** Why an account is closed. */
export const DISABLING_REASONS = ['leaving', 'illness', 'leave', 'misuse', 'other'] as const;
export type DisablingReason = (typeof DISABLING_REASONS)[number];

/** Why somebody else takes over. */
export const HANDOVER_REASONS = ['illness', 'leave', 'leaving', 'resident-wish', 'on-duty', 'other'] as const;
export type HandoverReason = (typeof HANDOVER_REASONS)[number];

/** What colleagues hear when an account is closed and its cases go to somebody else: not that it was misused. */
export const handoverReasonFor = (reason: DisablingReason): HandoverReason => (reason === 'misuse' ? 'other' : reason);

/** Whether a change of roles takes this one away. */
export const loses = (role: StaffRole, before: readonly StaffRole[], after: readonly StaffRole[]): boolean =>
  before.includes(role) && !after.includes(role);
