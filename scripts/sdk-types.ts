import { z } from 'zod';

/** A schema as TypeScript, from the same zod schemas that OpenAPI is made from. Pure. */
/** Objects that fit are one line. */
const SHORT = 80;

type Schema = z.core.JSONSchema.JSONSchema | boolean;

/**
 * `export type name = …` for each schema, as callers send it (`input`) or get it (`output`). Where one is part of another it is named, also where it is
 * one of those `elsewhere`, which the file has to import.
 */
export function typesOf(
  schemas: Readonly<Record<string, z.ZodType>>,
  io: 'input' | 'output',
  elsewhere: Readonly<Record<string, z.ZodType>> = {},
): string[] {
  const names = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries({ ...elsewhere, ...schemas })) names.add(schema, { id });
  return Object.entries(schemas).map(([name, schema]) => {
    const json = z.toJSONSchema(schema, { io, reused: 'inline', unrepresentable: 'any', metadata: names });
    return `export type ${name} = ${print(json.$defs?.[name] ?? json)};`;
  });
}

export function unionOf(name: string, values: readonly string[]): string {
  return `export type ${name} = ${values.map((value) => JSON.stringify(value)).join(' | ')};`;
}

function print(schema: Schema): string {
  if (typeof schema === 'boolean') return 'unknown';
  if (schema.$ref) return schema.$ref.replace('#/$defs/', '');
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return options.map((option) => print(option)).join(' | ');
  if (schema.allOf) return schema.allOf.map((part) => `(${print(part)})`).join(' & ');
  const types: unknown = schema.type;
  if (Array.isArray(types)) return types.map((type) => print({ ...schema, type })).join(' | ');
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return `(${print((schema.items as Schema | undefined) ?? true)})[]`;
    case 'object':
      return printObject(schema);
    default:
      return 'unknown';
  }
}

function printObject(schema: Exclude<Schema, boolean>): string {
  const required = new Set(schema.required ?? []);
  const fields = Object.entries(schema.properties ?? {}).map(
    ([name, field]) => `${name}${required.has(name) ? '' : '?'}: ${print(field)};`,
  );
  const rest = schema.additionalProperties;
  if (fields.length === 0) return `{ [name: string]: ${rest ? print(rest) : 'unknown'} }`;
  const line = `{ ${fields.map((field) => field.slice(0, -1)).join('; ')} }`;
  if (line.length <= SHORT && !line.includes('\n')) return line;
  return `{\n${fields.map((field) => `  ${field.replaceAll('\n', '\n  ')}`).join('\n')}\n}`;
}
