import type { Currency } from '../../../../common/money.js';

/** What sums of a currency mean to who cooks by them, in its minor units. Pure. */
export interface Money {
  /** Of a dish, for each kcal. */
  usualPerKcal: number;
  /** Less saved than this is no reason for another dish when money is no matter. */
  worthwhile: number;
}

const MONEY: Readonly<Record<Currency, Money>> = {
  USD: { usualPerKcal: 0.44, worthwhile: 150 },
  DKK: { usualPerKcal: 2.2, worthwhile: 1000 },
};

export const moneyOf = (currency: Currency = 'USD'): Money => MONEY[currency];
