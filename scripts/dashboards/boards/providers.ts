import type { Board } from '../panels.js';
import { grown, rate } from '../queries.js';

export const providers: Board = {
  uid: 'loopgpt-providers',
  title: 'LoopGPT: providers',
  from: 'now-24h',
  rows: [
    {
      title: 'Who wins, and how fast they are',
      panels: [
        {
          title: 'Share of routes won',
          shape: 'shares',
          unit: 'percent',
          lines: [['{{provider}}', 'loopgpt_provider_selection_pct']],
        },
        {
          title: 'p95 of answers',
          shape: 'bars',
          unit: 'ms',
          lines: [['{{provider}}', 'loopgpt_provider_latency_p95_ms']],
        },
        {
          title: 'Well',
          shape: 'bars',
          unit: 'short',
          lines: [['{{provider}}', 'max by (provider) (loopgpt_provider_healthy)']],
        },
        {
          title: 'Success',
          shape: 'lines',
          unit: 'percentunit',
          lines: [['{{provider}}', 'loopgpt_provider_success_rate']],
        },
        {
          title: 'Why they fail',
          shape: 'lines',
          unit: 'reqps',
          lines: [
            [
              '{{provider}} {{result}}',
              `sum by (provider, result) (rate(loopgpt_provider_answers_total{result!~"ok|cached"}[5m])) > 0`,
            ],
          ],
        },
        {
          title: 'Late',
          shape: 'lines',
          unit: 'reqps',
          lines: [['{{provider}}', rate('loopgpt_provider_late_total', 'provider')]],
        },
        {
          title: 'Breakers',
          shape: 'lines',
          unit: 'short',
          lines: [['{{provider}}', 'max by (provider) (loopgpt_provider_breaker_open)']],
        },
      ],
    },
    {
      title: 'What they cost',
      panels: [
        {
          title: 'Calls and dollars, 24 h',
          shape: 'table',
          unit: 'short',
          lines: [
            ['calls', grown('loopgpt_provider_calls_total', '24h', 'provider')],
            ['dollars', grown('loopgpt_provider_cost_usd_total', '24h', 'provider')],
          ],
        },
        {
          title: 'Calls left of today',
          shape: 'lines',
          unit: 'short',
          lines: [['{{provider}}', 'max by (provider) (loopgpt_provider_budget_left_calls)']],
        },
        {
          title: 'Quotes from the cache',
          shape: 'lines',
          unit: 'percent',
          lines: [['hits', 'cache_hit_rate_percent']],
        },
        {
          title: 'Stores, products and tokens that were known',
          shape: 'lines',
          unit: 'percentunit',
          lines: [
            [
              '{{provider}}',
              `${rate('loopgpt_provider_cache_total{result="hit"}', 'provider')} / (${rate('loopgpt_provider_cache_total', 'provider')} > 0)`,
            ],
          ],
        },
        {
          title: 'Warmed that somebody used, 24 h',
          shape: 'number',
          unit: 'percentunit',
          lines: [
            [
              '',
              `${grown('loopgpt_quote_cache_warmed_used_total', '24h')} / (${grown('loopgpt_quote_cache_warmed_total', '24h')} > 0)`,
            ],
          ],
        },
        {
          title: 'Credentials end in',
          shape: 'number',
          unit: 's',
          lines: [
            ['{{provider}}', 'max by (provider) (loopgpt_provider_credentials_expire_timestamp_seconds) - time()'],
          ],
        },
      ],
    },
  ],
};
