import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { STAFF_ROLES } from './platform/actor.js';
import { ACCESS, readIfMatch, type AccessRule } from './platform/http/access.js';
import type { PublicUrl } from './platform/http/public-url.js';
import { PROBLEM_CODES } from './texts/refusals.js';
import { API_VERSION } from './version.js';

const DESCRIPTION = `Case coordination for network meetings. Names are English, with a Dutch glossary in the README: this departs from
the Dutch government's REST API Design Rules on purpose, the rest follows them. Refusals are \`application/problem+json\`.
\`x-roles\` names who ever has a route; what others may not have does not exist for them (404).`;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
type Method = (typeof METHODS)[number];
type Operation = NonNullable<OpenAPIObject['paths'][string]['get']> & { 'x-roles'?: readonly string[] };
type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

/** The refusals that a route may name, and what each means. */
const REFUSALS: Record<number, string> = {
  400: 'Malformed or invalid; `errors` points at the fields.',
  401: 'No identity, or it has ended.',
  403: 'This role never has it, or the device must be known first.',
  404: 'It does not exist, or not for the one who asks.',
  409: 'Not in this state (`state`, `allowed`), or the Idempotency-Key was used for something else.',
  412: 'If-Match names another version.',
  413: 'Larger than 256 kB.',
  415: 'Not application/json.',
  428: 'If-Match is missing.',
  429: 'Too often; Retry-After says how many seconds to wait.',
};

/** The OpenAPI 3.1 document of the routes that exist. */
export function openApiDocument(app: NestFastifyApplication, publicUrl: PublicUrl): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Netwerkberaad')
    .setDescription(DESCRIPTION)
    .setVersion(API_VERSION)
    .setLicense('EUPL-1.2', 'https://joinup.ec.europa.eu/collection/eupl/eupl-text-eupl-12')
    .addServer(publicUrl.base)
    .addBearerAuth({ type: 'http', scheme: 'bearer' })
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, config, { operationIdFactory: (controller, method) => `${controller}.${method}` });
  const schemas: Schemas = (document.components!.schemas ??= {});
  schemas.Problem = problemSchema(publicUrl);
  document.components!.responses = {
    ...Object.fromEntries(Object.entries(REFUSALS).map(([status, description]) => [`Refusal${status}`, refusal(description)])),
    Refusal: refusal('Any other refusal: 406, 500, or 503 with Retry-After while the service starts, stops or misses its database.'),
  };
  const routes = routesOf(app);
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation: Operation | undefined = item[method];
      if (operation) describe(operation, { path, method, ...routes.get(operation.operationId!)! }, schemas);
    }
  }
  return document;
}

interface Route {
  rule: AccessRule;
  ifMatch: { required: boolean } | null;
}

/** What the code says of each route, by operation id. */
function routesOf(app: NestFastifyApplication): Map<string, Route> {
  const routes = new Map<string, Route>();
  const modules = [...app.get(ModulesContainer).values()];
  for (const { metatype } of modules.flatMap((module) => [...module.controllers.values()])) {
    const prototype = metatype!.prototype as Record<string, object>;
    for (const name of Object.getOwnPropertyNames(prototype)) {
      const rule = Reflect.getMetadata(ACCESS, prototype[name]!) as AccessRule | undefined;
      const taken = (Reflect.getMetadata(ROUTE_ARGS_METADATA, metatype!, name) ?? {}) as Record<string, { factory?: unknown; data?: unknown }>;
      const read = Object.values(taken).find(({ factory }) => factory === readIfMatch);
      const ifMatch = read ? { required: (read.data as { required?: boolean } | undefined)?.required === true } : null;
      if (rule) routes.set(`${metatype!.name}.${name}`, { rule, ifMatch });
    }
  }
  return routes;
}

/** Adds what follows from the route itself: who has it, ids, headers, and how it refuses. */
function describe(operation: Operation, route: Route & { path: string; method: Method }, schemas: Schemas): void {
  const { path, method, rule, ifMatch } = route;
  const known = new Set((operation.parameters ?? []).map((parameter) => ('name' in parameter ? parameter.name : '')));
  const ids = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).filter((name) => !known.has(name));
  operation.parameters = [
    ...(operation.parameters ?? []),
    ...ids.map((name) => ({ name, in: 'path' as const, required: true, schema: { type: 'string', format: 'uuid' } })),
    ...(ifMatch ? [header('If-Match', ifMatch.required, 'The ETag of what is changed')] : []),
    ...(takesKey(method, rule) ? [header('Idempotency-Key', false, 'The same key and body give the first answer again, for 24 hours')] : []),
  ];
  operation['x-roles'] = rule.roles;
  if (rule.roles.includes('anonymous')) operation.security = onlyStrangers(rule) ? [] : [{ bearer: [] }, {}];
  for (const [status, answer] of Object.entries(operation.responses)) {
    if (status.startsWith('2') && answer && !('$ref' in answer) && isSingle(answer, schemas)) answer.headers = { ETag: TAG };
  }
  for (const status of refusalsOf(operation, route)) operation.responses[status] ??= { $ref: `#/components/responses/Refusal${status}` };
  operation.responses.default = { $ref: '#/components/responses/Refusal' };
}

