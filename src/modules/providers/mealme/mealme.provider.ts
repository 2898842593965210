import type { Provider } from '../provider.js';
import { MealmeAdapter } from './mealme.adapter.js';

/** MealMe: prices in cents near a point, with fees, tax and delivery time from its quote object. */
export const mealme: Provider = {
  id: 'MEALME',
  name: 'MealMe',
  kind: 'aggregator',
  priority: 50,
  capabilities: { quotes: true, links: false, offers: false, orders: true, feesKnown: true, deliveryTimeKnown: true },
  // What we earn is the fee we add ourselves; none is configured.
  commissionBps: null,
  connect: (settings, tools) => new MealmeAdapter(settings, tools),
};
