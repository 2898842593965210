import type { Board } from '../panels.js';
import { quantile, rate } from '../queries.js';

export const deliveries: Board = {
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
