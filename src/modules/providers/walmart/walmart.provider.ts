import type { Provider } from '../provider.js';
import { WalmartAdapter } from './walmart.adapter.js';

/** Walmart's affiliate API: national catalogue prices; no delivery fee, slot or tax. */
export const walmart: Provider = {
  id: 'WALMART_API',
  name: 'Walmart Direct',
  kind: 'direct',
  priority: 60,
  capabilities: { quotes: true, links: true, offers: false, orders: false, feesKnown: false, deliveryTimeKnown: false },
  // Up to about 4 % by community notes; the programme's own rate is not published.
  commissionBps: 400,
  connect: (settings, tools) => new WalmartAdapter(settings, tools),
};
