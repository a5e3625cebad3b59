import { Global, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { JobRegistry } from './jobs.js';
import { Nights } from './nightly.service.js';
import { Outbox } from './outbox.service.js';
import { OutboxSignal } from './signal.js';
import { QUEUE_TUNING, TUNING } from './tuning.js';
import { JobWorkers } from './workers.js';

/** The outbox for every module, and the workers for the process that starts them. */
@Global()
@Module({
  providers: [JobRegistry, OutboxSignal, Outbox, Nights, JobWorkers, { provide: TUNING, useValue: QUEUE_TUNING }],
  exports: [JobRegistry, Outbox, OutboxSignal, Nights, JobWorkers],
})
export class QueueModule implements OnApplicationBootstrap {
  constructor(private readonly jobs: JobRegistry) {}

  /** After every module registered its handlers. */
  onApplicationBootstrap(): void {
    this.jobs.assertComplete();
  }
}
