import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditController } from './audit.controller.js';
import { AuditService } from './audit.service.js';
import { DigestsService } from './digests.service.js';
import { EpochsService } from './epochs.service.js';
import { LooksService } from './looks.service.js';
import { RefusalsPolicy } from './refusals.policy.js';
import { SealerService } from './sealer.service.js';
import { VerifierService } from './verifier.service.js';

@Global()
@Module({
  controllers: [AuditController],
  providers: [
    AuditService,
    DigestsService,
    SealerService,
    VerifierService,
    EpochsService,
    LooksService,
    { provide: APP_INTERCEPTOR, useClass: RefusalsPolicy },
  ],
  exports: [AuditService, LooksService],
})
export class AuditModule {}
