import type { Entry, Stage } from './bad-input-stage.js';

/** A valid request for each route about staff, duties and handover. */
export const STAFF_ROWS: Record<string, (stage: Stage) => Entry> = {
  'POST /v1/staff': () => {
    const body = { name: 'Ali Kaya', email: 'ali.kaya@noord.example', roles: ['facilitator', 'lead'], phone: '06 1234 5678' };
    return { body: { ...body, neighbourhoodCodes: ['BU05990110'] }, gives: [201, 409] };
  },
  'PATCH /v1/staff/{id}': ({ staff: { changed } }) => {
    const body = { name: 'Cor de Wit', email: 'cor.de.wit@noord.example', roles: ['referrer'], phone: '06 1234 5678' };
    return { ids: [changed.id], body: { ...body, neighbourhoodCodes: ['WK059901'] }, gives: [200, 412], ifMatch: 'needed' };
  },
  'POST /v1/staff/{id}/disabling': ({ staff: { closed, follower } }) => {
    return { ids: [closed.id], body: { reason: 'leaving', remark: 'Naar Zuid', handOverTo: follower.id }, gives: [200, 409] };
  },
  'POST /v1/staff/{id}/enabling': ({ staff: { opened } }) => ({ ids: [opened.id], gives: [200, 409] }),
  'POST /v1/staff/{id}/invitations': ({ staff: { changed } }) => ({ ids: [changed.id], gives: [201, 201] }),
  'DELETE /v1/staff/{id}/sessions': ({ staff: { changed } }) => ({ ids: [changed.id], gives: [204, 204] }),
  'DELETE /v1/me/sessions/{id}': ({ sessionId }) => ({ ids: [sessionId], gives: [204, 404] }),
  'PUT /v1/me/password': ({ staff: { follower } }) => {
    const body = { current: 'een lang wachtwoord', next: 'vier paarden zingen' };
    return { who: follower, body, gives: [204, 400], secret: true };
  },
  'POST /v1/password-resets': ({ email }) => ({ who: { token: '' }, body: { email }, gives: [202, 202], secret: true }),
  'POST /v1/cases/{id}/handover': ({ staff: { follower }, cases: { give } }) => {
    const body = { facilitatorId: follower.id, reason: 'leave', remark: 'Tot in het voorjaar' };
    return { ids: [give.id], body, gives: [200, 409], ifMatch: 'taken' };
  },
  'POST /v1/facilitators/{id}/handover': ({ staff: { closed, follower } }) => {
    return { ids: [closed.id], body: { facilitatorId: follower.id, reason: 'illness', remark: 'Griep' }, gives: [200, 200] };
  },
  'PUT /v1/me/availability': ({ facilitator }) => {
    return { who: facilitator, body: { hours: [{ weekday: 1, from: 540, until: 1020 }] }, gives: [200, 200] };
  },
  'POST /v1/me/absences': ({ staff: { follower } }) => {
    const body = { kind: 'leave', from: '2027-08-02', to: '2027-08-06', fromTime: '09:00', toTime: '17:00', note: 'Naar zee' };
    return { who: follower, body, gives: [201, 201] };
  },
  'DELETE /v1/me/absences/{id}': ({ facilitator, absence }) => ({ who: facilitator, ids: [absence], gives: [204, 404] }),
  'POST /v1/me/calendar-feeds': ({ staff: { follower } }) => ({ who: follower, gives: [201, 201] }),
  'DELETE /v1/me/calendar-feeds': ({ staff: { follower } }) => ({ who: follower, gives: [204, 204] }),
  'PUT /v1/duty-roster': ({ staff: { follower }, facilitator }) => {
    const duty = { from: '2026-12-07T08:00:00+01:00', to: '2026-12-08T08:00:00+01:00', firstId: follower.id, secondId: facilitator.id };
    return { body: { items: [duty] }, gives: [200, 200] };
  },
  'POST /v1/referrals/{id}/acknowledgement': ({ referrals }) => ({ ids: [referrals.acute], gives: [200, 200] }),
  'PUT /v1/cases/{id}/tonight': ({ urgentCase }) => ({ ids: [urgentCase], body: { who: 'Oma Truus' }, gives: [200, 200] }),
  'POST /v1/cases/{id}/not-held': ({ urgentCase }) => {
    return { ids: [urgentCase], body: { reason: 'not-reached', remark: 'Morgen weer' }, gives: [200, 200] };
  },
  'PUT /v1/duty-settings': ({ lead }) => ({ who: lead, body: { phone: '010 123 4567' }, gives: [200, 200] }),
};

/** What can be read of them. */
export const STAFF_READS: Record<string, (stage: Stage) => string | { path: string; token: string }> = {
  '/v1/me/sessions': () => '/v1/me/sessions',
  '/v1/me/availability': () => '/v1/me/availability',
  '/v1/me/absences': () => '/v1/me/absences',
  '/agenda/{file}': ({ feed }) => ({ path: feed, token: '' }),
  '/v1/staff': () => '/v1/staff',
  '/v1/staff/{id}': ({ staff }) => `/v1/staff/${staff.follower.id}`,
  '/v1/staff/{id}/sessions': ({ staff }) => `/v1/staff/${staff.follower.id}/sessions`,
  '/v1/facilitators': () => '/v1/facilitators',
  '/v1/duty-roster': () => '/v1/duty-roster',
  '/v1/duty-settings': () => '/v1/duty-settings',
  '/v1/duty': () => '/v1/duty',
};
