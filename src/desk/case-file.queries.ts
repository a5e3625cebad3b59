import { statement } from '../platform/database/tx.js';

/**
 * Reads: cases, circle_members, circle_contact_restrictions, meetings, meetings_parts, plans, plans_commitments. One case with its circle, meetings and plan in one
 * statement, which also says who asks: its own facilitator, or one of its main persons. Every part is served by a primary key
 * or by the unique key that begins with the case. Sealed parts come as they are and are opened by the service.
 * $1–3 enter; $4 the case.
 */
export const CASE_FILE = statement(
  'desk.case-file',
  `select e.*, (
    select json_build_object(
      'id', c.id, 'reference', c.reference, 'state', c.state, 'kind', c.kind, 'urgent', c.urgent,
      'facilitatorId', c.facilitator_id, 'neighbourhoodCode', c.neighbourhood_code, 'openedAt', platform_utc(c.opened_at),
      'stateSince', platform_utc(c.state_since), 'endReason', c.end_reason, 'version', c.version,
      'safetyGate', c.safety_gate, 'consentGiven', c.consent_given,
      'hidden', case when e.member_id is null then '[]'::json else (
        select coalesce(json_agg(case when r.one_member_id = e.member_id then r.other_member_id else r.one_member_id end), '[]')
        from circle_contact_restrictions r
        where r.organisation_id = c.organisation_id and r.case_id = c.id and r.ended_at is null
          and e.member_id in (r.one_member_id, r.other_member_id)) end,
      'members', (
        select coalesce(json_agg(json_build_object(
          'id', m.id, 'name', m.name, 'firstName', m.first_name, 'relation', m.relation, 'circleKind', m.circle_kind,
          'isMainPerson', m.is_main_person, 'state', m.state, 'ageBand', m.age_band, 'viaMemberId', m.via_member_id,
          'approvedAt', platform_utc(m.approved_at), 'invitedAt', platform_utc(m.invited_at),
          'phoneVerifiedAt', platform_utc(m.phone_verified_at), 'version', m.version,
          'sealed', encode(m.sealed, 'base64')) order by m.id), '[]')
        from circle_members m where m.organisation_id = c.organisation_id and m.case_id = c.id),
      'meetings', (
        select coalesce(json_agg(json_build_object(
          'id', t.id, 'type', t.type, 'state', t.state,
          'startsAt', platform_utc(coalesce(t.starts_at + make_interval(mins => x.from_minute), t.starts_at)),
          'endsAt', platform_utc(coalesce(t.starts_at + make_interval(mins => x.until_minute), t.ends_at)),
          'outcome', t.outcome) order by t.id), '[]')
        from meetings t
        left join meetings_parts x on x.organisation_id = t.organisation_id and x.meeting_id = t.id and x.member_id = e.member_id
        where t.organisation_id = c.organisation_id and t.case_id = c.id),
      'plan', (
        select json_build_object(
          'id', p.id, 'version', p.version, 'state', p.state, 'fixedAt', platform_utc(p.fixed_at),
          'carriedAt', platform_utc(p.carried_at), 'sealed', encode(p.sealed, 'base64'),
          'commitments', (
            select coalesce(json_agg(json_build_object(
              'id', k.id, 'memberId', k.member_id, 'goalId', k.goal_id, 'dueOn', k.due_on, 'every', k.every,
              'state', k.state, 'version', k.version, 'sealed', encode(k.sealed, 'base64')) order by k.position), '[]')
            from plans_commitments k where k.organisation_id = p.organisation_id and k.case_id = p.case_id and k.plan_id = p.id))
        from plans p where p.organisation_id = c.organisation_id and p.case_id = c.id
        order by p.version desc limit 1)
    )
    from cases c
    where c.organisation_id = e.organisation_id and c.id = $4
      and ((c.facilitator_id = e.staff_id and 'facilitator' = any (e.roles)) or (e.is_main_person and c.id = e.case_id))
  ) as file
  from enter($1, $2, $3) e`,
);
