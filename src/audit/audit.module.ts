import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditService } from './audit.service.js';
import { DigestsService } from './digests.service.js';
import { EpochsService } from './epochs.service.js';
import { RefusalsPolicy } from './refusals.policy.js';
import { SealerService } from './sealer.service.js';
import { VerifierService } from './verifier.service.js';

@Global()
@Module({
  providers: [
    AuditService,
    DigestsService,
    SealerService,
    VerifierService,
    EpochsService,
    { provide: APP_INTERCEPTOR, useClass: RefusalsPolicy },
  ],
  exports: [AuditService],
})
export class AuditModule {}
