import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp, type Caller, type TestApp } from './support/app.js';
import type { Document } from './support/bad-input.js';
import { Answers } from './support/schemas.js';
import { endServices, somePort, startService } from './support/service.js';
import { aCaseToLookAt, SECRETS, type Looked, type Reader, type SecretName } from './support/views-stage.js';

/** The one with which the tests keep their secrets. */
const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');

let test: TestApp;
let answers: Answers;
let looked: Looked;
beforeAll(async () => {
  test = await startApp();
  looked = await aCaseToLookAt(test);
  answers = new Answers(await asBuilt());
}, 180_000);
afterAll(() => test.stop());

/** The document of the service as a build describes it: what the types say of fields is not in sources that run as they are. */
async function asBuilt(): Promise<Document> {
  const { database } = test;
  const { port } = await somePort();
  const data = await mkdtemp(join(tmpdir(), 'netwerkberaad-views-'));
  const env = { DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.ownerUrl, DATABASE_CLERK_URL: database.clerkUrl };
  const service = startService('main', { PORT: String(port), DATA_DIR: data, DEMO: 'off', MASTER_KEY, ...env }, 'documented');
  try {
    await service.ready();
    return (await (await fetch(`http://127.0.0.1:${port}/v1/openapi.json`)).json()) as Document;
  } finally {
    await endServices();
    await rm(data, { recursive: true, force: true });
  }
}

/** What somebody gets: the names of the forms, for lists of their items too; or the refusal. */
type View = string | 401 | 403 | 404;
type Row = Record<Reader, View>;
const READERS: readonly Reader[] = ['referrer', 'facilitator', 'colleague', 'lead', 'analyst', 'admin', 'main-person', 'informal', 'professional', 'stranger'];

const nobody: Row = {
  referrer: 403, facilitator: 403, colleague: 403, lead: 403, analyst: 403, admin: 403, 'main-person': 403, informal: 403, professional: 403, stranger: 401,
};
/** For the facilitator and the main person, a colleague's case is not there. */
const own = (facilitator: string, mainPerson = facilitator): Row => ({ ...nobody, facilitator, colleague: 404, 'main-person': mainPerson });
/** For everyone of the circle too. */
const circle = (facilitator: string, mainPerson: View, informal: View, professional = informal): Row => ({ ...own(facilitator), 'main-person': mainPerson, informal, professional });
const facilitators = (view: string): Row => ({ ...nobody, facilitator: view, colleague: 404 });
const participants = (view: string): Row => ({ ...nobody, 'main-person': view, informal: view, professional: view });

