/** Every place of an API where a caller can put text, read from its OpenAPI document. */
export interface Schema {
  $ref?: string;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
}
export interface Operation {
  parameters?: { name: string; in: string }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
}
export interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** A step into a body; `null` stands for a name of the caller's own choosing. */
export type Path = readonly (string | number | null)[];
export interface Place {
  method: string;
  path: string;
  where: 'body' | 'query' | 'header' | 'path';
  /** Of a body. */
  at: Path;
  /** Of a parameter. */
  name: string;
}

/** Headers that every endpoint reads, whether or not it says so. */
const ALWAYS_READ = ['traceparent', 'Authorization', 'apikey', 'Prefer', 'If-None-Match'];

export function placesOf(document: Document): Place[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const place = { method: method.toUpperCase(), path, at: [], name: '' };
      // A body of bytes is a file: what stands in it is no word to us.
      const body = operation.requestBody?.content?.['application/json']?.schema;
      const parameters = (operation.parameters ?? []).map(({ name, in: where }) => ({ name, where: where as 'query' }));
      const headers = ALWAYS_READ.map((name) => ({ name, where: 'header' as const }));
      return [
        ...[...parameters, ...headers].map((parameter) => ({ ...place, ...parameter })),
        ...(body ? leavesOf(body, document) : []).map((at) => ({ ...place, where: 'body' as const, at })),
      ];
    }),
  );
}

function leavesOf(schema: Schema, document: Document): Path[] {
  const named = schema.$ref && document.components.schemas[schema.$ref.split('/').at(-1)!];
  if (named) return leavesOf(named, document);
  const choices = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  const found = [
    ...choices.flatMap((choice) => leavesOf(choice, document)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
      leavesOf(member, document).map((rest): Path => [name, ...rest]),
    ),
    ...(schema.items ? leavesOf(schema.items, document).map((rest): Path => [0, ...rest]) : []),
    ...(typeof schema.additionalProperties === 'object' ? [['k'], [null]] : []),
  ];
  const unique = new Map((found.length > 0 ? found : [[]]).map((path) => [JSON.stringify(path), path]));
  return [...unique.values()];
}

/** A copy of a body with `text` at a place, whatever is there. */
export function withText(body: unknown, at: Path, text: string): unknown {
  if (at.length === 0) return text;
  const [step, ...rest] = at;
  if (typeof step === 'number') {
    const list = Array.isArray(body) ? [...(body as unknown[])] : [];
    list[step] = withText(list[step], rest, text);
    return list;
  }
  const copy = { ...(typeof body === 'object' && !Array.isArray(body) ? body : {}) };
  const member = step === null ? 'v' : withText((copy as Record<string, unknown>)[step!], rest, text);
  // Not by assignment: `__proto__` is a name like any other here.
  Object.defineProperty(copy, step ?? text, { value: member, enumerable: true, configurable: true, writable: true });
  return copy;
}
