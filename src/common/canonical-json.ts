import { createHash } from 'node:crypto';

/**
 * One text for one value, whoever writes it: JSON by RFC 8785. Members are sorted by the UTF-16 code units of their names, without spaces;
 * numbers and strings are written as ECMAScript writes them, which is what that RFC asks for.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

/** What tells whether two bodies say the same, in whatever order their members come: SHA-256 over the canonical JSON, in hex. */
export function fingerprintOf(body: unknown): string {
  return createHash('sha256').update(canonicalJson(body)).digest('hex');
}
