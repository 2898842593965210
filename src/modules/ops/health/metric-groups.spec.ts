import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import { METRIC_GROUPS } from './metric-groups.js';

describe('the groups of metrics', () => {
  it('are those of every file that declares some', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.metrics.ts'),
    );
    const named = readFileSync(join('src', 'modules', 'ops', 'health', 'metric-groups.ts'), 'utf8');
    expect(files.filter((path) => !named.includes(`/${basename(path, '.ts')}.js'`))).toEqual([]);
    expect(METRIC_GROUPS).toHaveLength(files.length);
  });

  it('show every name before anything was counted', async () => {
    const metrics = new Metrics();
    for (const group of METRIC_GROUPS) metrics.of<unknown>(group);
    const text = await metrics.registry.metrics();
    for (const name of ['loopgpt_router_requests_total', 'loopgpt_provider_late_total', 'loopgpt_live_ended_total'])
      expect(text).toContain(`# TYPE ${name} `);
  });
});
