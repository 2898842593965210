import { foldedOf } from '../receipt-text/rows.js';
import type { Row } from './html-rows.js';
import { moneyOf } from './words.js';

/** An amount and nothing beside it. */
export const AMOUNT = /^-?(?:US|CA|CDN|C)? ?[$€£]? ?-?\d{1,3}(?:,?\d{3})*[.,]\d{2}(?: ?\$)?$/i;
export const FREE = /^(free|gratuit|included)$/i;

/**
 * Rows in which what a label says stands beside it, where a mail that is laid out in blocks has its amount in the row below, or all labels in
 * one column and all amounts in the next. What stands between two sums, with an amount below it, is a fee. Pure.
 */
export function labelledRows(rows: readonly Row[]): Row[] {
  const answer: Row[] = [];
  let isAmongSums = false;
  for (let at = 0; at < rows.length;) {
    const labels = countFrom(rows, at, isMoneyLabel);
    const amounts = countFrom(rows, at + labels, isAmount);
    const isFee = labels === 0 && isAmongSums && isLabel(rows[at]!) && countFrom(rows, at + 1, isAmount) === 1;
    if (labels > 0 && amounts === labels) {
      for (let n = 0; n < labels; n++) answer.push([...rows[at + n]!, ...rows[at + labels + n]!]);
      at += labels * 2;
      isAmongSums = true;
    } else if (isFee) {
      answer.push([...rows[at]!, ...rows[at + 1]!]);
      at += 2;
    } else {
      answer.push(rows[at]!);
      at++;
      isAmongSums = false;
    }
  }
  return answer;
}

function countFrom(rows: readonly Row[], from: number, is: (row: Row) => boolean): number {
  let count = 0;
  while (from + count < rows.length && is(rows[from + count]!)) count++;
  return count;
}

const isAmount = (row: Row): boolean =>
  row.length === 1 && !row[0]!.isStruck && (AMOUNT.test(row[0]!.text) || FREE.test(row[0]!.text));

/** Words alone, and short. */
const isLabel = (row: Row): boolean =>
  row.length === 1 && row[0]!.link === null && row[0]!.text.length <= 40 && !/\d/.test(row[0]!.text) && !isAmount(row);

const isMoneyLabel = (row: Row): boolean =>
  row.length === 1 && !isAmount(row) && !/\d[.,]\d{2}\b/.test(row[0]!.text) && moneyOf(wordsOf(row)) !== null;

const wordsOf = (row: Row): string => foldedOf(row[0]!.text).replace(/[: ]+$/, '');
