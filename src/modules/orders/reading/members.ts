import { cleanText } from '../../../common/text.js';

/** Objects of somebody else's JSON by what their members are called, however that is written: `linePrice`, `line_price`, `Line Price`. Pure. */
export type Members = Readonly<Record<string, unknown>>;

/** The names of one meaning, the one that counts most first. */
export interface Named {
  names: readonly string[];
  places: ReadonlyMap<string, number>;
}

const MOST_KEPT = 10_000;
/** How each of the names that are asked for is written, by its letters alone. */
const spellings = new Map<string, Set<string>>();
const oddNames = new Map<string, boolean>();
/** Objects none of whose members is asked for by a name that is written otherwise. */
let even = new WeakSet<Members>();
const plainNames = new Map<string, string>();

/** Small letters and digits alone. */
function plainOf(name: string): string {
  const known = plainNames.get(name);
  if (known !== undefined) return known;
  const plain = name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');
  if (plainNames.size < MOST_KEPT) plainNames.set(name, plain);
  return plain;
}

export function named(...names: string[]): Named {
  for (const name of names) {
    const plain = plainOf(name);
    spellings.set(plain, (spellings.get(plain) ?? new Set()).add(name));
  }
  oddNames.clear();
  even = new WeakSet();
  return { names, places: new Map(names.map((name, place): [string, number] => [plainOf(name), place]).toReversed()) };
}

/** Whether somebody may ask for it by another spelling. */
function isOdd(name: string): boolean {
  const known = oddNames.get(name);
  if (known !== undefined) return known;
  const asked = spellings.get(plainOf(name));
  const odd = asked !== undefined && (asked.size > 1 || !asked.has(name));
  if (oddNames.size < MOST_KEPT) oddNames.set(name, odd);
  return odd;
}

/** Told once for each object, since most members that are asked for are in most objects not. */
function isEven(of: Members): boolean {
  if (even.has(of)) return true;
  if (Object.keys(of).some(isOdd)) return false;
  even.add(of);
  return true;
}

export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const tells = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** The first of the members so named that tells something; undefined when none does: null and an empty text tell nothing. */
export function member(of: Members, { names, places }: Named): unknown {
  for (const name of names) if (Object.hasOwn(of, name) && tells(of[name])) return of[name];
  if (isEven(of)) return undefined;
  let found: unknown;
  let best = names.length;
  for (const key of Object.keys(of)) {
    const place = places.get(plainOf(key));
    if (place !== undefined && place < best && tells(of[key])) [found, best] = [of[key], place];
  }
  return found;
}

/** A text fit to be stored, or a whole number as one. */
export function textIn(of: Members, by: Named): string | null {
  const value = member(of, by);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : null;
  return typeof value === 'string' ? cleanText(value).trim() || null : null;
}

export function membersIn(of: Members, by: Named): Members | null {
  const value = member(of, by);
  return isMembers(value) ? value : null;
}

/** The objects of a list; one alone is a list of one. */
export function listIn(of: Members, by: Named): Members[] {
  const value = member(of, by);
  return isMembers(value) ? [value] : Array.isArray(value) ? value.filter(isMembers) : [];
}
