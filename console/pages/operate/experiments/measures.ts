export const SWITCH = 'LOOPGPT_EXPERIMENT';
export const MEASURES = ['dearerPercent', 'decidedAfterMs', 'commissionCents', 'confirmedPercent'] as const;
export type Measure = (typeof MEASURES)[number];

/** Whether more of it is better. */
const MORE_IS_BETTER: Readonly<Record<Measure, boolean>> = {
  dearerPercent: false,
  decidedAfterMs: false,
  commissionCents: true,
  confirmedPercent: true,
};

/** Whether an arm does surely better or worse than control; `even` while its interval holds nought. */
export function toneOf(name: Measure, { low, high }: { low: number; high: number }): 'better' | 'worse' | 'even' {
  if (low <= 0 && high >= 0) return 'even';
  return low > 0 === MORE_IS_BETTER[name] ? 'better' : 'worse';
}

const PRESETS = ['balanced', 'price-first', 'revenue-first', 'speed-first'] as const;
export type Shares = Readonly<Record<(typeof PRESETS)[number], number>>;
export const NO_SHARES: Shares = { balanced: 0, 'price-first': 0, 'revenue-first': 0, 'speed-first': 0 };

/** What is left for control of a hundred. */
export const leftOf = (shares: Shares): number => PRESETS.reduce((left, preset) => left - shares[preset], 100);

/** The experiment as its switch takes it: an arm for each preset that has a share, and control with what is left. */
export function experimentOf(id: string, by: 'tenant' | 'request', shares: Shares): string {
  const arms = PRESETS.filter((preset) => shares[preset] > 0).map((preset) => [
    preset,
    { share: shares[preset], preset },
  ]);
  return JSON.stringify({ id, by, arms: { control: { share: leftOf(shares) }, ...Object.fromEntries(arms) } });
}

const ID = /^[a-z0-9][a-z0-9-]{0,39}$/;

export const isSound = (id: string, shares: Shares): boolean =>
  ID.test(id) && leftOf(shares) >= 1 && leftOf(shares) < 100;
