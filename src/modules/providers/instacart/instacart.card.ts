import { secret } from '../../../common/variables.js';
import type { Card } from '../card.js';

/** Instacart's developer platform: a page to shop on, never a price. */
export const instacart = {
  id: 'INSTACART',
  prefix: 'INSTACART',
  name: 'Instacart',
  kind: 'aggregator',
  priority: 40,
  capabilities: {
    quotes: false,
    links: true,
    offers: false,
    orders: false,
    feesKnown: false,
    deliveryTimeKnown: false,
  },
  commissionBps: null,
  timeoutMs: 8000,
  callsPerDay: {},
  hosts: { production: 'https://connect.instacart.com' },
  basePath: '',
  credentials: [
    { part: 'apiKey', variable: 'INSTACART_API_KEY', schema: secret().optional().describe('Instacart key, keys.…') },
  ],
  simulatedCredentials: { apiKey: 'keys.00000000000000000000000000000000' },
} as const satisfies Card;
