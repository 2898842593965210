import type { Api } from './api.js';
import { CART } from './cart.js';
import { HOUSEHOLD } from './household.js';
import type { Receiver } from './receiver.js';

const ORDERS = [
  'Order Number,Order Date,Product Name,Quantity,Price,Delivery Status,Product Link',
  '300014000000021,"Apr 04, 2026","Oat Milk, 64 fl oz",2,7.96,Delivered,https://www.walmart.com/ip/811111111',
].join('\r\n');

/** One thing of every kind that a tenant can have, as ids by the segment of their paths. */
export async function oneOfEach(api: Api, receiver: Receiver): Promise<Record<string, string>> {
  const endpoint = await api.post('/v1/webhook-endpoints', { url: receiver.url });
  const route = await api.route(CART);
  const plan = await api.post('/v1/plans', HOUSEHOLD, { prefer: 'wait=30' });
  await receiver.waitFor(1);
  const imported = await api.post('/v1/imports', ORDERS, { 'content-type': 'text/csv', prefer: 'wait=30' });
  const [orders, products, deliveries] = await Promise.all(
    ['/v1/orders', '/v1/products?q=oat', '/v1/deliveries'].map((path) => api.get(path)),
  );
  const watch = await api.post('/v1/price-watches', { words: 'oat milk', below: { cents: 100 } });
  const area = await api.post('/v1/clearance-watches', { near: { postalCode: '8000' } });
  const cart = await api.post('/v1/carts', { text: 'add milk, and some cheese' }, { prefer: 'wait=30' });
  return {
    routes: route.id,
    carts: cart.body.id,
    plans: plan.body.id,
    'webhook-endpoints': endpoint.body.id,
    deliveries: deliveries!.body.data[0].id,
    imports: imported.body.id,
    orders: orders!.body.data[0].id,
    products: products!.body.data[0].id,
    'price-watches': watch.body.id,
    'clearance-watches': area.body.id,
  };
}
