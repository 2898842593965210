import { dayOf } from '../../days.js';
import { isMembers, listIn, member, named, type Members } from '../../members.js';
import { orderOf, type Charge, type ReadOrder } from '../../reading.js';
import { centsIn } from '../../shown-money.js';
import { numberIn } from './answers.js';

const METHODS = named('paymentMethods', 'payments', 'methods');
const CHARGES = named('finalCharges', 'charges');
const AMOUNT = named('amount', 'chargeAmount', 'chargedAmount', 'value', 'total');
const DAY = named('chargedDate', 'chargeDate', 'date', 'transactionDate', 'chargedOn', 'on');
const MOST_CHARGES = 200;

/** When and how much was charged for an order, refunds below 0: evidence of it. Null for one that names none, as of purchases in shops. */
export function ledgerFrom(told: Members): ReadOrder | null {
  const numberKey = numberIn(told);
  const all = listIn(told, METHODS).flatMap((method) => {
    const charges = member(method, CHARGES);
    return Array.isArray(charges) ? charges : [];
  });
  const charges = all.slice(0, MOST_CHARGES).map(chargeFrom);
  // Of charges one of which is not understood, what was charged is not known.
  const whole = charges.filter((charge) => charge !== null);
  if (numberKey === null || whole.length === 0 || whole.length < charges.length) return null;
  return orderOf({ retailer: 'walmart', numberKey, linesAre: 'unknown', isEvidence: true, charges: whole });
}

function chargeFrom(told: unknown): Charge | null {
  const cents = centsIn(isMembers(told) ? (member(told, AMOUNT) ?? told) : told);
  const day = isMembers(told) ? member(told, DAY) : null;
  return cents === null ? null : { on: dayOf(day), cents };
}
