import { z } from 'zod';

/** A schema as TypeScript, from the same zod schemas that OpenAPI is made from. Pure. */
type Schema = z.core.JSONSchema.JSONSchema | boolean;

/** `export type name = …` for each schema, as callers send it (`input`) or get it (`output`). */
export function typesOf(schemas: Readonly<Record<string, z.ZodType>>, io: 'input' | 'output'): string[] {
  return Object.entries(schemas).map(([name, schema]) => {
    const json = z.toJSONSchema(schema, { io, reused: 'inline', unrepresentable: 'any' });
    const definitions = json.$defs ?? {};
    return `export type ${name} = ${print(json, definitions)};`;
  });
}

export function unionOf(name: string, values: readonly string[]): string {
  return `export type ${name} = ${values.map((value) => JSON.stringify(value)).join(' | ')};`;
}

function print(schema: Schema, definitions: Readonly<Record<string, Schema>>): string {
  if (typeof schema === 'boolean') return 'unknown';
  if (schema.$ref) return print(definitions[schema.$ref.replace('#/$defs/', '')] ?? true, definitions);
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return options.map((option) => print(option, definitions)).join(' | ');
  if (schema.allOf) return schema.allOf.map((part) => `(${print(part, definitions)})`).join(' & ');
  const types: unknown = schema.type;
  if (Array.isArray(types)) return types.map((type) => print({ ...schema, type }, definitions)).join(' | ');
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return `(${print((schema.items as Schema | undefined) ?? true, definitions)})[]`;
    case 'object':
      return printObject(schema, definitions);
    default:
      return 'unknown';
  }
}

function printObject(schema: Exclude<Schema, boolean>, definitions: Readonly<Record<string, Schema>>): string {
  const required = new Set(schema.required ?? []);
  const fields = Object.entries(schema.properties ?? {}).map(
    ([name, field]) => `${name}${required.has(name) ? '' : '?'}: ${print(field, definitions)};`,
  );
  const rest = schema.additionalProperties;
  if (fields.length === 0) return `{ [name: string]: ${rest ? print(rest, definitions) : 'unknown'} }`;
  return `{\n${fields.map((field) => `  ${field.replaceAll('\n', '\n  ')}`).join('\n')}\n}`;
}
