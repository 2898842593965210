import { ApiExtension } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notModified, sendWithEtag } from './etag.js';

/** What an answer can be had as beside JSON, by `Accept` (RFC 9110 §12.5.1). */
export interface Text {
  /** "text/markdown". */
  type: string;
  text: string;
}

const ALSO_AS = 'x-also-as';

/** Documents the further media types of an endpoint's good answer. */
export const AlsoAs = (...types: readonly string[]): MethodDecorator & ClassDecorator => ApiExtension(ALSO_AS, types);

/** Puts what AlsoAs said where OpenAPI has it: each type beside JSON, as a text. */
export function documentTypes(operation: { responses?: Record<string, unknown> } & object): void {
  const known = operation as Record<string, unknown>;
  const types = known[ALSO_AS] as readonly string[] | undefined;
  if (types === undefined) return;
  delete known[ALSO_AS];
  const content = (operation.responses?.['200'] as { content?: Record<string, unknown> } | undefined)?.content;
  for (const type of types) if (content) content[type] = { schema: { type: 'string' } };
}

/** The one of `types` that a caller would rather have than JSON; null for JSON, and where none of ours would do. */
export function preferredType<T extends string>(accept: string | undefined, types: readonly T[]): T | null {
  const ranges = (accept ?? '').split(',').map((range) => {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((one) => one.startsWith('q='));
    return { name, weight: weight === undefined ? 1 : Number(weight.slice(2)) || 0 };
  });
  const weightOf = (type: string): number => {
    const [kind] = type.split('/');
    // The most exact range counts, whatever else matches.
    const found = [type, `${kind}/*`, '*/*'].map((name) => ranges.find((range) => range.name === name)).find(Boolean);
    return found?.weight ?? 0;
  };
  let best: T | null = null;
  for (const type of types)
    if (weightOf(type) > (best === null ? weightOf('application/json') : weightOf(best))) best = type;
  return best;
}

/** Answers a text with its version; 304 to who has it. */
export function answerText(request: FastifyRequest, reply: FastifyReply, { type, text }: Text): string | undefined {
  reply.header('Vary', 'Accept');
  if (notModified(sendWithEtag(reply, text), request)) return void reply.status(304);
  reply.type(`${type}; charset=utf-8`);
  return text;
}
