import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { PublicUrl } from './platform/http/public-url.js';
import { API_VERSION } from './version.js';

const DESCRIPTION = `Case coordination for network meetings. Names are English, with a Dutch glossary in the README: this departs from
the Dutch government's REST API Design Rules on purpose, the rest follows them. Refusals are \`application/problem+json\`.`;

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
  return SwaggerModule.createDocument(app, config, { operationIdFactory: (controller, method) => `${controller}.${method}` });
}

/** Serves the document at `/v1/openapi.json` and the page for people at `/v1/docs`. */
export function serveOpenApi(app: NestFastifyApplication, publicUrl: PublicUrl): void {
  let document: OpenAPIObject | undefined;
  SwaggerModule.setup('v1/docs', app, () => (document ??= openApiDocument(app, publicUrl)), { jsonDocumentUrl: 'v1/openapi.json' });
}
