import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditService } from './audit.service.js';
import { RefusalsPolicy } from './refusals.policy.js';

@Global()
@Module({
  providers: [AuditService, { provide: APP_INTERCEPTOR, useClass: RefusalsPolicy }],
  exports: [AuditService],
})
export class AuditModule {}
