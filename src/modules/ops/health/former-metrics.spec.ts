import { Metrics } from '../../../platform/telemetry/metrics.js';
import { providersMetrics } from '../../providers/providers.metrics.js';
import { formerMetrics, formerSummary } from './former-metrics.js';

describe('what the former optimizer told of itself', () => {
  const counted = async () => {
    const metrics = new Metrics();
    const providers = metrics.of(providersMetrics);
    metrics.jobs.inc({ queue: 'quotes', result: 'completed' }, 3);
    metrics.jobs.inc({ queue: 'quotes', result: 'failed' });
    metrics.jobs.inc({ queue: 'quotes', result: 'put_back' }, 5);
    metrics.jobs.inc({ queue: 'plans', result: 'completed' }, 4);
    providers.answers.inc({ provider: 'kroger', result: 'ok' }, 6);
    providers.answers.inc({ provider: 'kroger', result: 'timeout' }, 2);
    providers.answers.inc({ provider: 'kroger', result: 'cached' }, 8);
    providers.answers.inc({ provider: 'walmart', result: 'disabled' }, 7);
    providers.latency.observe({ provider: 'kroger' }, 0.2);
    providers.latency.observe({ provider: 'kroger' }, 0.4);
    return metrics.registry.getMetricsAsJSON();
  };

  it('is the rates of work, outside calls and cache; what was not asked is no call, what was put back no execution', async () => {
    expect(formerMetrics(await counted(), 12.6, 1000)).toMatchObject({
      system: { uptime_seconds: 13, memory_bytes: 1000 },
      agents: {
        quotes: { executions: 4, successes: 3, success_rate: 0.75 },
        plans: { executions: 4, successes: 4, success_rate: 1 },
      },
      api: { kroger: { executions: 8, successes: 6, success_rate: 0.75 } },
      cache: { hits: 8, requests: 16, hit_rate: 0.5 },
      counters: { 'loopgpt_provider_answers_total{provider="kroger",result="ok"}': 6 },
      timers: {
        'loopgpt_provider_latency_seconds{provider="kroger"}': { count: 2, mean_seconds: expect.closeTo(0.3) },
      },
    });
    expect(formerSummary(await counted(), 12.6)).toEqual({
      uptime_seconds: 13,
      total_agent_executions: 8,
      total_api_calls: 8,
      overall_agent_success_rate: 0.875,
      overall_api_success_rate: 0.75,
      cache_hit_rate: 0.5,
      cache_total_requests: 16,
    });
  });

  it('claims no rate of what was never done', async () => {
    const families = await new Metrics().registry.getMetricsAsJSON();
    expect(formerSummary(families, 0)).toMatchObject({
      total_api_calls: 0,
      overall_agent_success_rate: null,
      overall_api_success_rate: null,
      cache_hit_rate: null,
    });
  });
});
