import type { INestApplicationContext, Type } from '@nestjs/common';
import type { Staff } from '../people/staff.service.js';
import type { Ctx, ParticipantActor, StaffActor } from '../platform/actor.js';
import type { MovableClock } from '../platform/clock.js';
import { newId } from '../platform/ids.js';
import type { AccountName } from './accounts.js';
import type { WorkingDays } from './days.js';
import { AddressBook } from './people.js';
import type { Told, ToldMember } from './story.js';

const KNOWN_DEVICE_MS = 30 * 24 * 60 * 60 * 1000;

/** Where the stories are told: the services, the clock, and everyone who acts. */
export class Stage {
  readonly addresses = new AddressBook();
  private readonly staffContexts: Record<AccountName, Ctx<StaffActor>>;

  constructor(
    private readonly app: INestApplicationContext,
    readonly clock: MovableClock,
    readonly days: WorkingDays,
    readonly organisationId: string,
    accounts: Record<AccountName, Staff>,
  ) {
    const contexts = Object.entries(accounts).map(([account, { id, name, roles }]) => {
      const actor: StaffActor = { kind: 'staff', organisationId, sessionId: newId(clock.now()), staffId: id, name, roles };
      return [account, contextOf(actor)] as const;
    });
    this.staffContexts = Object.fromEntries(contexts) as Record<AccountName, Ctx<StaffActor>>;
  }

  get<T>(service: Type<T>): T {
    return this.app.get(service);
  }

  staff(account: AccountName): Ctx<StaffActor> {
    return this.staffContexts[account];
  }

  /** The facilitator of a story. */
  facilitator(told: Told): Ctx<StaffActor> {
    return this.staff(told.story.facilitator);
  }

  /** Somebody of the circle on a device that they were shown their link on. */
  participant(told: Told, { id, name, isMainPerson }: ToldMember): Ctx<ParticipantActor> {
    const { organisationId } = this;
    const now = this.clock.now();
    return contextOf({
      kind: 'participant',
      organisationId,
      sessionId: newId(now),
      memberId: id,
      caseId: told.caseId,
      name,
      isMainPerson,
      knownUntil: new Date(now.getTime() + KNOWN_DEVICE_MS),
    });
  }

  stranger(): Ctx {
    return contextOf({ kind: 'anonymous', organisationId: this.organisationId });
  }

  /** The next one takes a little longer: things that happen after each other do not happen at once. */
  pause(): void {
    this.clock.advance({ seconds: 20 });
  }
}

function contextOf<A extends Ctx['actor']>(actor: A): Ctx<A> {
  return { actor, requestId: 'demo', address: 'demo' };
}
