import { ANSWER } from '../reading/formats/format-ids.js';
import { noFacts, type LinesAre, type OrderFacts, type ReadLine, type ReadOrder } from '../reading/reading.js';
import { align } from './align.js';
import { changed, inOrder } from './changes.js';
import { chargedIn, differingLines, heldIn, strongestLines } from './line-amounts.js';
import { reconcile, type Reconciled } from './reconcile.js';
import type { Source } from './source.js';

export interface Contradiction {
  field: string;
  kept: unknown;
  by: string;
  other: unknown;
  from: string;
}

/** One order of all that is known of it: each field by the strongest source that knows it, which is named. */
export interface Merged extends OrderFacts, Reconciled {
  lines: ReadLine[];
  linesAre: LinesAre;
  /** Field → format. */
  sources: Record<string, string>;
  contradictions: Contradiction[];
}

const MOST_CONTRADICTIONS = 20;
/** A return comes after a delivery: of two accounts of one strength, the one that knows of it is the later. */
const LATER: ReadonlyMap<string | null, number> = new Map([
  ['returned', 4],
  ['substituted', 3],
  ['cancelled', 3],
  ['unavailable', 3],
  ['bought', 1],
]);

/**
 * Puts sources together; the result is the same in whatever order they came. A stronger source wins, of one strength the later, and a
 * weaker fills what is null and overwrites nothing. Null when none of them is of an order of its own.
 */
export function merge(sources: readonly Source[]): Merged | null {
  const own = sources.filter(({ order }) => !order.isEvidence);
  if (own.length === 0) return null;
  const ranked = sources.toSorted(byStrength);
  const contradictions: Contradiction[] = [];
  const named: Record<string, string> = {};
  const facts = noFacts();
  const held = heldIn(ranked);
  for (const field of Object.keys(facts) as (keyof OrderFacts)[]) {
    const telling = ranked.filter(({ order }) => order[field] !== null);
    // Whose lines hold, its sums do; what is said of a sum itself goes before.
    if (held && telling.includes(held) && field.endsWith('Cents') && telling[0]!.format !== ANSWER)
      telling.unshift(...telling.splice(telling.indexOf(held), 1));
    const [best] = telling;
    if (!best) continue;
    Object.assign(facts, { [field]: best.order[field] });
    named[field] = best.format;
    for (const { order, format } of telling.slice(1)) {
      const differs = field.endsWith('Cents') && order[field] !== best.order[field] && !isOrderedOnly(order);
      if (differs && contradictions.length < MOST_CONTRADICTIONS) {
        contradictions.push({ field, kept: best.order[field], by: best.format, other: order[field], from: format });
      }
    }
  }
  const { lines, linesAre, format, base } = linesFrom(ranked, held);
  for (const { order, format: from } of base ? chargedIn(ranked) : []) {
    if (!base || order === base.order) continue;
    for (const { kept, other } of differingLines(base.order.lines, order.lines)) {
      if (contradictions.length < MOST_CONTRADICTIONS)
        contradictions.push({ field: 'lines', kept: costOf(kept), by: base.format, other: costOf(other), from });
    }
  }
  if (format !== null) named.lines = format;
  const isEstimate = ranked.find(({ order }) => order.totalCents !== null)?.order.isEstimate === true;
  return {
    ...facts,
    lines,
    linesAre,
    sources: named,
    contradictions,
    ...(isEstimate ? NOT_YET : reconcile(facts, lines, linesAre === 'charged')),
  };
}

/** Of an estimate nothing is proven by its adding up. */
const NOT_YET: Reconciled = { items: null, total: null, reconciled: 'none', savingsKind: null };

const costOf = ({ name, receiptName, lineCents }: ReadLine) => ({ name: name ?? receiptName, lineCents });

const isOrderedOnly = ({ linesAre }: ReadOrder): boolean => linesAre === 'ordered';

export function byStrength(a: Source, b: Source): number {
  return (
    b.rank - a.rank ||
    (b.order.asOf ?? '').localeCompare(a.order.asOf ?? '') ||
    knownIn(b.order) - knownIn(a.order) ||
    a.format.localeCompare(b.format) ||
    a.hash.localeCompare(b.hash)
  );
}

/** How far an account has come: later states count most, then how much it tells. */
const knownIn = (order: ReadOrder): number =>
  (order.refundCents !== null ? 1000 : 0) +
  100 * Math.max(0, ...order.lines.map(({ state }) => LATER.get(state) ?? 0)) +
  Object.values(order).filter((value) => value !== null).length;

/** The lines of the strongest account of what was charged, filled by the others; what did not come is added from whoever knows of it. */
function linesFrom(
  ranked: readonly Source[],
  held: Source | null,
): {
  lines: ReadLine[];
  linesAre: LinesAre;
  format: string | null;
  /** Whose lines they are, where they were charged. */
  base: Source | null;
} {
  const telling = ranked.filter(
    ({ order }) => order.lines.length > 0 && (order.linesAre === 'charged' || order.linesAre === 'ordered'),
  );
  const base = strongestLines(ranked, held) ?? telling.find(({ order }) => order.linesAre === 'charged') ?? telling[0];
  if (!base) return { lines: [], linesAre: 'unknown', format: null, base: null };
  const lines = base.order.lines.map((line) => ({ ...line }));
  for (const { order } of telling.filter((source) => source !== base)) {
    const at = align(lines, order.lines);
    order.lines.forEach((other, index) => {
      const mine = at[index] ?? null;
      if (mine !== null) fill(lines[mine]!, other, order.linesAre);
      else if (other.state === 'unavailable' || other.state === 'cancelled')
        lines.push({ ...other, substitutedFor: null });
    });
  }
  const ordered = telling.find(({ format, order }) => format === base.format && order.linesAre === 'ordered');
  const sorted = ordered && ordered !== base ? inOrder(lines, ordered.order.lines) : lines;
  const changes = ranked.filter(({ order }) => order.linesAre === 'changes');
  const { linesAre } = base.order;
  return {
    lines: changed(sorted, base, changes),
    linesAre,
    format: base.format,
    base: linesAre === 'charged' ? base : null,
  };
}

/** Of an account of what was ordered, nothing is taken for what was charged. */
function fill(line: ReadLine, other: ReadLine, otherAre: LinesAre): void {
  if (line.name === null || (line.isCut && other.name !== null && !other.isCut)) {
    line.isCut = other.name === null ? line.isCut : other.isCut;
    line.name = other.name ?? line.name;
  }
  for (const [field, value] of Object.entries(other)) {
    if (value === null || line[field as keyof ReadLine] !== null) continue;
    if (field === 'substitutedFor' || (otherAre === 'ordered' && /^(quantity|lineCents|state)$/.test(field))) continue;
    Object.assign(line, { [field]: value });
  }
}
