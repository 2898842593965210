import type { Board } from '../panels.js';
import { quantile, rate } from '../queries.js';

export const words: Board = {
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
            ['questions', rate('loopgpt_words_questions_total')],
            ['unread', rate('loopgpt_words_unread_total')],
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
