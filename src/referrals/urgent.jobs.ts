import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../platform/queue/jobs.js';
import { ESCALATE, UrgentService } from './urgent.service.js';

/** What happens when nobody says that they have an acute referral. */
@Injectable()
export class UrgentJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobRegistry,
    private readonly urgent: UrgentService,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(ESCALATE, ({ ctx }, order) => this.urgent.escalate(ctx, order));
  }
}
