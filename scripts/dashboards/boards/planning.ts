import type { Board } from '../panels.js';
import { grown, quantile, rate } from '../queries.js';

export const planning: Board = {
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
          title: 'Meals of drafts that were changed',
          shape: 'lines',
          unit: 'reqps',
          lines: [['', rate('loopgpt_plan_repairs_total')]],
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
