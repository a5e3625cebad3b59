import { Injectable } from '@nestjs/common';
import { CasesService } from '../cases/cases.service.js';
import { OPEN_STATES } from '../cases/cases.rules.js';
import { KINDS } from '../cases/kinds.rules.js';
import { isKnown } from '../circle/circle.policy.js';
import { DraftsService } from '../plans/drafts.service.js';
import { HelpService } from '../plans/help.service.js';
import { mayTakeOver } from '../plans/offers.rules.js';
import { OffersService } from '../plans/offers.service.js';
import { PassingsService } from '../plans/passings.service.js';
import type { ParticipantActor } from '../platform/actor.js';
import type { Tx } from '../platform/database/tx.js';
import { ROUTES } from './desk.routes.js';
import { endOf, passingsShown } from './desk.rules.js';
import type { OwnOffers } from './own-offers.pages.js';

/** What stands on somebody's own page of what is asked and offered around promises. */
@Injectable()
export class OwnOffersService {
  constructor(
    private readonly cases: CasesService,
    private readonly drafts: DraftsService,
    private readonly offers: OffersService,
    private readonly passings: PassingsService,
    private readonly help: HelpService,
  ) {}

  /** Within the read of the page, which audits. `promised`: what is the reader's own now. */
  async of(tx: Tx, me: ParticipantActor, promised: readonly { id: string }[]): Promise<OwnOffers> {
    const theCase = await this.cases.require(tx, me.caseId, 'circle');
    const open = OPEN_STATES.includes(theCase.state);
    const people = await this.drafts.people(tx, me.caseId);
    const self = people.find(({ id }) => id === me.memberId);
    const known = isKnown(me, tx.now);
    const { passings, help, contributions } = await this.offers.within(tx, null);
    const askable = open && promised.length > 0 ? await this.passings.askable(tx, theCase, me.memberId, people) : [];
    const offersSelf = KINDS[theCase.kind].contributions && !me.isMainPerson && self !== undefined && mayTakeOver(self);
    return {
      over: endOf(theCase.state),
      home: me.isMainPerson ? ROUTES.mine : ROUTES.circle,
      known,
      asked: passings.filter(({ askedOfMe }) => askedOfMe),
      passings: passingsShown(passings.filter(({ askedOfMe }) => !askedOfMe), new Set(promised.map(({ id }) => id))),
      // Whose page it is stands on it anyway, on whatever device somebody of the circle opens their own.
      askable: askable.filter(({ isMainPerson }) => known || (isMainPerson && !me.isMainPerson)).map(({ id, name }) => ({ id, name })),
      help: help.filter(({ memberId }) => memberId === me.memberId),
      others: help.filter(({ memberId }) => memberId !== me.memberId),
      someAsk: !known && !me.isMainPerson && (await this.help.isAsked(tx, me)),
      mayOffer: open && offersSelf,
      contributions: contributions.filter(({ memberId }) => memberId === me.memberId),
      offered: contributions.filter(({ memberId }) => memberId !== me.memberId),
    };
  }
}
