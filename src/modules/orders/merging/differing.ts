import { ANSWER } from '../reading/formats/format-ids.js';
import { isSingle, type Differing } from '../reading/differing.js';
import type { OrderFacts, ReadOrder } from '../reading/reading.js';
import { amountsKeyOf, differingLines, heldIn, LINE_AMOUNTS, shownAmounts, standing } from './line-amounts.js';
import { byStrength } from './merge.js';
import type { Source } from './source.js';

/**
 * What accounts of one order tell differently, and no rule settles: not what was expected against what was charged, nor what a later account
 * of the same format corrects, nor what was so before something was given back. Pure.
 */
export function differingIn(sources: readonly Source[]): {
  open: Omit<Differing, 'retailer' | 'numberKey'>[];
  answered: string[];
} {
  const ranked = sources.toSorted(byStrength);
  const answers = ranked.filter(({ format }) => format === ANSWER);
  const held = heldIn(ranked);
  // Who says whose lines hold says whose sums do.
  const withLines = held ? [LINE_AMOUNTS, ...fieldsOf(held.order).filter((field) => field.endsWith('Cents'))] : [];
  const answered: string[] = [...new Set([...answers.flatMap(({ order }) => fieldsOf(order)), ...withLines])];
  const own = ranked.filter(({ format, order }) => format !== ANSWER && isOfWhatWasCharged(order));
  const fields = [...new Set(own.flatMap(({ order }) => fieldsOf(order)))].filter((field) => !answered.includes(field));
  const open = fields.flatMap((field) => {
    const telling = own.filter(({ order }) => order[field] !== null);
    const values = telling
      .filter((one, at) => !telling.slice(0, at).some((other) => isSettled(other, one)))
      .map((source) => ({ value: source.order[field] as number | string, by: tellerOf(source) }));
    return new Set(values.map(({ value }) => value)).size > 1 ? [{ field, values }] : [];
  });
  return { open: held ? open : [...open, ...linesDiffering(ranked)], answered };
}

/** Who tells it: the format, and the file as its sender knows it. */
const tellerOf = ({ format, file }: Source): string => (file === undefined ? format : `${format} in ${file}`);

function linesDiffering(ranked: readonly Source[]): Omit<Differing, 'retailer' | 'numberKey'>[] {
  const telling = standing(ranked);
  const [base, ...others] = telling.filter((one, at) => !telling.slice(0, at).some((other) => isSettled(other, one)));
  if (!base) return [];
  const pairs = others.map((source) => ({ source, pairs: differingLines(base.order.lines, source.order.lines) }));
  const differing = pairs.filter((one) => one.pairs.length > 0);
  if (differing.length === 0) return [];
  const kept = differing.flatMap((one) => one.pairs.map((pair) => pair.kept));
  const valueOf = (source: Source, shown: string) => ({
    value: amountsKeyOf(source.order.lines),
    by: tellerOf(source),
    shown,
  });
  const values = differing.map((one) => valueOf(one.source, shownAmounts(one.pairs.map(({ other }) => other))));
  return [{ field: LINE_AMOUNTS, values: [valueOf(base, shownAmounts(kept)), ...values] }];
}

const fieldsOf = (order: ReadOrder): (keyof OrderFacts)[] =>
  (Object.keys(order) as (keyof OrderFacts)[]).filter((field) => isSingle(field) && order[field] !== null);

const isOfWhatWasCharged = ({ isEvidence, isEstimate, linesAre }: ReadOrder): boolean =>
  !isEvidence && !isEstimate && linesAre !== 'ordered' && linesAre !== 'changes';

/** Whether the stronger is known to be the later word. */
const isSettled = (stronger: Source, other: Source): boolean =>
  (stronger.format === other.format && stronger.order.asOf !== other.order.asOf) ||
  (isGivenBack(stronger.order) && !isGivenBack(other.order));

const isGivenBack = ({ refundCents, lines }: ReadOrder): boolean =>
  (refundCents ?? 0) !== 0 || lines.some(({ state }) => state === 'returned');
