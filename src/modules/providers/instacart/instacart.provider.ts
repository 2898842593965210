import type { Provider } from '../provider.js';
import { InstacartAdapter } from './instacart.adapter.js';

/** Instacart's developer platform: a page to shop on, never a price. */
export const instacart: Provider = {
  id: 'INSTACART',
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
  connect: (settings, tools) => new InstacartAdapter(settings, tools),
};
