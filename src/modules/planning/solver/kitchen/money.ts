import type { Currency } from '../../../../common/money.js';

/** What sums of a currency mean to who cooks by them, in its minor units. Pure. */
export interface Money {
  /** Of a dish, for each kcal. */
  usualPerKcal: number;
  /** Less saved than this is no reason for another dish when there is no budget. */
  worthwhile: number;
}

const MONEY: Readonly<Record<Currency, Money>> = {
  USD: { usualPerKcal: 0.44, worthwhile: 75 },
  DKK: { usualPerKcal: 2.2, worthwhile: 500 },
};

export const moneyOf = (currency: Currency = 'USD'): Money => MONEY[currency];
