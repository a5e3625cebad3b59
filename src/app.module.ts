import { Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from './audit/audit.module.js';
import { PeopleModule } from './people/people.module.js';
import type { Settings } from './platform/config/settings.js';
import { PlatformModule, type Overrides } from './platform/platform.module.js';

/** The table of contents, in the order of the story. */
@Module({})
export class AppModule {
  static with(settings: Settings, overrides: Overrides = {}): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.with(settings, overrides), AuditModule, PeopleModule],
    };
  }
}
