import type { Config } from '../../../config.js';

/** A place that a person can open in a browser. */
export interface Door {
  path: string;
  name: string;
  /** One sentence. */
  what: string;
  /** Only in development, where it is no secret. */
  login?: string;
}

/** Those that are open under this configuration; the first are for callers, the last for operators. Pure. */
export function openDoors(config: Config): Door[] {
  const board = config.bullBoard && config.roles.has('api');
  const isDefault = !config.production && !config.values.LOOPGPT_ADMIN_PASSWORD;
  return [
    ...(config.roles.has('api')
      ? [
          {
            path: '/console',
            name: 'Console',
            what: 'Watch a cart being decided, see why, and hand it over; everything else there is to do, in pictures.',
          },
        ]
      : []),
    { path: '/docs', name: 'API', what: 'Every operation, to read and to try. As OpenAPI: /docs-json.' },
    { path: '/docs/errors', name: 'Errors', what: 'What each error code means, and whether to send it again.' },
    { path: '/asyncapi.json', name: 'Events', what: 'Events, webhooks and streams as an AsyncAPI document.' },
    ...(board
      ? [
          {
            path: '/admin/queues',
            name: 'Queues',
            what: 'Bull Board: each queue and its jobs, with retries.',
            ...(isDefault ? { login: 'admin / development' } : {}),
          },
        ]
      : []),
    { path: '/health/ready', name: 'Health', what: 'Whether this process can do its work, each dependency by name.' },
    ...(config.metricsPublic
      ? [{ path: '/metrics', name: 'Metrics', what: 'Counters and histograms for Prometheus.' }]
      : []),
  ];
}
