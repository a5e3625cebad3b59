import { Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from './audit/audit.module.js';
import { CasesModule } from './cases/cases.module.js';
import { CircleModule } from './circle/circle.module.js';
import { DeskModule } from './desk/desk.module.js';
import { MeetingsModule } from './meetings/meetings.module.js';
import { MessagesModule } from './messages/messages.module.js';
import { MicroAnalysisModule } from './micro-analysis/micro-analysis.module.js';
import { NeighbourhoodModule } from './neighbourhood/neighbourhood.module.js';
import { PeopleModule } from './people/people.module.js';
import type { Settings } from './platform/config/settings.js';
import { PlansModule } from './plans/plans.module.js';
import { PlatformModule, type Overrides } from './platform/platform.module.js';
import { QueueModule } from './platform/queue/queue.module.js';
import { PrivacyModule } from './privacy/privacy.module.js';
import { ReferralsModule } from './referrals/referrals.module.js';

/** The table of contents, in the order of the story. */
@Module({})
export class AppModule {
  static with(settings: Settings, overrides: Overrides = {}): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(settings, overrides),
        QueueModule,
        AuditModule,
        PeopleModule,
        MessagesModule,
        ReferralsModule,
        CasesModule,
        CircleModule,
        NeighbourhoodModule,
        MeetingsModule,
        PlansModule,
        MicroAnalysisModule,
        PrivacyModule,
        DeskModule,
      ],
    };
  }
}
