import { candidateKeyOf, isCandidateKey } from '../../merging/candidates.js';
import { merge, type Merged } from '../../merging/merge.js';
import { plainNameOf } from '../names.js';
import type { SourcedOrder } from '../read.js';
import { rankOf } from './format-ids.js';
import type { ExpectedOrder } from './sample.conformance.js';

/** What one format alone comes to once it is merged, in a form that can be held against the truth. */
export interface Alone extends Merged {
  numberKey: string;
}

export function mergedAlone(orders: readonly SourcedOrder[]): Alone[] {
  const accounts = new Map<string, SourcedOrder[]>();
  for (const order of orders) {
    const key = order.numberKey ?? candidateKeyOf(order);
    accounts.set(key, [...(accounts.get(key) ?? []), order]);
  }
  return [...accounts].flatMap(([numberKey, own]) => {
    const sources = own.map((order, at) => ({
      format: order.format,
      rank: rankOf(order.format),
      hash: String(at),
      // A candidate stands for itself where no other file tells whose it is.
      order: isCandidateKey(numberKey) ? { ...order, isEvidence: false } : order,
    }));
    const merged = merge(sources);
    return merged ? [{ ...merged, numberKey }] : [];
  });
}

type Fields = Record<string, unknown>;

/** The order's fields that are expected, and its lines in no particular order: nothing of a list is the same as an empty one. */
export function shownAs(expected: ExpectedOrder, actual: Alone | undefined): Fields {
  const { lines: _, ...facts } = expected;
  if (!actual) return { numberKey: `none for ${expected.numberKey}` };
  return { ...factsOf(facts, { ...actual }), lines: linesOf(expected.lines, actual.lines) };
}
export const shown = (expected: ExpectedOrder): Fields => {
  const { lines, ...facts } = expected;
  return { ...factsOf(facts, facts), lines: linesOf(lines, lines) };
};

const factsOf = (wanted: Fields, from: Fields): Fields =>
  Object.fromEntries(
    Object.keys(wanted).map((field) => {
      const value = from[field];
      if (!Array.isArray(value)) return [field, value ?? null];
      return [field, value.length === 0 ? null : value.map((one) => JSON.stringify(one)).toSorted()];
    }),
  );

/** Each of the lines by the fields that are expected of one of its name; sorted, since no format tells their order. */
function linesOf(wanted: readonly Fields[], from: readonly object[]): string[] {
  const shapes = new Map(wanted.map((line) => [nameIn(line), Object.keys(line)]));
  const [first = []] = shapes.values();
  return from
    .map((line) => line as Fields)
    .map((line) => {
      const isUncharged = line.state === 'unavailable' || line.state === 'cancelled';
      const fields = wanted.find((one) => nameIn(one) === nameIn(line) && 'orderedQuantity' in one === isUncharged);
      const names = fields ? Object.keys(fields) : (shapes.get(nameIn(line)) ?? first);
      return JSON.stringify(Object.fromEntries(names.map((field) => [field, line[field] ?? null])));
    })
    .toSorted();
}

const nameIn = ({ name, receiptName }: Fields): string => plainNameOf(String(name ?? receiptName ?? ''));

export const productsOf = (orders: readonly Alone[]): number =>
  new Set(orders.flatMap(({ lines }) => lines.map((line) => nameIn({ ...line })))).size;
