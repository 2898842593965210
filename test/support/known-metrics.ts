import { readFileSync } from 'node:fs';
import { METRIC_GROUPS } from '../../src/modules/ops/health/metric-groups.js';
import { Metrics } from '../../src/platform/telemetry/metrics.js';

/** Every name that rules and dashboards may ask for: what the product tells, Prometheus's own, and what the rules make. */
export async function knownMetrics(): Promise<ReadonlySet<string>> {
  const metrics = new Metrics();
  for (const group of METRIC_GROUPS) metrics.of<unknown>(group);
  const known = new Set(['up']);
  for (const [, name, type] of (await metrics.registry.metrics()).matchAll(/^# TYPE (\S+) (\S+)$/gm))
    for (const end of type === 'histogram' ? ['_bucket', '_sum', '_count'] : ['']) known.add(name! + end);
  for (const [, name] of readFileSync('ops/prometheus/recording.yml', 'utf8').matchAll(/- record: (\S+)/g))
    known.add(name!);
  return known;
}
