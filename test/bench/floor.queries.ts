/**
 * What the service's statements do, without finding out who asks: no `enter`, and past row-level security. What is sealed there
 * is plain JSON here and goes along as one value (`details`).
 */

const MEMBER = `json_build_object(
  'id', m.id, 'caseId', m.case_id, 'name', m.name, 'firstName', m.first_name, 'relation', m.relation,
  'circleKind', m.circle_kind, 'professional', m.circle_kind = 'professional', 'isMainPerson', m.is_main_person,
  'state', m.state, 'ageBand', m.age_band, 'viaMemberId', m.via_member_id, 'approvedAt', platform_utc(m.approved_at),
  'invitedAt', platform_utc(m.invited_at), 'phoneVerifiedAt', platform_utc(m.phone_verified_at), 'version', m.version,
  'details', convert_from(m.sealed, 'UTF8')::json)`;

/** $1 organisation, $2 case, $3 facilitator. */
export const CASE_FILE = {
  name: 'case-file',
  text: `select json_build_object(
      'id', c.id, 'reference', c.reference, 'state', c.state, 'kind', c.kind, 'urgent', c.urgent,
      'facilitatorId', c.facilitator_id, 'neighbourhoodCode', c.neighbourhood_code, 'openedAt', platform_utc(c.opened_at),
      'stateSince', platform_utc(c.state_since), 'endReason', c.end_reason, 'version', c.version,
      'safetyGate', c.safety_gate, 'consentGiven', c.consent_given,
      'resident', (
        select ${MEMBER} from circle_members m
        where m.organisation_id = c.organisation_id and m.case_id = c.id and m.is_main_person order by m.id limit 1),
      'circle', (
        select coalesce(json_agg(${MEMBER} order by m.id), '[]') from circle_members m
        where m.organisation_id = c.organisation_id and m.case_id = c.id),
      'meetings', (
        select coalesce(json_agg(json_build_object(
          'id', t.id, 'type', t.type, 'state', t.state, 'startsAt', platform_utc(t.starts_at),
          'endsAt', platform_utc(t.ends_at), 'outcome', t.outcome) order by t.id), '[]')
        from meetings t where t.organisation_id = c.organisation_id and t.case_id = c.id),
      'currentPlan', (
        select json_build_object(
          'id', p.id, 'version', p.version, 'state', p.state, 'fixedAt', platform_utc(p.fixed_at),
          'carriedAt', platform_utc(p.carried_at), 'goals', content -> 'goals', 'safetyConditions', content -> 'safetyConditions',
          'commitments', (
            select coalesce(json_agg(json_build_object(
              'id', k.id, 'memberId', k.member_id, 'goalId', k.goal_id, 'dueOn', k.due_on, 'every', k.every,
              'state', k.state, 'version', k.version, 'text', convert_from(k.sealed, 'UTF8')::json -> 'text') order by k.position), '[]')
            from plans_commitments k where k.organisation_id = p.organisation_id and k.case_id = p.case_id and k.plan_id = p.id))
        from plans p cross join lateral (select convert_from(p.sealed, 'UTF8')::json as content) opened
        where p.organisation_id = c.organisation_id and p.case_id = c.id
        order by p.version desc limit 1)
    )::text as answer
    from cases c
    where c.organisation_id = $1 and c.id = $2 and c.facilitator_id = $3`,
};

/** $1 organisation, $2 facilitator, $3 after, $4 limit + 1. */
export const CASE_PAGE = {
  name: 'case-page',
  text: `select p.id, row_to_json(p)::text as item from (
      select c.id, c.reference, c.state, c.kind, c.urgent, c.facilitator_id as "facilitatorId",
        c.neighbourhood_code as "neighbourhoodCode", platform_utc(c.opened_at) as "openedAt",
        platform_utc(c.state_since) as "stateSince", c.end_reason as "endReason", c.version, c.resident_name as "residentName"
      from cases c
      where c.organisation_id = $1 and c.facilitator_id = $2 and c.id < $3
      order by c.id desc limit $4) p`,
};

export const INSERT_REFERRAL = {
  name: 'referral',
  text: `insert into referrals (organisation_id, id, state, kind, source, themes, safety_level, consent_given, neighbourhood_code,
      resident_name, referrer_staff_id, sealed, confirmation_hash, created_at, received_at, state_since, accepted_at, accepted_by,
      case_id, referrer_member_id, end_reason, version)
    values ($1, $2, 'received', $3, $4, $5, $6, $7, $8, $9, $10, $11, null, $12, $12, $12, null, null, null, null, null, 1)`,
};

