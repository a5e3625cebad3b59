import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ConclusionsService } from '../meetings/conclusions.service.js';
import type { Conclusion, ConclusionListener } from '../meetings/meetings.events.js';
import type { Tx } from '../platform/database/tx.js';
import { CostLinesService } from './cost-lines.service.js';

/** What a concluded meeting means here: the hours of the facilitator become one cost line. */
@Injectable()
export class MicroAnalysisEvents implements ConclusionListener, OnModuleInit {
  constructor(
    private readonly conclusions: ConclusionsService,
    private readonly costLines: CostLinesService,
  ) {}

  onModuleInit(): void {
    this.conclusions.onConcluded(this);
  }

  async concluded(tx: Tx, { caseId, facilitatorHours }: Conclusion): Promise<void> {
    if (facilitatorHours !== null) await this.costLines.addFacilitatorHours(tx, caseId, facilitatorHours);
  }
}
