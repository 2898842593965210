import type { Api } from './api.js';
import { CART } from './cart.js';
import { HOUSEHOLD } from './household.js';
import type { Receiver } from './receiver.js';

/** One thing of every kind that a tenant can have, as ids by the segment of their paths. */
export async function oneOfEach(api: Api, receiver: Receiver): Promise<Record<string, string>> {
  const endpoint = await api.post('/v1/webhook-endpoints', { url: receiver.url });
  const route = await api.route(CART);
  const plan = await api.post('/v1/plans', HOUSEHOLD, { prefer: 'wait=30' });
  await receiver.waitFor(1);
  const deliveries = await api.get('/v1/deliveries');
  return {
    routes: route.id,
    plans: plan.body.id,
    'webhook-endpoints': endpoint.body.id,
    deliveries: deliveries.body.data[0].id,
  };
}
