import { secret } from '../../../common/variables.js';
import type { Card } from '../card.js';

/** MealMe: prices in cents near a point, with fees, tax and delivery time from its quote object. */
export const mealme = {
  id: 'MEALME',
  prefix: 'MEALME',
  name: 'MealMe',
  kind: 'aggregator',
  priority: 50,
  capabilities: { quotes: true, links: false, offers: false, orders: true, feesKnown: true, deliveryTimeKnown: true },
  // What we earn is the fee we add ourselves; none is configured.
  commissionBps: null,
  timeoutMs: 8000,
  callsPerDay: {},
  hosts: { production: 'https://api.mealme.ai' },
  basePath: '',
  credentials: [
    { part: 'apiKey', variable: 'MEALME_API_KEY', schema: secret().optional().describe('MealMe Id-Token') },
  ],
  simulatedCredentials: { apiKey: 'simulated-mealme-key' },
} as const satisfies Card;
