import { defineJob } from '../platform/queue/jobs.js';

/** A piece of a run; each piece plans the next one. */
export const RETENTION_STEP = defineJob<{ runId: string; step: number }>('privacy.retention-step', { queue: 'upkeep' });

/** Starts the run of a night. */
export const RETENTION_NIGHT = defineJob<{ night: string }>('privacy.retention-night', { queue: 'upkeep' });
