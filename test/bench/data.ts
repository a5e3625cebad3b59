import { createHash } from 'node:crypto';
import { newId } from '../../src/platform/ids.js';

/** A row of one table; what people wrote is apart, since only the service seals it. */
export interface Row {
  table: Table;
  id: string;
  columns: Record<string, unknown>;
  content?: unknown;
}

/** In the order in which they can be written. */
export const TABLES = [
  'people_staff',
  'cases',
  'circle_members',
  'meetings',
  'meetings_slots',
  'plans',
  'plans_commitments',
  'people_links',
] as const;
export type Table = (typeof TABLES)[number];

export interface People {
  /** Has the cases that are asked for. */
  facilitatorId: string;
  otherFacilitators: string[];
  leadId: string;
  referrerId: string;
  rows: Row[];
}

/** How many cases the facilitator has whose list and cases are read: page 40 of 25 must be there. */
export const OWN_CASES = 2000;
export const MEMBERS = 8;
export const COMMITMENTS = 6;

const NEIGHBOURHOODS = 50;
const OTHER_FACILITATORS = 16;
const YEARS = 3;
const DAY_MS = 24 * 60 * 60 * 1000;
const FIRST_PROFESSIONAL = 6;
/** From here on nobody has a personal link, so the facilitator may say for them how it goes. */
const FIRST_WITHOUT_LINK = 5;

const SURNAMES = ['Özdemir', 'de Vries', 'El Amrani', 'van den Berg', 'Kowalska', 'Sitorus', 'Bakker', 'Yıldız', 'Oduya', 'Jansen'];
const FIRST_NAMES = ['Samira', 'Joris', 'Aylin', 'Kees', 'Marta', 'Rudi', 'Fatima', 'Bram', 'Ngozi', 'Hanneke', 'Tarik', 'Lotte'];
const RELATIONS = ['parent', 'sibling', 'neighbour', 'friend', 'grandparent', 'team-worker', 'housing-worker'];
const GOALS = [
  'We willen dat de kinderen elke dag op tijd op school zijn en dat het thuis rustig is als ze weggaan.',
  'We willen dat de post weer open gaat en dat er voor elke rekening een afspraak is.',
  'We willen dat er twee keer in de week iemand langskomt om samen te eten.',
];
const PROMISES = [
  'Gaat op dinsdag en donderdag mee naar de speeltuin en blijft tot het eten klaar is.',
  'Zet samen alle rekeningen op een rij en belt met de woningbouwvereniging over een regeling.',
  'Haalt de jongste op vrijdag van school en brengt hem naar de training.',
  'Kookt op woensdag voor iedereen en belt van tevoren wat er nog in huis is.',
  'Vraagt bij de gemeente na of er bijzondere bijstand is voor de wasmachine.',
  'Komt elke maandagochtend langs voor koffie en om te horen hoe de week was.',
];

const pick = <Item>(from: readonly Item[], at: number): Item => from[at % from.length]!;
const digest = (text: string): string => `\\x${createHash('sha256').update(text).digest('hex')}`;

/** Staff of the organisation: two of them are those who ask. */
export function people(now: Date): People {
  const created_at = new Date(now.getTime() - YEARS * 366 * DAY_MS).toISOString();
  const person = (name: string, ...roles: string[]): Row => ({
    table: 'people_staff',
    id: newId(now),
    columns: { name, roles, neighbourhood_codes: [], created_at, version: 1 },
    content: { email: `${name.toLowerCase().replace(/[^a-z0-9]+/g, '.')}@noord.example`, phone: '+31612345678' },
  });
  const facilitator = person('Sanne de Groot', 'facilitator');
  const lead = person('Dewi Sitorus', 'lead');
  const referrer = person('Karim Benali', 'referrer');
  const others = Array.from({ length: OTHER_FACILITATORS }, (_, i) => person(`Collega ${i + 1}`, 'facilitator'));
  return {
    facilitatorId: facilitator.id,
    otherFacilitators: others.map(({ id }) => id),
    leadId: lead.id,
    referrerId: referrer.id,
    rows: [facilitator, lead, referrer, ...others],
  };
}

/** Which of `count` cases are the facilitator's: evenly among all, so that none lies beside the other. */
export const isOwn = (at: number, count: number): boolean =>
  Math.floor(((at + 1) * OWN_CASES) / count) > Math.floor((at * OWN_CASES) / count);

