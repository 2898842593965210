import { duration, money, percent } from '../../../kit/language/format.js';
import type { Measure } from './measures.js';

/** A measure in its unit; `difference` with its sign. */
export function said(name: Measure, value: number, difference = false): string {
  const sign = difference ? (value < 0 ? '−' : '+') : '';
  const size = difference ? Math.abs(value) : value;
  if (name === 'decidedAfterMs') return sign + duration(size);
  if (name === 'commissionCents') return sign + money(Math.round(size));
  return sign + percent(size / 100, 1);
}
