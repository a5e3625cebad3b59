import { RETENTION_READS } from './bad-input-retention.js';
import { STAFF_READS } from './bad-input-staff.js';
import { RIGHTS_READS } from './bad-input-rights.js';
import type { Stage } from './bad-input-stage.js';

/** Everything that can be read, each at something that is there. */
export const READS: Record<string, (stage: Stage) => string | { path: string; token: string }> = {
  '/health/live': () => '/health/live',
  '/health/ready': () => '/health/ready',
  '/v1/me': () => '/v1/me',
  '/v1/me/file-looks': ({ resident: { token } }) => ({ path: '/v1/me/file-looks', token }),
  ...STAFF_READS,
  '/v1/referrals': () => '/v1/referrals',
  '/v1/referrals/{id}': ({ referrals }) => `/v1/referrals/${referrals.open}`,
  '/v1/cases': () => '/v1/cases',
  '/v1/cases/{id}': ({ cases }) => `/v1/cases/${cases.fixed.id}`,
  '/v1/cases/{id}/timeline': ({ cases }) => `/v1/cases/${cases.fixed.id}/timeline`,
  '/v1/public-places': () => '/v1/public-places',
  '/v1/public-places/{id}': ({ publicPlace }) => `/v1/public-places/${publicPlace.id}`,
  '/v1/law-settings': () => '/v1/law-settings',
  '/v1/law-clocks': () => '/v1/law-clocks',
  '/v1/cases/{id}/law-clocks': ({ cases }) => `/v1/cases/${cases.fixed.id}/law-clocks`,
  '/v1/cases/{id}/circle-members': ({ cases }) => `/v1/cases/${cases.fixed.id}/circle-members`,
  '/v1/circle-members/{id}': ({ cases }) => `/v1/circle-members/${cases.fixed.members.Ada!.id}`,
  '/v1/circle-members/{id}/consents': ({ cases: { fixed } }) => `/v1/circle-members/${fixed.resident.id}/consents`,
  '/v1/cases/{id}/consents': ({ cases }) => `/v1/cases/${cases.fixed.id}/consents`,
  '/v1/cases/{id}/contact-restrictions': ({ cases }) => `/v1/cases/${cases.circle.id}/contact-restrictions`,
  '/v1/meetings/{id}': ({ begun }) => `/v1/meetings/${begun.id}`,
  '/v1/meetings/{id}/calendar.ics': ({ begun }) => `/v1/meetings/${begun.id}/calendar.ics`,
  '/v1/cases/{id}/statements/{memberId}': ({ cases: { fixed } }) => `/v1/cases/${fixed.id}/statements/${fixed.resident.id}`,
  '/v1/cases/{id}/plan-draft': ({ cases }) => `/v1/cases/${cases.fixed.id}/plan-draft`,
  '/v1/plans/{id}': ({ plan }) => `/v1/plans/${plan.id}`,
  '/v1/commitments': () => '/v1/commitments',
  '/v1/commitments/{id}': ({ plan }) => `/v1/commitments/${plan.commitments[0]!.id}`,
  '/v1/wellbeing-instruments': () => '/v1/wellbeing-instruments',
  '/v1/cost-items': () => '/v1/cost-items',
  '/v1/cases/{id}/cost-lines': ({ cases }) => `/v1/cases/${cases.fixed.id}/cost-lines`,
  '/v1/cases/{id}/micro-analysis': ({ cases }) => `/v1/cases/${cases.fixed.id}/micro-analysis`,
  '/v1/reports/monthly-figures': () => '/v1/reports/monthly-figures',
  '/v1/messages': () => '/v1/messages',
  '/v1/audit-events': () => '/v1/audit-events',
  ...RETENTION_READS,
  ...RIGHTS_READS,
};
