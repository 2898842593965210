import { createHash } from 'node:crypto';
import { Client, type QueryConfig } from 'pg';

/** Statements are written in the code, so there are some hundreds; beyond this many texts none is prepared any more. */
const MAX_STATEMENTS = 1000;
const names = new Map<string, string>();

/**
 * A connection that has the server parse each parametrized statement once, and not at every call: planning one takes longer than running it.
 */
export class PreparingClient extends Client {
  override query(...args: unknown[]): never {
    const [text, values, ...rest] = args;
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
    const asked = name === undefined ? args : [{ name, text, values } as QueryConfig, ...rest];
    return (super.query as (...args: unknown[]) => never).apply(this, asked);
  }
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MAX_STATEMENTS) return known;
  const name = `s${createHash('sha1').update(text).digest('hex').slice(0, 20)}`;
  names.set(text, name);
  return name;
}