/** Who sees a case, and all that is around it, as what. Written by hand. */
const VIEWS: Record<string, Row> = {
  'GET /v1/referrals/{id}': { ...nobody, referrer: 'ReferralForReferrer', facilitator: 'Referral', colleague: 404, lead: 'EndedReferral' },
  'GET /v1/referrals': { ...nobody, referrer: 'ReferralListItemForReferrer', facilitator: 'ReferralListItem', colleague: 'ReferralListItem', lead: 'ReferralListItem' },
  'GET /v1/cases': { ...nobody, facilitator: 'CaseListItem', colleague: 'CaseListItem', lead: 'CaseSummary' },
  'GET /v1/cases/{id}': { ...circle('CaseFile', 'CaseFileForMainPerson Member MemberForParticipants', 404), lead: 404 },
  'GET /v1/cases/{id}/circle-members': own('Member', 'Member MemberForParticipants'),
  'GET /v1/circle-members/{id}': circle('Member', 'MemberForParticipants', 'Member', 404),
  'GET /v1/circle-members/{id}/consents': circle('GivenConsent', 'ConsentForParticipants', 404),
  'GET /v1/tasks': { ...nobody, facilitator: 'TaskPage', colleague: 'TaskPage' },
  'GET /v1/cases/{id}/independence-check': facilitators('IndependenceCheck'),
  'GET /v1/circle-members/{id}/contact-attempts': facilitators('ContactAttemptList'),
  'GET /v1/circle-members/{id}/preparation-talks': facilitators('PreparationTalkList'),
  'GET /v1/circle-members/{id}/participation': circle('Participation', 404, 'Participation', 404),
  'GET /v1/cases/{id}/consents': facilitators('CaseConsents'),
  'GET /v1/cases/{id}/contact-restrictions': facilitators('ContactRestrictionList'),
  'GET /v1/meetings/{id}': circle('MeetingAnswer', 'MeetingForMainPerson ResponseAnswer ResponseOfOther', 'MeetingForMember'),
  'GET /v1/meetings/{id}/script': circle('Script', 'Script', 404),
  'GET /v1/cases/{id}/timeline': own('Timeline'),
  'GET /v1/plans/{id}': circle('PlanAnswer', 'PlanAnswer', 'PlanAnswer', 'PlanForProfessional'),
  'GET /v1/cases/{id}/six-weeks': own('SixWeeksAnswer'),
  'GET /v1/cases/{id}/plan-draft': circle('PlanDraftAnswer', 'PlanDraftAnswer', 404),
  'GET /v1/cases/{id}/marks': own('MarksAnswer', 'MarksForMainPerson'),
  'GET /v1/plans/{id}/difference': circle('PlanDifference', 'PlanDifference', 'PlanDifference'),
  'GET /v1/cases/{id}/plans': circle('PlanVersions', 'PlanVersions', 'PlanVersions'),
  'GET /v1/cases/{id}/preconditions': own('PreconditionsState'),
  'GET /v1/cases/{id}/preconditions/history': own('PreconditionsHistory'),
  'GET /v1/cases/{id}/statements/{memberId}/history': own('StatementHistory'),
  'GET /v1/cases/{id}/circle-answers/{memberId}': own('CircleAnswers'),
  'GET /v1/cases/{id}/statements/{memberId}': own('StatementAnswer'),
  'GET /v1/commitments': { ...circle('CommitmentList', 'CommitmentList', 'CommitmentList'), colleague: 'CommitmentList' },
  'GET /v1/commitments/{id}': circle('CommitmentAnswer', 404, 'CommitmentAnswer', 404),
  'GET /v1/obstacles': { ...circle('ObstacleList ObstacleAnswer', 'ObstacleList ObstacleForCircle', 'ObstacleList ObstacleAnswer', 'ObstacleList ObstacleForCircle'), colleague: 'ObstacleList', lead: 'ObstacleList ObstacleForLead' },
  'GET /v1/obstacles/{id}': { ...circle('ObstacleAnswer', 'ObstacleForCircle', 'ObstacleAnswer', 'ObstacleForCircle'), lead: 404 },
  'GET /v1/offers': { ...circle('Offers', 'Offers', 'Offers'), colleague: 'Offers' },
  'GET /v1/reports/obstacles': { ...nobody, lead: 'ObstaclesAnswer' },
  'GET /v1/obstacle-lessons': { ...nobody, lead: 'LessonBook' },
  'GET /v1/directors': { ...nobody, lead: 'DirectorList', admin: 'DirectorList' },
  'GET /v1/messages': { ...nobody, facilitator: 'MessagePage', colleague: 'MessagePage', admin: 'MessagePage' },
  'GET /v1/messages/{id}/letter': facilitators('Letter'),
  'GET /v1/cases/{id}/law-clocks': own('LawClocks'),
  'GET /v1/cases/{id}/legal-form': own('LegalFormAnswer'),
  'GET /v1/law-clocks': { ...nobody, facilitator: 'OpenLawClocks', colleague: 'OpenLawClocks', lead: 'OpenLawClocks' },
  'GET /v1/cases/{id}/cost-lines': facilitators('CostLineList'),
  'GET /v1/cases/{id}/micro-analysis': own('MicroAnalysisAnswer'),
  'GET /v1/cases/{id}/corrections': facilitators('CorrectionList'),
  'GET /v1/me': { ...participants('Me'), referrer: 'Me', facilitator: 'Me', colleague: 'Me', lead: 'Me', analyst: 'Me', admin: 'Me' },
  'GET /v1/me/availability': { ...nobody, facilitator: 'Availability', colleague: 'Availability' },
  'GET /v1/me/absences': { ...nobody, facilitator: 'AbsenceList', colleague: 'AbsenceList' },
  'GET /v1/me/file-looks': participants('FileLookPage'),
  'GET /v1/me/data': participants('PersonData'),
  'GET /v1/audit-events': { ...nobody, admin: 'AuditEventPage' },
  'GET /v1/reports/monthly-figures': { ...nobody, lead: 'MonthlyFiguresAnswer' },
  'GET /v1/reports/lead-times': { ...nobody, lead: 'LeadTimesAnswer' },
  'GET /v1/reports/circle-growth': { ...nobody, lead: 'CircleGrowthAnswer' },
  'GET /v1/reports/reach': { ...nobody, lead: 'ReachAnswer' },
  'GET /v1/reports/drop-off': { ...nobody, lead: 'DropOffAnswer' },
  'GET /v1/wellbeing-instruments': { ...nobody, facilitator: 'InstrumentList', colleague: 'InstrumentList', lead: 'InstrumentList', analyst: 'InstrumentList', 'main-person': 'InstrumentList' },
  'GET /v1/cost-items': { ...nobody, facilitator: 'CostItemList', colleague: 'CostItemList', lead: 'CostItemList', analyst: 'CostItemList', admin: 'CostItemList' },
};

