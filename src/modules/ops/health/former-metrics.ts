import type { MetricObjectWithValues, MetricValue } from 'prom-client';
import { UNASKED } from '../../providers/provider.js';

type Family = Pick<MetricObjectWithValues<MetricValue<string>>, 'name' | 'type'> & {
  values: readonly (Pick<MetricValue<string>, 'value' | 'labels'> & { metricName?: string })[];
};

interface Rate {
  executions: number;
  successes: number;
  /** From 0 to 1; null where nothing was done yet. */
  successRate: number | null;
}

const JOBS = 'loopgpt_jobs_total';
const ANSWERS = 'loopgpt_provider_answers_total';

/** A job that was put back is done later, and is no execution yet. */
const isDone = (result: string) => result !== 'put_back';

/** What the former shopping optimizer told of itself: work as `agents`, outside calls as `api`. Rates are from 0 to 1. Pure. */
export function formerMetrics(families: readonly Family[], uptimeSeconds: number, rssBytes: number) {
  const cache = cacheOf(families);
  return {
    system: { uptime_seconds: Math.round(uptimeSeconds), memory_bytes: rssBytes },
    agents: told(ratesBy(families, JOBS, 'queue', (result) => result === 'completed', isDone)),
    api: told(ratesBy(families, ANSWERS, 'provider', (result) => result === 'ok', isAsked)),
    cache: { hits: cache.hits, requests: cache.requests, hit_rate: cache.hitRate },
    counters: flat(families.filter(({ type }) => String(type) === 'counter')),
    timers: timersOf(families.filter(({ type }) => String(type) === 'histogram')),
  };
}

/** The same in a few numbers. Pure. */
export function formerSummary(families: readonly Family[], uptimeSeconds: number) {
  const agents = sum(ratesBy(families, JOBS, 'queue', (result) => result === 'completed', isDone));
  const api = sum(ratesBy(families, ANSWERS, 'provider', (result) => result === 'ok', isAsked));
  const { requests, hitRate } = cacheOf(families);
  return {
    uptime_seconds: Math.round(uptimeSeconds),
    total_agent_executions: agents.executions,
    total_api_calls: api.executions,
    overall_agent_success_rate: agents.successRate,
    overall_api_success_rate: api.successRate,
    cache_hit_rate: hitRate,
    cache_total_requests: requests,
  };
}

/** Whether a provider was asked at all. */
const isAsked = (result: string) => result !== 'cached' && !(UNASKED as ReadonlySet<string>).has(result);

function ratesBy(
  families: readonly Family[],
  name: string,
  label: string,
  isSuccess: (result: string) => boolean,
  counts: (result: string) => boolean,
): ReadonlyMap<string, Rate> {
  const rates = new Map<string, Rate>();
  for (const { value, labels } of valuesOf(families, name)) {
    const result = String(labels.result);
    if (!counts(result)) continue;
    const key = String(labels[label]);
    const { executions, successes } = rates.get(key) ?? { executions: 0, successes: 0 };
    rates.set(key, rateOf(executions + value, successes + (isSuccess(result) ? value : 0)));
  }
  return rates;
}

function cacheOf(families: readonly Family[]): { hits: number; requests: number; hitRate: number | null } {
  const answers = valuesOf(families, ANSWERS);
  const total = (wanted: (result: string) => boolean) =>
    answers.filter(({ labels }) => wanted(String(labels.result))).reduce((all, { value }) => all + value, 0);
  const hits = total((result) => result === 'cached');
  const requests = hits + total(isAsked);
  return { hits, requests, hitRate: requests === 0 ? null : hits / requests };
}

const valuesOf = (families: readonly Family[], name: string) =>
  families.find((family) => family.name === name)?.values ?? [];
const rateOf = (executions: number, successes: number): Rate => ({
  executions,
  successes,
  successRate: executions === 0 ? null : successes / executions,
});
const sum = (rates: ReadonlyMap<string, Rate>): Rate =>
  [...rates.values()].reduce(
    (all, one) => rateOf(all.executions + one.executions, all.successes + one.successes),
    rateOf(0, 0),
  );
const told = (rates: ReadonlyMap<string, Rate>) =>
  Object.fromEntries(
    [...rates].map(([name, { executions, successes, successRate }]) => [
      name,
      { executions, successes, success_rate: successRate },
    ]),
  );

const nameOf = (name: string, labels: Partial<Record<string, string | number>>): string => {
  const inside = Object.entries(labels).map(([label, value]) => `${label}="${String(value)}"`);
  return inside.length === 0 ? name : `${name}{${inside.join(',')}}`;
};

const flat = (families: readonly Family[]): Record<string, number> =>
  Object.fromEntries(
    families.flatMap(({ name, values }) => values.map(({ value, labels }) => [nameOf(name, labels), value])),
  );

function timersOf(families: readonly Family[]): Record<string, { count: number; mean_seconds: number | null }> {
  return Object.fromEntries(
    families.flatMap(({ name, values }) => {
      const of = (metric: string) => values.filter(({ metricName }) => metricName === metric);
      return of(`${name}_count`).map(({ value: count, labels }) => {
        const seconds = of(`${name}_sum`).find((one) => nameOf('', one.labels) === nameOf('', labels))?.value ?? 0;
        return [nameOf(name, labels), { count, mean_seconds: count === 0 ? null : seconds / count }];
      });
    }),
  );
}
