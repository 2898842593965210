import type { Board, Line } from './panels.js';

/* What the former operators looked at, and what came since. Expressions are those of ops/prometheus, or of what the product tells. */

const rate = (metric: string, by = '', window = '5m') =>
  by ? `sum by (${by}) (rate(${metric}[${window}]))` : `sum(rate(${metric}[${window}]))`;
const quantile = (of: number, metric: string, by = '') =>
  `histogram_quantile(${of}, sum by (${by ? `${by}, ` : ''}le) (rate(${metric}_bucket[5m])))`;
const grown = (metric: string, window: string, by = '') =>
  by ? `sum by (${by}) (increase(${metric}[${window}]))` : `sum(increase(${metric}[${window}]))`;
const WINDOWS = ['24h', '7d', '30d'] as const;
/** The same of a day, a week and a month. */
const overTime = (expression: (window: string) => string): Line[] =>
  WINDOWS.map((window) => [window, expression(window)]);
const saved = (window: string) =>
  `(${grown('loopgpt_router_alternatives_cents_total', window, 'currency')} - ${grown('loopgpt_router_compared_cents_total', window, 'currency')}) / 100`;

const realTime: Board = {
  uid: 'loopgpt-real-time',
  title: 'LoopGPT: real time',
  from: 'now-1h',
  rows: [
    {
      title: 'Routes',
      panels: [
        {
          title: 'Carts a second',
          shape: 'lines',
          unit: 'reqps',
          lines: [['carts', 'loopgpt:router_requests:rate5m']],
        },
        {
          title: 'How they end',
          shape: 'lines',
          unit: 'reqps',
          lines: [['{{status}} by {{rule}}', rate('loopgpt_router_outcomes_total', 'status, rule')]],
        },
        {
          title: 'Cart to decision',
          shape: 'lines',
          unit: 'ms',
          lines: [
            ['p50', 'loopgpt_router_latency_p50_ms'],
            ['p95', 'loopgpt_router_latency_p95_ms'],
          ],
        },
        {
          title: 'Our part of it',
          shape: 'lines',
          unit: 's',
          about: 'From the slowest answer that counted to the decision',
          lines: [
            ['p50', quantile(0.5, 'loopgpt_router_overhead_seconds')],
            ['p95', quantile(0.95, 'loopgpt_router_overhead_seconds')],
          ],
        },
        { title: 'Without a quote', shape: 'number', unit: 'percentunit', lines: [['', 'loopgpt_router_error_rate']] },
        { title: 'Open', shape: 'number', unit: 'short', lines: [['', 'max(loopgpt_router_open_routes)']] },
        { title: 'Oldest open', shape: 'number', unit: 's', lines: [['', 'max(loopgpt_router_oldest_open_seconds)']] },
        {
          title: 'Answers that are errors of ours',
          shape: 'number',
          unit: 'percentunit',
          lines: [['', 'loopgpt:http_error_ratio:rate5m']],
        },
      ],
    },
    {
      title: 'Work that waits',
      panels: [
        {
          title: 'Oldest job',
          shape: 'lines',
          unit: 's',
          lines: [['{{queue}}', 'max by (queue) (loopgpt_queue_oldest_waiting_seconds)']],
        },
        {
          title: 'Job wait and run, p95',
          shape: 'lines',
          unit: 's',
          lines: [
            ['{{queue}} waits', quantile(0.95, 'loopgpt_job_wait_seconds', 'queue')],
            ['{{queue}} runs', quantile(0.95, 'loopgpt_job_run_seconds', 'queue')],
          ],
        },
        {
          title: 'Behind on the bus',
          shape: 'lines',
          unit: 'short',
          lines: [['{{group}} on {{topic}}', 'max by (group, topic) (loopgpt_bus_lag_records)']],
        },
        {
          title: 'Events that wait',
          shape: 'lines',
          unit: 'short',
          lines: [
            ['for the bus', 'max(loopgpt_outbox_pending)'],
            ['spilled', 'max(loopgpt_spilled_events)'],
            ['dead letters', 'max(loopgpt_dead_letters_waiting)'],
          ],
        },
      ],
    },
    {
      title: 'Processes',
      panels: [
        {
          title: 'Processor',
          shape: 'lines',
          unit: 'percentunit',
          lines: [['{{instance}}', 'rate(process_cpu_seconds_total[5m])']],
        },
        {
          title: 'Heap',
          shape: 'lines',
          unit: 'percentunit',
          lines: [['{{instance}}', 'nodejs_heap_size_used_bytes / loopgpt_heap_limit_bytes']],
        },
        {
          title: 'Requests by route',
          shape: 'lines',
          unit: 'reqps',
          lines: [['{{method}} {{route}}', `topk(10, ${rate('loopgpt_http_requests_total', 'method, route')})`]],
        },
        {
          title: 'Connections to PostgreSQL',
          shape: 'lines',
          unit: 'short',
          lines: [['{{role}} {{state}}', 'sum by (role, state) (loopgpt_sql_connections)']],
        },
        {
          title: 'Releases that run',
          shape: 'table',
          unit: 'short',
          lines: [['', 'count by (version, role) (loopgpt_build_info)']],
        },
      ],
    },
  ],
};

