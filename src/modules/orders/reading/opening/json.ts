import { pointerTo } from '../../../../common/text.js';
import { Unreadable, type Question } from '../reading.js';

const DEEPEST = 100;
/**
 * Of lists, objects and what is in them. JSON.parse cannot be interrupted: where it needs more memory than its thread may have, it takes the
 * whole process with it, so what is too much is refused before.
 */
const MOST_VALUES = 2_000_000;
/** Of one object: its table of names is made anew at twice its size each time that it is full. */
const MOST_MEMBERS = 100_000;
const TOO_MANY =
  'The JSON holds more than 2,000,000 values, or 100,000 in one object, which is more than memory has room for; send it in parts.';
const TOO_DEEP = 'The JSON is nested deeper than any export; it is not read.';
const BROKEN = 'The JSON ends before its end, or is none; export it again.';
/** Digits that a number of JavaScript may not keep. */
const MANY_DIGITS = /\d{16}/;

/**
 * The value of a text that is JSON; undefined for one that begins otherwise. Whole numbers of 16 digits or more come as text, for they
 * name orders and must not be rounded. Throws Unreadable for JSON that is broken or nested too deep.
 */
export function jsonOf(text: string): unknown {
  const body = text.trim();
  if (!/^[[{]/.test(body)) return undefined;
  const kept = scanned(body);
  try {
    return withoutPrototypes(JSON.parse(kept), kept);
  } catch (cause) {
    // A row of a table, or of a receipt, may begin with a bracket.
    if (body.startsWith('[') && !/^\[\s*[[{"\]]/.test(body)) return undefined;
    throw new Unreadable(BROKEN, { cause });
  }
}

const MOST_SHOWN = 10;

/** Asked about numbers that are beyond what a number can be (`1e400`): nobody reads them. With their places, as pointers (RFC 6901). */
export function tooLargeIn(text: string, value: unknown): Question[] {
  const found: string[] = [];
  if (/\d[eE]\+?\d{3}/.test(text)) eachEndless(value, '', found);
  if (found.length === 0) return [];
  const shown = found.slice(0, MOST_SHOWN).join(', ');
  const more = found.length > MOST_SHOWN ? ` and ${found.length - MOST_SHOWN} more` : '';
  return [
    { code: 'number_too_large', text: `These numbers are larger than any amount, and were left out: ${shown}${more}.` },
  ];
}

function eachEndless(value: unknown, pointer: string, found: string[]): void {
  if (typeof value === 'number' && !Number.isFinite(value)) found.push(pointer.slice(0, 200));
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) eachEndless(member, pointerTo(name, pointer), found);
}

/** One pass over what is outside of texts: its depth, and long whole numbers put in quotes. */
function scanned(body: string): string {
  const isLong = MANY_DIGITS.test(body);
  const parts: string[] = [];
  const members: number[] = [];
  let [depth, copied, values] = [0, 0, 0];
  for (let at = 0; at < body.length; at++) {
    const code = body.charCodeAt(at);
    if (code === 0x22) at = endOfText(body, at);
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > DEEPEST) throw new Unreadable(TOO_DEEP);
      values++;
      members[depth] = code === 0x7b ? 0 : Number.NEGATIVE_INFINITY;
    } else if (code === 0x2c) {
      values++;
      if (++members[depth]! > MOST_MEMBERS) throw new Unreadable(TOO_MANY);
    } else if (code === 0x7d || code === 0x5d) depth--;
    else if (isLong && code >= 0x30 && code <= 0x39) {
      let end = at + 1;
      while (/[\d.eE+-]/.test(body[end] ?? '')) end++;
      const from = body[at - 1] === '-' ? at - 1 : at;
      if (/^\d{16,}$/.test(body.slice(at, end))) {
        parts.push(body.slice(copied, from), JSON.stringify(body.slice(from, end)));
        copied = end;
      }
      at = end - 1;
    }
  }
  if (values > MOST_VALUES) throw new Unreadable(TOO_MANY);
  return parts.length === 0 ? body : parts.join('') + body.slice(copied);
}

/** Where a text that begins at `from` ends. */
function endOfText(body: string, from: number): number {
  for (let at = from + 1; at < body.length; at++) {
    const code = body.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at;
  }
  return body.length;
}

/** Members that a careless copy would take for an object's prototype. */
function withoutPrototypes(value: unknown, text: string): unknown {
  if (text.includes('__proto__') || text.includes('\\u005f')) remove(value);
  return value;
}

function remove(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  delete (value as Record<string, unknown>)['__proto__'];
  for (const member of Object.values(value)) remove(member);
}