export const INSERT_LOOKUPS = {
  name: 'lookups',
  text: `insert into platform_lookups (organisation_id, kind, hash, object_id, created_at)
    select $1, 'referred-person', h, $3, $4 from unnest($2::bytea[]) h on conflict do nothing`,
};

export const STAFF = {
  name: 'staff',
  text: `select id, name, roles, sealed from people_staff where organisation_id = $1 and id = $2 and disabled_at is null`,
};

export const INSERT_MESSAGE = {
  name: 'message',
  text: `insert into messages (organisation_id, id, key, template, channel, state, to_masked, sealed, referral_id, urgent,
      at_any_hour, created_at, attempts, sent_at, safe_from, safe_until)
    values ($1, $2, $3, 'referral-received', 'mail', 'queued', $4, $5, $6, false, false, $7, 0, null, null, null)
    on conflict (organisation_id, key) do nothing returning id`,
};

export const INSERT_OUTBOX = {
  name: 'outbox',
  text: `insert into platform_outbox (organisation_id, id, job, key, payload, queue, run_at, state, attempts, created_at)
    select $1, item.id, 'messages.send', item.key, item.payload, item.queue, item.run_at, 'waiting', 0, $2
    from unnest($3::uuid[], $4::text[], $5::jsonb[], $6::text[], $7::timestamptz[]) as item (id, key, payload, queue, run_at)
    on conflict (organisation_id, job, key) do nothing
    returning key, run_at <= $2 as due`,
};

export const INSERT_AUDIT = {
  name: 'audit',
  text: `insert into audit_events (organisation_id, id, at, action, purpose, result, actor_kind, actor_id, actor_roles, session_id,
      object_kind, object_id, case_id, origin, request_id, read_key)
    values ($1, $2, $3, $4, 'coordination', 'done', 'staff', $5, $6, $7, $8, $9, $10, $11, $12, null)`,
};

export const PICKED_UP = {
  name: 'picked-up',
  text: `select
      (select s.name from cases c join people_staff s on s.organisation_id = c.organisation_id and s.id = c.facilitator_id
       where c.organisation_id = r.organisation_id and c.id = r.case_id) as facilitator_name,
      (select m.starts_at from meetings m
       where m.organisation_id = r.organisation_id and m.case_id = r.case_id and m.state in ('fixed', 'held')
       order by m.starts_at desc limit 1) as meeting_starts_at
    from referrals r where r.organisation_id = $1 and r.id = $2`,
};

/** $1 organisation, $2 commitment, $3 now. */
export const COMMITMENT = {
  name: 'commitment',
  text: `select c.id, c.case_id as "caseId", c.plan_id as "planId", c.member_id as "memberId",
      coalesce(m.first_name, m.name) as "memberName", c.goal_id as "goalId", c.due_on as "dueOn", c.every, c.state,
      c.state_since as "stateSince", c.sealed, c.version, k.facilitator_id as "facilitatorId", k.state as "caseState",
      exists (select 1 from people_links l where l.organisation_id = $1 and l.member_id = c.member_id and l.ended_at is null
        and l.expires_at > $3)
      or exists (select 1 from people_sessions s where s.organisation_id = $1 and s.member_id = c.member_id
        and s.ended_at is null and s.expires_at > $3) as "hasLink"
    from plans_commitments c
    join circle_members m on m.organisation_id = c.organisation_id and m.id = c.member_id
    join cases k on k.organisation_id = c.organisation_id and k.id = c.case_id
    where c.organisation_id = $1 and c.id = $2
    for share of k for update of c`,
};

export const MOVE = {
  name: 'move',
  text: `update plans_commitments set state = $4, state_since = $5, sealed = $6, version = version + 1
    where organisation_id = $1 and id = $2 and version = $3 returning version`,
};

export const INSERT_TIMELINE = {
  name: 'timeline',
  text: `insert into cases_timeline (organisation_id, id, case_id, at, type, actor_kind, actor_id, audience, member_id, about_id, sealed)
    values ($1, $2, $3, $4, 'commitment-state', 'staff', $5, 'main-persons', null, $6, $7)`,
};