/** One case after its meeting: eight people, the plan that holds, and six promises of it. */
export function caseRows(at: number, count: number, staff: People, now: Date): Row[] {
  const opened = new Date(now.getTime() - YEARS * 365 * DAY_MS * (1 - at / count));
  const held = new Date(opened.getTime() + 21 * DAY_MS);
  const [opened_at, held_at, ends_at] = [opened, held, new Date(held.getTime() + 2 * 60 * 60 * 1000)].map((date) => date.toISOString());
  const caseId = newId(opened);
  const facilitator_id = isOwn(at, count) ? staff.facilitatorId : pick(staff.otherFacilitators, at);
  const memberIds = Array.from({ length: MEMBERS }, () => newId(opened));
  const meetingId = newId(opened);
  const slotId = newId(opened);
  const planId = newId(held);
  const name = (member: number): string => `${pick(FIRST_NAMES, at + member * 5)} ${pick(SURNAMES, at * 3 + member)}`;
  const commitments = Array.from({ length: COMMITMENTS }, (_, i) => ({
    id: newId(held),
    memberId: memberIds[i + 2]!,
    text: pick(PROMISES, at + i),
    goalIndex: i % GOALS.length,
    dueOn: new Date(held.getTime() + 42 * DAY_MS).toISOString().slice(0, 10),
    every: null,
  }));

  const theCase: Row = {
    table: 'cases',
    id: caseId,
    columns: {
      reference: `${opened.getUTCFullYear()}-${String(at + 1).padStart(6, '0')}`,
      kind: 'netwerkberaad',
      state: 'carrying-out',
      urgent: at % 20 === 0,
      facilitator_id,
      neighbourhood_code: `BU${String(3_630_000 + (at % NEIGHBOURHOODS)).padStart(8, '0')}`,
      themes: ['debt', 'parenting'],
      safety_level: 'none',
      safety_gate: 'not-needed',
      consent_given: true,
      resident_name: pick(FIRST_NAMES, at),
      opened_at,
      state_since: held_at,
      version: 4,
    },
  };
  const members = memberIds.map((id, i): Row => ({
    table: 'circle_members',
    id,
    columns: {
      case_id: caseId,
      name: name(i),
      first_name: pick(FIRST_NAMES, at + i * 5),
      relation: i === 0 ? null : pick(RELATIONS, i - 1),
      circle_kind: i < FIRST_PROFESSIONAL ? 'informal' : 'professional',
      is_main_person: i === 0,
      state: i === 0 ? 'approved' : 'coming',
      age_band: 'adult',
      added_by_kind: 'staff',
      added_by_id: facilitator_id,
      approved_at: opened_at,
      invited_at: i === 0 ? null : opened_at,
      state_since: held_at,
      created_at: opened_at,
      version: 3,
    },
    content: {
      email: `lid${i}.${at}@mail.example`,
      phone: `+316${String(10_000_000 + at * MEMBERS + i).slice(-8)}`,
      language: 'nl',
      ...(i < FIRST_PROFESSIONAL ? {} : { organisation: 'Sociaal team Noord' }),
      ...(i % 3 === 0 ? { contactPreference: { channel: 'call', hours: 'na 17 uur', noVoicemail: true } } : {}),
    },
  }));
  const meeting: Row[] = [
    {
      table: 'meetings',
      id: meetingId,
      columns: {
        case_id: caseId,
        type: 'meeting',
        state: 'held',
        facilitator_id,
        slot_id: slotId,
        starts_at: held_at,
        ends_at,
        starts_local: held_at!.slice(0, 19),
        zone: 'Europe/Amsterdam',
        busy: `[${held_at},${ends_at})`,
        sequence: 1,
        place_type: 'public-place',
        must_attend: [],
        created_at: opened_at,
        fixed_at: opened_at,
        held_at,
        outcome: 'plan',
        version: 3,
      },
      content: { place: 'Buurthuis De Brug, Kerkstraat 12', chair: null, remark: null },
    },
    {
      table: 'meetings_slots',
      id: slotId,
      columns: { meeting_id: meetingId, starts_at: held_at, ends_at, starts_local: held_at!.slice(0, 19) },
    },
  ];
  return [theCase, ...members, ...meeting, ...planRows({ caseId, meetingId, planId, memberIds, held_at: held_at!, commitments }), ...links(caseId, memberIds, now)];
}

