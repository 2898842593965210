import { clashes, isBelow } from './substances.js';
import { surer, type Held, type Holdings } from './holdings.js';
import { nearest } from './near.js';
import { listed, once, tableOf } from './tables.js';
import { keyOf } from './words.js';

/** What a caller avoids by a word, or why it cannot be read: then it must be refused, never passed over. */
export type Avoidance =
  | { ok: true; ids: readonly string[] }
  /** `unclear`: an exception, a doubt or a wish is in the words ("dairy but butter ok"). */
  | { ok: false; why: 'unknown' | 'unclear'; near: readonly string[] };

const ASKED = once(() => {
  const all = new Map<string, { action: string; ids: readonly string[] }>();
  for (const { action, ids, words } of tableOf('asked')) {
    const entry = { action: action!, ids: listed(ids, ' ') };
    for (const word of listed(words)) {
      const key = keyOf(word);
      if (!all.has(key)) all.set(key, entry);
    }
  }
  return all;
});
const NAMES = once(() =>
  tableOf('asked')
    .filter(({ action }) => action === 'avoid')
    .flatMap(({ words }) => listed(words)),
);

/** How people say that they avoid something, around the word for it. */
const SAYINGS = [
  /^(?:i'?m |i am |we are |he is |she is )?(?:(?:severe(?:ly)?|mild|bad|strong|life[- ]threatening|suspected) )?(?:allergic to|allergy to|anaphylactic to|intolerant to|intolerance to|sensitive to|free from|free of|avoid(?:s|ing)?|exclude|without|w\/o|no|non|can(?:'t|not| not) (?:have|eat)|do(?:es)? not (?:eat|tolerate)|traces of|may contain|contains|all|any|allergisk (?:over ?for|mod)|allergi over ?for|intolerant over for|fri for|uden|u\.|ingen|undgå|tåler ikke|kan ikke tåle|må ikke få|spiser ikke|spor af|kan indeholde)[ -](?<x>.+)$/i,
  /^(?:(?:severe|mild|bad|strong|life[- ]threatening|suspected|serious|raw) )?(?<x>.+?)[ -]?(?:protein allergy|allergies|allergy|allergic|anaphylaxis|intolerance|intolerant|sensitivity|sensitive|free|protein|products?|derivatives|traces|disease|allergi|allergiker|frie?t?|intolerans|overfølsomhed|er)$/i,
  /^(?:(?:severe|mild|raw) )(?<x>.+)$/i,
];
const DOUBTFUL =
  /(\?|\bok\b|\bokay\b|\bfine\b|\bexcept\b|\bbut\b|\bunless\b|\blow\b|^not\b|\bikke [^tåsf]|\bundtagen\b|\bcan eat\b|\bno longer\b|\boutgrown\b|\bwith\b|\bextra\b|\blove|\bmaybe\b)/i;
const SEVERAL = /\s*(?:[,;/+&]| and | or | og | eller )\s*/i;
const MAX_LENGTH = 200;

/**
 * The substances that a caller avoids by "Tree nuts", "dairy-free", "allergic to shrimp" or "milk, peanuts"; none for an explicit "none".
 * Every part of several must be read. One nut stands for all and
 * one grain for gluten: they share mills and lines, and names rarely tell them apart.
 */
export function avoidedBy(text: string): Avoidance {
  const known = READ.get(text);
  if (known) return known;
  const read = reading(text);
  if (READ.size >= MAX_READ) READ.clear();
  READ.set(text, read);
  return read;
}
const READ = new Map<string, Avoidance>();
const MAX_READ = 5000;

const WIDENED = ['tree_nut', 'gluten'];

/** The substances that a word names, and nothing beside; none where it cannot be read. */
export function namedBy(word: string): readonly string[] {
  const ids = idsOf(word);
  return typeof ids === 'string' ? [] : ids;
}

function reading(text: string): Avoidance {
  const ids = idsOf(text);
  if (ids === 'unknown' || ids === 'unclear') {
    const near = ids === 'unknown' ? nearest(text.trim(), NAMES()) : [];
    return { ok: false, why: ids, near };
  }
  const all = new Set(ids);
  for (const group of WIDENED) if (ids.some((id) => isBelow(id, group))) all.add(group);
  return { ok: true, ids: [...all] };
}

function idsOf(text: string): readonly string[] | 'unknown' | 'unclear' {
  const said = text
    .normalize('NFKC')
    .trim()
    .replace(/^[."()[\]*]+|[."()[\]*]+$/g, '')
    .replaceAll('’', "'")
    .replace(/\bw\/o\b/i, 'without')
    .trim();
  if (said === '' || said.length > MAX_LENGTH) return 'unknown';
  if (said.includes('?')) return 'unclear';
  const row = ASKED().get(keyOf(said));
  if (row) return row.action === 'avoid' ? row.ids : row.action === 'none' ? [] : 'unclear';
  if (DOUBTFUL.test(said)) return 'unclear';
  const parts = said.split(SEVERAL).filter((part) => part !== '');
  if (parts.length > 1) {
    const read = parts.map(idsOf);
    const failed = read.find((one) => typeof one === 'string');
    return typeof failed === 'string' ? failed : [...new Set(read.flat())];
  }
  for (const saying of SAYINGS) {
    const inner = saying.exec(said)?.groups?.x?.replace(/^[ -]+|[ -]+$/g, '');
    if (inner === undefined || inner === said) continue;
    const ids = idsOf(inner);
    if (typeof ids !== 'string' && ids.length > 0) return ids;
  }
  return 'unknown';
}

/** The surest sign in a name of what somebody avoids, or null. */
export function foundIn(avoided: readonly string[], holdings: Holdings): Held | null {
  let worst: Held | null = null;
  for (const [id, held] of holdings) if (avoided.some((one) => clashes(one, id))) worst = surer(worst, held);
  return worst;
}
