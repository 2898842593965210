import { Metrics, untold, type Meters } from './metrics.js';

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

  it('tells nothing of a gauge of what is not known, whether it has labels or none', async () => {
    const metrics = new Metrics();
    const [plain, labelled] = [metrics.gauge('waiting', 'w', []), metrics.gauge('left', 'l', ['provider'])];
    plain.set(3);
    labelled.set({ provider: 'a' }, 4);
    untold(plain);
    untold(labelled);
    for (const name of ['waiting', 'left'])
      expect(
        (await metrics.registry.getSingleMetricAsString(name)).split('\n').filter((line) => !/^#|^$/.test(line)),
      ).toEqual([]);
    plain.set(5);
    expect(await metrics.registry.getSingleMetricAsString('waiting')).toContain('waiting 5');
  });
});
