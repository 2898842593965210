import { readFileSync } from 'node:fs';
import { Ajv, type AnySchema, type AnySchemaObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** What is wrong with the documents of our contracts, by the schemas of those who made their languages. Pure but for reading those. */

const openApiLanguage = new Ajv2020({ strict: false, formats: { 'media-range': true } });
const asyncApiLanguage = new Ajv({ strict: false, allErrors: true });
for (const language of [openApiLanguage, asyncApiLanguage]) addFormats.default(language);

/** OpenAPI 3.1 and every JSON Schema in it. */
export function openApiFaults(document: object): string[] {
  const path = require.resolve('@seriousme/openapi-schema-validator/schemas/v3.1/schema.json');
  // That schema leaves JSON Schemas to their own, which is that of 2020-12.
  const schemas = schemasIn(document, '#').flatMap(([at, schema]) =>
    openApiLanguage.validateSchema(schema) ? [] : [`${at}: ${openApiLanguage.errorsText()}`],
  );
  return [...faultsBy(openApiLanguage, path, document), ...schemas, ...danglingRefs(document)];
}

export function asyncApiFaults(document: object): string[] {
  const path = require.resolve('@asyncapi/specs/schemas/3.0.0-without-$id.json');
  return [...faultsBy(asyncApiLanguage, path, document), ...danglingRefs(document)];
}

/** Only the first few: where one part is wrong, every alternative to it says so. */
function faultsBy(language: Ajv, path: string, document: object): string[] {
  if (!language.getSchema(path)) language.addSchema(JSON.parse(readFileSync(path, 'utf8')) as AnySchemaObject, path);
  const validate = language.getSchema(path)!;
  if (validate(plain(document))) return [];
  return (validate.errors ?? []).slice(0, 10).map(({ instancePath, message }) => `#${instancePath} ${message}`);
}

/** As it is handed out: without what JSON leaves out. */
const plain = (value: object): object => JSON.parse(JSON.stringify(value)) as object;

/** Those of parameters, bodies, answers and components, with where they are. */
function schemasIn(value: unknown, at: string): [at: string, schema: AnySchema][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]): [string, AnySchema][] => {
    const here = `${at}/${name}`;
    if (here.endsWith('/components/schemas')) {
      return Object.entries(member as object).map(([id, schema]) => [`${here}/${id}`, schema as AnySchema]);
    }
    return name === 'schema' ? [[here, member as AnySchema]] : schemasIn(member, here);
  });
}

function danglingRefs(document: object): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      if (name === '$ref' && typeof member === 'string' && !leadsSomewhere(document, member))
        found.push(`${member} leads nowhere`);
      else visit(member);
    }
  };
  visit(document);
  return found;
}

function leadsSomewhere(document: object, ref: string): boolean {
  if (!ref.startsWith('#/')) return false;
  const steps = ref
    .slice(2)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return (
    steps.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], document) !== undefined
  );
}