interface Planned {
  caseId: string;
  meetingId: string;
  planId: string;
  memberIds: string[];
  held_at: string;
  commitments: { id: string; memberId: string; text: string; goalIndex: number; dueOn: string; every: null }[];
}

function planRows({ caseId, meetingId, planId, memberIds, held_at, commitments }: Planned): Row[] {
  const goals = GOALS.map((text) => ({ id: newId(new Date(held_at)), text }));
  const fixed = commitments.map(({ goalIndex, ...rest }) => ({ ...rest, goalId: goals[goalIndex]!.id }));
  const safetyConditions = [
    {
      id: newId(new Date(held_at)),
      text: 'Als het thuis te veel wordt, slapen de kinderen die nacht bij oma.',
      reason: null,
      setByMemberId: memberIds[0]!,
      deputyMemberId: memberIds[7]!,
      metBy: 'Oma heeft de sleutel en de tas staat klaar.',
    },
  ];
  const words = { want: 'Dat het thuis weer rustig is.', can: 'Koken, en goed luisteren.', need: 'Iemand die meekijkt met de post.' };
  const plan: Row = {
    table: 'plans',
    id: planId,
    columns: { case_id: caseId, meeting_id: meetingId, version: 1, state: 'carried', fixed_at: held_at, carried_at: held_at },
    content: {
      draft: { goals, commitments: fixed, safetyConditions },
      goals,
      commitments: fixed,
      safetyConditions,
      statements: [{ memberId: memberIds[0]!, ...words }],
      preconditions: { home: 'fine', money: 'attention', relations: 'fine', days: 'attention' },
    },
  };
  const promises = fixed.map(({ id, memberId, text, goalId, dueOn }, position): Row => ({
    table: 'plans_commitments',
    id,
    columns: {
      case_id: caseId,
      plan_id: planId,
      member_id: memberId,
      goal_id: goalId,
      position,
      due_on: dueOn,
      state: 'promised',
      state_since: held_at,
      created_at: held_at,
      version: 1,
    },
    content: { text, note: null },
  }));
  return [plan, ...promises];
}

function links(caseId: string, memberIds: string[], now: Date): Row[] {
  return memberIds.slice(0, FIRST_WITHOUT_LINK).map((member_id, i) => ({
    table: 'people_links',
    id: newId(now),
    columns: {
      hash: digest(`${caseId} ${i}`),
      member_id,
      makes_known: false,
      purpose: 'take-part',
      created_at: now.toISOString(),
      expires_at: new Date(now.getTime() + 90 * DAY_MS).toISOString(),
    },
  }));
}

/** Promises for which the facilitator may speak, of one case's rows. */
export function reportable(rows: readonly Row[]): string[] {
  const withLink = new Set(rows.filter(({ table }) => table === 'people_links').map(({ columns }) => columns.member_id));
  return rows.filter(({ table, columns }) => table === 'plans_commitments' && !withLink.has(columns.member_id)).map(({ id }) => id);
}

/** A referral by a professional, with eight people who should be there. */
export function referralBody(at: number): object {
  return {
    kind: 'netwerkberaad',
    source: 'team',
    referrer: { name: 'Karim Benali', organisation: 'Sociaal team Noord', email: 'karim.benali@noord.example', phone: '+31612345678' },
    resident: { name: pick(FIRST_NAMES, at), phone: `+316${String(20_000_000 + at).slice(-8)}`, email: `inwoner${at}@mail.example`, language: 'nl' },
    question: 'Ik wil dat de kinderen thuis kunnen blijven en dat ik de rekeningen weer aankan. Ik weet niet waar ik moet beginnen.',
    themes: ['debt', 'parenting'],
    safety: { level: 'none', conditions: ['De kinderen slapen elke nacht in hun eigen bed of bij oma.'] },
    consent: { given: true, on: '2026-01-05', how: 'Samen aan de keukentafel besproken.' },
    neighbourhoodCode: 'BU03630001',
    circle: Array.from({ length: MEMBERS }, (_, i) => ({
      name: `${pick(FIRST_NAMES, at + i)} ${pick(SURNAMES, at + i * 3)}`,
      relation: pick(RELATIONS, i),
      phone: `+316${String(30_000_000 + at * MEMBERS + i).slice(-8)}`,
      email: `lid${i}.${at}@mail.example`,
    })),
  };
}
