import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { PublicUrl } from './platform/http/public-url.js';
import { API_VERSION } from './version.js';

const DESCRIPTION = `Case coordination for network meetings. Names are English, with a Dutch glossary in the README: this departs from
the Dutch government's REST API Design Rules on purpose, the rest follows them. Refusals are \`application/problem+json\`.`;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

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
  describePaths(document);
  return document;
}

/** Every part of an address in braces is an id. */
function describePaths(document: OpenAPIObject): void {
  for (const [path, item] of Object.entries(document.paths)) {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
    for (const method of METHODS) {
      const operation = item[method];
      if (!operation) continue;
      const known = new Set((operation.parameters ?? []).map((parameter) => ('name' in parameter ? parameter.name : '')));
      const missing = names.filter((name) => !known.has(name));
      operation.parameters = [...(operation.parameters ?? []), ...missing.map(idInPath)];
    }
  }
}

const idInPath = (name: string): { name: string; in: 'path'; required: true; schema: { type: 'string'; format: 'uuid' } } => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'string', format: 'uuid' },
});

/** Serves the document at `/v1/openapi.json` and the page for people at `/v1/docs`. */
export function serveOpenApi(app: NestFastifyApplication, publicUrl: PublicUrl): void {
  let document: OpenAPIObject | undefined;
  SwaggerModule.setup('v1/docs', app, () => (document ??= openApiDocument(app, publicUrl)), { jsonDocumentUrl: 'v1/openapi.json' });
}
