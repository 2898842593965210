import { Metrics, type Meters } from './metrics.js';

const group = (meters: Meters) => ({ seen: meters.counter('seen_total', 'what was seen', ['by']) });

describe('metrics', () => {
  it('makes the group of a room once in a registry, however often it is asked for', async () => {
    const metrics = new Metrics();
    metrics.of(group).seen.inc({ by: 'a' });
    metrics.of(group).seen.inc({ by: 'a' });
    expect(await metrics.registry.getSingleMetricAsString('seen_total')).toContain('seen_total{by="a"} 2');
  });

  it('keeps the groups of two registries apart', async () => {
    new Metrics().of(group).seen.inc({ by: 'a' });
    const other = new Metrics();
    other.of(group);
    expect(await other.registry.getSingleMetricAsString('seen_total')).not.toContain('by="a"');
  });
});
