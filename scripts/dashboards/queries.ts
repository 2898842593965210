import type { Line } from './panels.js';

/* How dashboards ask: of what the product tells, over the last five minutes where nothing else is said. */
export const rate = (metric: string, by = '', window = '5m') =>
  by ? `sum by (${by}) (rate(${metric}[${window}]))` : `sum(rate(${metric}[${window}]))`;
export const quantile = (of: number, metric: string, by = '') =>
  `histogram_quantile(${of}, sum by (${by ? `${by}, ` : ''}le) (rate(${metric}_bucket[5m])))`;
export const grown = (metric: string, window: string, by = '') =>
  by ? `sum by (${by}) (increase(${metric}[${window}]))` : `sum(increase(${metric}[${window}]))`;
const WINDOWS = ['24h', '7d', '30d'] as const;
/** The same of a day, a week and a month. */
export const overTime = (expression: (window: string) => string): Line[] =>
  WINDOWS.map((window) => [window, expression(window)]);
export const saved = (window: string) =>
  `(${grown('loopgpt_router_alternatives_cents_total', window, 'currency')} - ${grown('loopgpt_router_compared_cents_total', window, 'currency')}) / 100`;
