import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RestrictionsService } from '../circle/restrictions.service.js';
import type { SafetySource } from '../meetings/meetings.events.js';
import { ScriptService } from '../meetings/script.service.js';
import type { Tx } from '../platform/database/tx.js';
import { draftWithout } from './draft-parts.rules.js';
import { DraftsService } from './drafts.service.js';

/** The script of a meeting has a phase for what must be safe where the plan in the making holds such conditions. */
@Injectable()
export class ScriptSafety implements SafetySource, OnModuleInit {
  constructor(
    private readonly scripts: ScriptService,
    private readonly drafts: DraftsService,
    private readonly restrictions: RestrictionsService,
  ) {}

  onModuleInit(): void {
    this.scripts.askSafety(this);
  }

  async mustBeSafe(tx: Tx, caseId: string): Promise<boolean> {
    const { draft } = await this.drafts.load(tx, caseId);
    return draftWithout(draft, await this.restrictions.hidden(tx, caseId)).safetyConditions.length > 0;
  }
}
