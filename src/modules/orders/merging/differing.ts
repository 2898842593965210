import { ANSWER } from '../reading/formats/format-ids.js';
import { isSingle, type Differing } from '../reading/differing.js';
import type { OrderFacts, ReadOrder } from '../reading/reading.js';
import { byStrength, type Source } from './merge.js';

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
  const answered = [...new Set(answers.flatMap(({ order }) => fieldsOf(order)))];
  const own = ranked.filter(({ format, order }) => format !== ANSWER && isOfWhatWasCharged(order));
  const fields = [...new Set(own.flatMap(({ order }) => fieldsOf(order)))].filter((field) => !answered.includes(field));
  const open = fields.flatMap((field) => {
    const telling = own.filter(({ order }) => order[field] !== null);
    const values = telling
      .filter((one, at) => !telling.slice(0, at).some((other) => isSettled(other, one)))
      .map(({ order, format }) => ({ value: order[field] as number | string, by: format }));
    return new Set(values.map(({ value }) => value)).size > 1 ? [{ field, values }] : [];
  });
  return { open, answered };
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
