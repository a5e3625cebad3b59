import { defineJob } from '../platform/queue/jobs.js';

/** Erases a case that its main person asked to erase, once that was decided. */
export const ERASE_CASE_ON_REQUEST = defineJob<{ requestId: string }>('privacy.erase-on-request', { queue: 'upkeep' });