const WITH_IDENTITY = [...STAFF_ROLES, 'main-person', 'member'] as const;
const onlyStrangers = ({ roles }: AccessRule): boolean => roles.every((role) => role === 'anonymous');
const takesKey = (method: Method, rule: AccessRule): boolean => method === 'post' && rule.idempotent !== false;

function refusalsOf(operation: Operation, { path, method, rule, ifMatch }: Route & { path: string; method: Method }): number[] {
  const has = (status: number, when: boolean): number[] => (when ? [status] : []);
  const isAbout = path.includes('{');
  const body = operation.requestBody !== undefined;
  return [
    400,
    ...has(401, !onlyStrangers(rule)),
    ...has(403, !onlyStrangers(rule) && !WITH_IDENTITY.every((role) => rule.roles.includes(role))),
    ...has(404, isAbout),
    ...has(409, takesKey(method, rule) || (method !== 'get' && isAbout)),
    ...has(412, ifMatch !== null),
    ...has(413, body),
    ...has(415, body),
    ...has(428, ifMatch?.required === true),
    ...(rule.refuses ?? []),
  ];
}

const TAG = { description: 'For If-Match', schema: { type: 'string' } };

const header = (name: string, required: boolean, description: string) =>
  ({ name, in: 'header', required, description, schema: { type: 'string' } }) as const;

interface Answer {
  content?: Record<string, { schema?: unknown }>;
  headers?: Record<string, unknown>;
}

/** Whether this answers one thing as JSON, and not a list. */
function isSingle(answer: Answer, schemas: Schemas): boolean {
  const schema = answer.content?.['application/json']?.schema as { $ref?: string; anyOf?: object[]; oneOf?: object[] } | undefined;
  if (!schema) return false;
  const named = schemas[schema.$ref?.split('/').pop() ?? ''] as { properties?: object } | undefined;
  return named ? !('items' in (named.properties ?? {})) : Boolean(schema.anyOf ?? schema.oneOf);
}

const refusal = (description: string): { description: string; content: Record<string, { schema: { $ref: string } }> } => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

function problemSchema(publicUrl: PublicUrl): Schemas[string] {
  const text = { type: 'string' };
  const error = {
    type: 'object',
    required: ['pointer', 'code', 'message'],
    properties: { pointer: { type: 'string', description: 'JSON Pointer to the field' }, code: text, message: text },
  };
  const instant = { type: 'string', format: 'date-time' };
  const meeting = {
    type: 'object',
    required: ['id', 'caseId', 'startsAt', 'endsAt'],
    properties: { id: text, caseId: text, startsAt: instant, endsAt: instant },
  };
  return {
    type: 'object',
    description: 'A refusal (RFC 9457). The last part of `type` is its stable code; `title` and `detail` are for people, in Dutch.',
    required: ['type', 'title', 'status', 'detail', 'instance'],
    properties: {
      type: { type: 'string', format: 'uri', enum: PROBLEM_CODES.map((code) => publicUrl.to(`/problems/${code}`)) },
      title: text,
      status: { type: 'integer' },
      detail: text,
      instance: text,
      errors: { type: 'array', items: error },
      state: { type: 'string', description: 'With 409: where it stands' },
      allowed: { type: 'array', items: text, description: 'With 409: the events that are possible there' },
      triesLeft: { type: 'integer' },
      current: { type: ['object', 'null'], description: 'With 412 `line-changed` or `line-removed`: what stands there now' },
      meetings: { type: 'array', items: meeting, description: 'With 409 `stand-in-needed`: name a stand-in for each' },
    },
  };
}

/** Serves the document at `/v1/openapi.json` and the page for people at `/v1/docs`. */
export function serveOpenApi(app: NestFastifyApplication, publicUrl: PublicUrl): void {
  let document: OpenAPIObject | undefined;
  SwaggerModule.setup('v1/docs', app, () => (document ??= openApiDocument(app, publicUrl)), { jsonDocumentUrl: 'v1/openapi.json' });
}
