/** Staff roles; one person may have several. */
export const STAFF_ROLES = ['referrer', 'facilitator', 'lead', 'analyst', 'admin'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

export interface StaffActor {
  kind: 'staff';
  organisationId: string;
  sessionId: string;
  staffId: string;
  name: string;
  roles: StaffRole[];
}

/** A resident or circle member who came in through a personal link. */
export interface ParticipantActor {
  kind: 'participant';
  organisationId: string;
  sessionId: string;
  memberId: string;
  caseId: string;
  name: string;
  isMainPerson: boolean;
  /** Until when this device counts as known; null when it is not. */
  knownUntil: Date | null;
}

/** Someone without identity; the organisation comes from the host name, or is the only one, or the slug. */
export interface AnonymousActor {
  kind: 'anonymous';
  organisationId: string;
}

/** The service itself: a job, the demo, a command on the server. */
export interface SystemActor {
  kind: 'system';
  organisationId: string;
}

export type Actor = StaffActor | ParticipantActor | AnonymousActor | SystemActor;

/** Everything a command or query knows about who asks. Built by the access guard, or by `systemContext` in jobs. */
export interface Ctx<A extends Actor = Actor> {
  actor: A;
  requestId: string;
  /** Network address of the caller; 'system' in jobs. */
  address: string;
  /** Present when the caller sent an Idempotency-Key. */
  idempotency?: { key: string; fingerprint: string };
}

export function systemContext(organisationId: string, requestId: string): Ctx<SystemActor> {
  return { actor: { kind: 'system', organisationId }, requestId, address: 'system' };
}

/** The id that goes on the audit log and the timeline; null for the service itself and for strangers. */
export function actorId(actor: Actor): string | null {
  if (actor.kind === 'staff') return actor.staffId;
  return actor.kind === 'participant' ? actor.memberId : null;
}

/** Who came through a personal link; the routes that ask for it let nobody else in. */
export function participantOf({ actor }: Ctx): ParticipantActor {
  if (actor.kind !== 'participant') throw new Error('Only for who came through a personal link');
  return actor;
}

export function hasRole(actor: Actor, ...roles: StaffRole[]): boolean {
  return actor.kind === 'staff' && actor.roles.some((role) => roles.includes(role));
}
