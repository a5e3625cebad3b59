import { Injectable } from '@nestjs/common';
import { RestrictionsService } from '../circle/restrictions.service.js';
import { DraftsService } from '../plans/drafts.service.js';
import { takesPart, type PlanPerson } from '../plans/plan-people.rules.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import type { WritingPageProps } from './draft.pages.js';

/** What stands on the pages on which people write in the plan together. */
@Injectable()
export class DraftPagesService {
  constructor(
    private readonly database: Database,
    private readonly drafts: DraftsService,
    private readonly restrictions: RestrictionsService,
  ) {}

  /**
   * The draft, and who may be asked for something in it. Somebody of the circle who writes hears of nobody who was asked and has not
   * said that they come.
   */
  async page(ctx: Ctx, caseId: string): Promise<Pick<WritingPageProps, 'draft' | 'people' | 'professionals'>> {
    const draft = await this.drafts.read(ctx, caseId);
    const inDraft = new Set(draft.commitments.map(({ memberId }) => memberId));
    const found = await this.database.view(ctx, async (tx) => {
      const hidden = await this.restrictions.hidden(tx, caseId);
      const { actor } = tx;
      const knowsOf = actor.kind === 'participant' && !actor.isMainPerson ? actor.memberId : null;
      const here = (await this.drafts.people(tx, caseId)).filter((person) => takesPart(person) && !hidden.has(person.id) && (person.circleKind !== 'aide' || person.isMainPerson));
      const known = here.filter(({ id, isMainPerson, state }) => knowsOf === null || isMainPerson || id === knowsOf || state === 'coming' || inDraft.has(id));
      const professionals = actor.kind === 'staff' ? here.filter(({ circleKind, isMainPerson }) => circleKind === 'professional' && !isMainPerson) : [];
      return { people: known.map(shown), professionals: professionals.map(shown) };
    });
    return { draft, ...found };
  }
}

const shown = ({ id, name }: PlanPerson): { id: string; name: string } => ({ id, name });
