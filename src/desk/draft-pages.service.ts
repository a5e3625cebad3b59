import { Injectable } from '@nestjs/common';
import { RestrictionsService } from '../circle/restrictions.service.js';
import { DraftsService } from '../plans/drafts.service.js';
import { takesPart } from '../plans/plan-people.rules.js';
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
  async page(ctx: Ctx, caseId: string): Promise<Pick<WritingPageProps, 'draft' | 'people'>> {
    const draft = await this.drafts.read(ctx, caseId);
    const inDraft = new Set(draft.commitments.map(({ memberId }) => memberId));
    const people = await this.database.view(ctx, async (tx) => {
      const hidden = await this.restrictions.hidden(tx, caseId);
      const { actor } = tx;
      const knowsOf = actor.kind === 'participant' && !actor.isMainPerson ? actor.memberId : null;
      return (await this.drafts.people(tx, caseId))
        .filter((person) => takesPart(person) && !hidden.has(person.id) && (person.circleKind !== 'aide' || person.isMainPerson))
        .filter(({ id, isMainPerson, state }) => knowsOf === null || isMainPerson || id === knowsOf || state === 'coming' || inDraft.has(id))
        .map(({ id, name }) => ({ id, name }));
    });
    return { draft, people };
  }
}
