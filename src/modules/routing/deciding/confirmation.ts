import type { FieldError } from '../../../common/errors.js';
import { formatCents } from '../../../common/money.js';
import type { Quote } from '../../providers/provider.js';
import type { ConfirmRoute } from '../confirming/confirmation.dto.js';
import { isServed } from './contender.js';

/** What a provider says now against what was decided on: nothing that costs more or leaves out more is taken for agreed. Pure. */
export interface Comparison {
  /** Lines served then and not now. */
  missing: string[];
  /** What has to be accepted first, with the field that accepts it; none when it may be confirmed. */
  changes: FieldError[];
}

export function compare(then: Quote, now: Quote, tolerancePercent: number, accepted: ConfirmRoute): Comparison {
  const served = new Set(now.lines.filter(isServed).map(({ lineId }) => lineId));
  const missing = then.lines.filter((line) => isServed(line) && !served.has(line.lineId)).map(({ lineId }) => lineId);
  const unaccepted = missing.filter((id) => !accepted.acceptMissing?.includes(id));
  const agreedCents = Math.max(
    Math.floor((then.totalCents * (100 + tolerancePercent)) / 100),
    accepted.acceptTotalCents ?? 0,
  );
  return {
    missing,
    changes: [
      ...(now.currency === then.currency
        ? []
        : [{ pointer: '/confirmationToken', detail: `the currency is now ${now.currency}; route the cart anew` }]),
      ...(now.totalCents <= agreedCents
        ? []
        : [
            {
              pointer: '/acceptTotalCents',
              detail: `the total was ${formatCents(then.totalCents, then.currency)} and is now ${formatCents(now.totalCents, now.currency)}`,
            },
          ]),
      ...unaccepted.map((id) => ({ pointer: '/acceptMissing', detail: `the line ${id} is not served any more` })),
      ...hiddenParts(then, now),
    ],
  };
}

/** A part that was told then and is not now makes the total look smaller than it will be. */
const hiddenParts = (then: Quote, now: Quote): FieldError[] =>
  now.unknownParts
    .filter((part) => !then.unknownParts.includes(part))
    .map((part) => ({ pointer: '/confirmationToken', detail: `${part} are not told any more; route the cart anew` }));
