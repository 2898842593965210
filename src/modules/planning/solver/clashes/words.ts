export const timesText = (times: number): string => ['never', 'once', 'twice'][times] ?? `${times} times`;

/** An amount as a sentence tells it: 3,662 for 3662.3, 12.3 for 12.34. */
export const amountText = (amount: number): string =>
  amount.toLocaleString('en-US', { maximumFractionDigits: Math.abs(amount) >= 100 ? 0 : 1 });

/** An amount beside the end that it misses: told as finely as it takes to see that they differ. */
export const missText = (amount: number, end: number): readonly [amount: string, end: string] => {
  const told = [amountText(amount), amountText(end)] as const;
  if (told[0] !== told[1]) return told;
  const fine = (one: number) => one.toLocaleString('en-US', { maximumFractionDigits: 3 });
  return [fine(amount), fine(end)];
};

/** 0.55 as "55": without the dust of binary fractions. */
export const percentText = (share: number): string => amountText(Math.round(share * 1000) / 10);
