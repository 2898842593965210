import type { Provider } from '../provider.js';
import { KrogerAdapter } from './kroger.adapter.js';

/** Kroger's public API: store-level prices and stock; it tells neither fees nor delivery times. */
export const kroger: Provider = {
  id: 'KROGER_API',
  name: 'Kroger Direct',
  kind: 'direct',
  priority: 70,
  capabilities: {
    quotes: true,
    links: false,
    offers: false,
    orders: false,
    feesKnown: false,
    deliveryTimeKnown: false,
  },
  commissionBps: null,
  connect: (settings, tools) => new KrogerAdapter(settings, tools),
};
