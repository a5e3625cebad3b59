import { Injectable } from '@nestjs/common';
import type { CaseEntity } from '../cases/case.entity.js';
import { mayHear } from '../circle/circle.policy.js';
import type { CircleMember } from '../circle/circle.service.js';
import { shownName } from '../circle/members.service.js';
import { hiddenFrom } from '../circle/restrictions.rules.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import { OffersService } from '../plans/offers.service.js';
import { isNear, mayTakeOver } from '../plans/offers.rules.js';
import { takesPart } from '../plans/plan-people.rules.js';
import { named, type Tx } from '../platform/database/tx.js';
import type { Option } from '../web/components/field.js';
import type { OfferRow, OffersView } from './case-offers.pages.js';
import { REFERENCES } from './work-pages.queries.js';

/** What is asked and offered around promises, for the pages of the facilitator. */
@Injectable()
export class CaseOffersService {
  constructor(
    private readonly offers: OffersService,
    private readonly restrictions: RestrictionsService,
  ) {}

  /** Of one case, inside its read: with whom help can be asked of, never somebody who is kept apart from the one who asks. */
  async ofCase(tx: Tx, theCase: CaseEntity, people: readonly CircleMember[]): Promise<OffersView> {
    const offers = await this.offers.within(tx, theCase.id);
    const pairs = offers.help.length > 0 ? await this.restrictions.pairs(tx, theCase.id) : [];
    return {
      ...offers,
      help: offers.help.map((help) => {
        const apart = hiddenFrom(pairs, help.memberId);
        const others = people.filter((person) => person.id !== help.memberId && !apart.has(person.id));
        return { ...help, helpers: others.filter((person) => isNear(person) && takesPart(person)).map(asOption), takers: others.filter((person) => mayTakeOver(person) && mayHear(theCase, person)).map(asOption) };
      }),
    };
  }

  /** Of all own cases, for the list of the day. Statements do not grow with what is found. */
  async rows(tx: Tx, most: number): Promise<OfferRow[]> {
    const { passings, help, contributions } = await this.offers.within(tx, null);
    const found: (Omit<OfferRow, 'reference'> & { caseId: string })[] = [
      ...passings.map(({ caseId, fromName, toName, text }) => ({ caseId, kind: 'passing' as const, name: fromName ?? '', toName, text })),
      ...help.map(({ caseId, memberName, what }) => ({ caseId, kind: 'help' as const, name: memberName, toName: null, text: what })),
      ...contributions.map(({ caseId, memberName, text }) => ({ caseId, kind: 'contribution' as const, name: memberName, toName: null, text })),
    ].slice(0, most);
    const references = await named<{ id: string; reference: string }>(tx, REFERENCES, [tx.organisationId, found.map(({ caseId }) => caseId)]);
    const of = new Map(references.map(({ id, reference }) => [id, reference]));
    return found.map(({ caseId, ...row }) => ({ ...row, reference: of.get(caseId) ?? '' }));
  }
}

const asOption = (person: CircleMember): Option => ({ value: person.id, label: shownName(person) });
