import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject, type SwaggerDocumentOptions } from '@nestjs/swagger';
import { z } from 'zod';
import { AT_THE_BORDER, Problem, problemResponse } from '../answers.decorator.js';
import { documentBytes } from '../body.js';
import { documentTypes } from '../representations.js';
import { htmlPage } from './html-page.js';

type StandardSchemaConverter = NonNullable<SwaggerDocumentOptions['standardSchemaConverter']>;

/**
 * The OpenAPI document, generated from the same schemas that validate. `groups`: of operations, in the order in which they are read; one
 * that is not named comes after them.
 */
export function buildDocument(app: NestFastifyApplication, about: string, groups: readonly string[]): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('LoopGPT Commerce')
    .setDescription(about)
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer' }, 'key')
    .addSecurityRequirements('key')
    .addCookieAuth('__Host-loopgpt-session', { type: 'apiKey', in: 'cookie' }, 'session')
    .addSecurityRequirements('session');
  for (const group of groups) builder.addTag(group);
  const document = SwaggerModule.createDocument(app, builder.build(), { standardSchemaConverter: inPresentDialect });
  const { $defs } = z.toJSONSchema(Problem) as { $defs?: Record<string, object> };
  for (const path of Object.values(document.paths)) addBorder(path);
  document.components ??= {};
  document.components.schemas = { ...document.components.schemas, ...$defs } as typeof document.components.schemas;
  return document;
}

function addBorder(path: OpenAPIObject['paths'][string]): void {
  for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
    const responses = path[method]?.responses;
    if (!responses) continue;
    documentTypes(path[method]!);
    documentBytes(path[method]!);
    const statuses = method === 'get' ? AT_THE_BORDER.always : [...AT_THE_BORDER.always, ...AT_THE_BORDER.withBody];
    for (const status of statuses) responses[status] ??= problemResponse(status);
  }
}

/** Schemas of OpenAPI 3.1 are JSON Schema of 2020-12; left to itself Swagger writes the dialect of 3.0, which is invalid there. */
const inPresentDialect: StandardSchemaConverter = (schema, { schemaType }) => {
  const { $schema: _, $defs: components, ...converted } = z.toJSONSchema(schema as z.ZodType, { io: schemaType });
  return { schema: converted, components } as ReturnType<StandardSchemaConverter>;
};

const UI_FILES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

/** Serves the document at /docs-json and a page to read it at /docs. The page is ours, for that of Swagger needs what its policy forbids. */
export async function mountDocuments(
  app: NestFastifyApplication,
  about: string,
  groups: readonly string[],
): Promise<void> {
  SwaggerModule.setup('docs', app, () => buildDocument(app, about, groups), { ui: false, raw: ['json'] });
  const fastify = app.getHttpAdapter().getInstance();
  const folder = dirname(require.resolve('swagger-ui-dist/package.json'));
  for (const [name, type] of Object.entries(UI_FILES)) {
    // Read when it is first asked for: most processes never are.
    let file: Promise<Buffer> | undefined;
    fastify.get(`/docs/${name}`, async (_request, reply) => {
      file ??= readFile(join(folder, name));
      return reply
        .type(type)
        .header('Cache-Control', 'public, max-age=300')
        .send(await file);
    });
  }
  const page = htmlPage({
    title: 'API',
    body: '<div id="operations"></div>',
    styles: ['/docs/swagger-ui.css'],
    scripts: ['/docs/swagger-ui-bundle.js', '/pages/docs.js'],
  });
  for (const path of ['/docs', '/docs/'])
    fastify.get(path, (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
}