const providers: Board = {
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

const business: Board = {
  uid: 'loopgpt-business',
  title: 'LoopGPT: business',
  from: 'now-30d',
  rows: [
    {
      title: 'A day, a week, a month',
      panels: [
        {
          title: 'Carts decided',
          shape: 'number',
          unit: 'short',
          lines: overTime((window) => grown('loopgpt_provider_selections_total', window)),
        },
        {
          title: 'Average cart',
          shape: 'number',
          unit: 'currencyUSD',
          lines: overTime(
            (window) =>
              `${grown('loopgpt_router_value_cents_total', window)} / 100 / (${grown('loopgpt_provider_selections_total', window)} > 0)`,
          ),
        },
        {
          title: 'Commission',
          shape: 'number',
          unit: 'currencyUSD',
          lines: overTime((window) => `${grown('loopgpt_router_commission_cents_total', window, 'currency')} / 100`),
        },
        { title: 'Saved against the alternatives', shape: 'number', unit: 'currencyUSD', lines: overTime(saved) },
      ],
    },
    {
      title: 'Day by day',
      panels: [
        {
          title: 'Carts',
          shape: 'lines',
          unit: 'short',
          lines: [['carts', grown('loopgpt_provider_selections_total', '1d')]],
        },
        {
          title: 'Value',
          shape: 'lines',
          unit: 'currencyUSD',
          lines: [['{{currency}}', `${grown('loopgpt_router_value_cents_total', '1d', 'currency')} / 100`]],
        },
      ],
    },
  ],
};

const planning: Board = {
  uid: 'loopgpt-planning',
  title: 'LoopGPT: plans and the language model',
  from: 'now-24h',
  rows: [
    {
      title: 'Plans',
      panels: [
        {
          title: 'Plans',
          shape: 'lines',
          unit: 'reqps',
          lines: [['{{status}} {{origin}} {{failure}}', rate('loopgpt_plans_total', 'status, origin, failure')]],
        },
        {
          title: 'Asked to made',
          shape: 'lines',
          unit: 's',
          lines: [
            ['p50', quantile(0.5, 'loopgpt_plan_latency_seconds')],
            ['p95', quantile(0.95, 'loopgpt_plan_latency_seconds')],
          ],
        },
      ],
    },
    {
      title: 'The language model',
      panels: [
        {
          title: 'Dollars in 24 h',
          shape: 'number',
          unit: 'currencyUSD',
          lines: [['{{model}}', grown('loopgpt_ai_cost_usd_total', '24h', 'model')]],
        },
        {
          title: 'A tenant may spend in a day',
          shape: 'number',
          unit: 'currencyUSD',
          lines: [['', 'max(loopgpt_ai_cap_usd)']],
        },
        {
          title: 'Tokens a second',
          shape: 'lines',
          unit: 'short',
          lines: [['{{model}}', rate('loopgpt_ai_tokens_total', 'model')]],
        },
        {
          title: 'Answers',
          shape: 'lines',
          unit: 'reqps',
          lines: [['{{model}} {{result}}', rate('loopgpt_ai_calls_total', 'model, result')]],
        },
        {
          title: 'p95 of answers',
          shape: 'lines',
          unit: 's',
          lines: [['{{model}}', quantile(0.95, 'loopgpt_ai_latency_seconds', 'model')]],
        },
      ],
    },
  ],
};

const deliveries: Board = {
  uid: 'loopgpt-deliveries',
  title: 'LoopGPT: webhooks and streams',
  from: 'now-24h',
  rows: [
    {
      title: 'Webhooks',
      panels: [
        {
          title: 'Attempts',
          shape: 'lines',
          unit: 'reqps',
          lines: [['{{outcome}}', rate('loopgpt_webhook_attempts_total', 'outcome')]],
        },
        {
          title: 'Event to first attempt',
          shape: 'lines',
          unit: 's',
          lines: [
            ['p50', quantile(0.5, 'loopgpt_webhook_first_attempt_seconds')],
            ['p95', quantile(0.95, 'loopgpt_webhook_first_attempt_seconds')],
          ],
        },
        {
          title: 'Not over',
          shape: 'lines',
          unit: 'short',
          lines: [['deliveries', 'max(loopgpt_webhook_pending_deliveries)']],
        },
        {
          title: 'Endpoints that are off',
          shape: 'lines',
          unit: 'short',
          lines: [['{{reason}}', 'max by (reason) (loopgpt_webhook_disabled_endpoints)']],
        },
        {
          title: 'Given up, last hour',
          shape: 'number',
          unit: 'percentunit',
          lines: [['', 'loopgpt:webhooks_missed:ratio1h']],
        },
      ],
    },
    {
      title: 'Streams',
      panels: [
        {
          title: 'Open',
          shape: 'lines',
          unit: 'short',
          lines: [['{{instance}}', 'sum by (instance) (loopgpt_live_streams)']],
        },
        {
          title: 'Ended',
          shape: 'lines',
          unit: 'reqps',
          lines: [['{{why}}', rate('loopgpt_live_ended_total', 'why')]],
        },
      ],
    },
  ],
};

const words: Board = {
  uid: 'loopgpt-history-and-words',
  title: 'LoopGPT: history and words',
  from: 'now-24h',
  rows: [
    {
      title: 'Words',
      panels: [
        {
          title: 'How well they are read',
          shape: 'table',
          unit: 'percent',
          lines: [['', 'max by (set, measure, model) (nlp_service_accuracy_percent)']],
        },
        {
          title: 'Carts',
          shape: 'lines',
          unit: 'reqps',
          lines: [['{{status}}', rate('loopgpt_carts_total', 'status')]],
        },
        {
          title: 'Questions and words that nobody read',
          shape: 'lines',
          unit: 'reqps',
          lines: [
            ['questions', rate('nlp_questions_total')],
            ['unread', rate('nlp_unread_words_total')],
          ],
        },
      ],
    },
    {
      title: 'History and prices',
      panels: [
        {
          title: 'Imports',
          shape: 'lines',
          unit: 'reqps',
          lines: [['{{format}} {{status}}', rate('loopgpt_imports_total', 'format, status')]],
        },
        {
          title: 'Orders',
          shape: 'lines',
          unit: 'reqps',
          lines: [['{{result}}', rate('walmart_orders_processed_total', 'result')]],
        },
        {
          title: 'Prices learnt',
          shape: 'lines',
          unit: 'reqps',
          lines: [['{{kind}}', rate('loopgpt_prices_observed_total', 'kind')]],
        },
        {
          title: 'Import, p95',
          shape: 'lines',
          unit: 's',
          lines: [['', quantile(0.95, 'loopgpt_import_latency_seconds')]],
        },
      ],
    },
  ],
};

export const BOARDS: readonly Board[] = [realTime, providers, business, planning, deliveries, words];
