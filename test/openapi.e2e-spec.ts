import { Validator } from '@seriousme/openapi-schema-validator';
import { startApp, type TestApp } from './support/app.js';

interface Answer {
  $ref?: string;
  content?: Record<string, { schema: { type?: string; anyOf?: { $ref: string }[] } }>;
}

interface Operation {
  security?: object[];
  parameters: { name: string; in: string; required?: boolean }[];
  responses: Record<string, Answer>;
  'x-roles': string[];
}

interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { properties?: Record<string, { enum?: string[] }>; items?: object }>; responses: Record<string, Answer> };
}

let test: TestApp;
let document: Document;
let operations: [string, Operation][];
beforeAll(async () => {
  test = await startApp();
  document = (await test.as().get('/v1/openapi.json').expect(200)).body as Document;
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, Operation] => [`${method.toUpperCase()} ${path}`, operation]),
  );
});
afterAll(() => test.stop());

const of = (route: string): Operation => operations.find(([name]) => name === route)![1];
const parameter = (route: string, name: string): object | undefined => of(route).parameters.find((one) => one.name === name);

it('is a valid OpenAPI 3.1 document', async () => {
  expect(document.openapi).toBe('3.1.0');
  const { valid, errors } = await new Validator().validate(document as unknown as Record<string, unknown>);
  expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
});

it('says of every route how it succeeds, and that every refusal is the one kind of problem', () => {
  for (const [route, { responses }] of operations) {
    expect({ route, success: Object.keys(responses).filter((status) => status.startsWith('2')) }).toEqual({ route, success: [expect.any(String)] });
    expect({ route, other: responses.default }).toEqual({ route, other: { $ref: '#/components/responses/Refusal' } });
    const refusals = Object.entries(responses).filter(([status, { $ref }]) => /^4/.test(status) && $ref !== `#/components/responses/Refusal${status}`);
    expect({ route, refusals }).toEqual({ route, refusals: [] });
  }
  for (const { content } of Object.values(document.components.responses)) {
    expect(content).toEqual({ 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } });
  }
  const types = document.components.schemas.Problem!.properties!.type!.enum;
  expect(types).toEqual(expect.arrayContaining(['not-found', 'stale-version', 'step-up-required', 'unavailable'].map((code) => `http://localhost:3000/problems/${code}`)));
});

it('says who ever has a route, and which routes take no token', () => {
  expect(of('POST /v1/cases/{id}/stop')).toMatchObject({ 'x-roles': ['facilitator'] });
  expect(of('POST /v1/sessions').security).toEqual([]);
  expect(of('POST /v1/referrals').security).toEqual([{ bearer: [] }, {}]);
  expect(of('GET /v1/cases')).not.toHaveProperty('security');
});

it('names the headers and query keys that a route reads', () => {
  expect(parameter('PATCH /v1/circle-members/{id}', 'If-Match')).toMatchObject({ in: 'header', required: true });
  expect(of('PATCH /v1/circle-members/{id}').responses).toHaveProperty('428');
  expect(parameter('POST /v1/cases/{id}/stop', 'If-Match')).toMatchObject({ required: false });
  expect(of('POST /v1/cases/{id}/stop').responses).toHaveProperty('412');
  expect(parameter('POST /v1/referrals', 'Idempotency-Key')).toMatchObject({ in: 'header', required: false });
  expect(parameter('POST /v1/sessions', 'Idempotency-Key')).toBeUndefined();
  for (const list of ['GET /v1/cases', 'GET /v1/referrals', 'GET /v1/cases/{id}/timeline', 'GET /v1/messages']) {
    expect(parameter(list, 'limit')).toMatchObject({ in: 'query', schema: { minimum: 1, maximum: 100 } });
    expect(parameter(list, 'after')).toMatchObject({ in: 'query' });
  }
});

it('names each form of an answer that depends on who asks', () => {
  const forms = (route: string, status: string): string[] =>
    of(route).responses[status]!.content!['application/json']!.schema.anyOf!.map(({ $ref }) => $ref.split('/').pop()!);
  expect(forms('GET /v1/circle-members/{id}', '200')).toEqual(['Member', 'MemberForParticipants']);
  expect(forms('POST /v1/referrals', '201')).toEqual(['Referral', 'ReferralForReferrer', 'ReferralReceipt']);
  expect(forms('GET /v1/meetings/{id}', '200')).toEqual(['MeetingAnswer', 'MeetingForMainPerson', 'MeetingForMember']);
  expect(forms('GET /v1/referrals/{id}', '200')).toEqual(['Referral', 'EndedReferral', 'ReferralForReferrer']);
});