/** Who reads each of the marked words, beside the facilitator. */
const READ_BY: Record<SecretName, readonly Reader[]> = {
  'contact attempt': [],
  'talk of Ria': [],
  'letter of Joost': ['informal'],
  conclusion: [],
  'safety check': [],
  restriction: [],
  'consent taken back': [],
  'member refused': [],
  'cost line': ['main-person'],
  'given back': ['informal'],
  'response of Joost': ['informal'],
  'response of Sanne': ['main-person'],
  'contact preference': ['informal'],
  'address of Joost': ['informal'],
  'subject of a release': ['main-person'],
  'in the way of Joost': ['informal'],
  'objection of Sanne': ['main-person', 'informal'],
  'condition of the referrer': ['referrer', 'main-person', 'informal'],
};

const pathOf = (route: string): string => looked.paths[route] ?? route.split(' ')[1]!;
const list = (path: string): string => (/^(?!.*\/reports\/).*\/(referrals|cases|timeline|commitments|obstacles|messages|law-clocks|file-looks|audit-events|cost-lines)$/.test(path) && !/cases\/[^/]+\/law-clocks$/.test(path) ? `${path}?limit=100` : path);
const ask = (who: Caller, route: string): ReturnType<Caller['get']> => who.get(list(pathOf(route)));

it.each(Object.keys(VIEWS))('%s is for each reader the view that is theirs, without a field more or less than the document says', async (route) => {
  const wrong: string[] = [];
  for (const reader of READERS) {
    const { status, body } = await ask(looked.callers[reader], route);
    const expected = VIEWS[route]![reader];
    if (status !== (typeof expected === 'number' ? expected : 200)) wrong.push(`${reader} gets ${status}`);
    else if (typeof expected === 'string') wrong.push(...answers.faults(route, body, expected.split(' ')).map((fault) => `${reader}: ${fault}`));
  }
  expect(wrong).toEqual([]);
});

/** Everything that a reader can get, as one text a route. */
async function everything(reader: Reader): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const route of Object.keys(VIEWS)) {
    const answer = await ask(looked.callers[reader], route);
    texts.set(route, answer.text);
  }
  return texts;
}

it.each(READERS)('what is only for the facilitator, and what is only for somebody else, is in no answer to: %s', async (reader) => {
  const all = [...(await everything(reader))];
  const faults = Object.entries(SECRETS).flatMap(([name, words]) => {
    const found = all.filter(([, text]) => text.includes(words)).map(([route]) => `${name} in ${route}`);
    if (reader === 'facilitator') return [];
    const may = READ_BY[name as SecretName].includes(reader);
    return may ? (found.length > 0 ? [] : [`${name} is nowhere`]) : found;
  });
  expect(faults).toEqual([]);
});

it('in full a main person sees themself only, and of the answers of others not what they wrote with it', async () => {
  const { 'main-person': sanne } = looked.callers;
  const members = (await ask(sanne, 'GET /v1/cases/{id}/circle-members')).body as { items: { id: string; circleKind?: string }[] };
  expect(members.items.filter(({ circleKind }) => circleKind).map(({ id }) => id)).toEqual([sanne.id]);
  const meeting = (await ask(sanne, 'GET /v1/meetings/{id}')).body as { responses: { memberId: string; remark?: string }[] };
  expect(meeting.responses.length).toBeGreaterThan(1);
  expect(meeting.responses.filter((response) => 'remark' in response).map(({ memberId }) => memberId)).toEqual([sanne.id]);
});

it('a referrer sees their own commitments and how what they want to be safe is met, and nothing that others do', async () => {
  const { body } = await ask(looked.callers.referrer, 'GET /v1/referrals/{id}');
  expect(body).toMatchObject({
    state: 'accepted',
    commitments: [{ text: 'Fatma belt de school', state: 'asked', dueOn: expect.any(String), every: null }],
    safetyConditions: [{ text: SECRETS['condition of the referrer'], metBy: 'Ria is erbij', met: null }],
  });
  expect(JSON.stringify(body)).not.toMatch(/Joost|Ria de Wit|Karim|Mark/);
});

it('no answer, list or count is another one because of what only the facilitator may know', async () => {
  const readers = READERS.filter((reader) => reader !== 'facilitator');
  const seen = async (): Promise<string[][]> => {
    const found: string[][] = [];
    for (const reader of readers) for (const [route, text] of await everything(reader)) found.push([reader, route, unheard(text)]);
    return found;
  };
  // The log of the administrator counts what everyone does, by id; it has no contents.
  const before = await seen();
  await looked.somethingForTheFacilitatorOnly();
  const after = await seen();
  const changed = after.filter(([, route, text], i) => route !== 'GET /v1/audit-events' && text !== before[i]![2]).map(([reader, route]) => `${reader!} ${route!}`);
  expect(changed).toEqual([]);
});

/** Without what asking itself moves: the request, the instant, and the list of who looked, which each look makes longer. */
const unheard = (text: string): string => text.replace(/"(instance|requestId|generatedAt)":"[^"]*"/g, '').replace(/\{"key":"looks".*?\]\}/, '');
