import { startSimulator, type Simulator } from '../../simulator/main.js';
import { Api } from '../support/api.js';
import { CART } from '../support/cart.js';
import { RoleProcess } from '../support/processes.js';
import { Receiver } from '../support/receiver.js';
import { createStores, type Stores } from '../support/stores.js';

/** A running attempt is due again after 25 s, once nobody can be making it any more. */
const LEASE_MS = 25_000;

describe('kill -9 between the POST of a webhook and the mark that it arrived', () => {
  let stores: Stores;
  let simulator: Simulator;
  let receiver: Receiver;
  let env: Record<string, string>;
  let process_: RoleProcess;

  beforeAll(async () => {
    stores = await createStores();
    simulator = await startSimulator({ port: 0, seed: 5, latency: { medianMs: 5, p99Ms: 20 } });
    receiver = await Receiver.start();
    env = { ...stores.env, LOOPGPT_SIMULATOR_URL: simulator.url, LOOPGPT_WEBHOOK_ALLOW_PRIVATE: 'true' };
    process_ = await new RoleProcess('all', env).start();
  }, 60_000);
  afterAll(async () => {
    await process_?.stop();
    await Promise.all([simulator?.close(), receiver?.close()]);
    await stores?.drop();
  }, 60_000);

  it('leads to a second delivery with the same id and the same bytes, and to no third', async () => {
    let killed: Promise<void> | undefined;
    receiver.answer = (_call, _request, response) => {
      // It has arrived whole; the sender dies before it can hear so.
      killed ??= process_.kill();
      void killed.then(() => response.writeHead(204).end());
    };
    const accepted = await new Api(process_.url).post('/v1/routes', { ...CART, webhook: { url: receiver.url } });
    await receiver.waitFor(1, 15_000);
    await killed;
    process_ = await new RoleProcess('all', env).start();
    await receiver.waitFor(2, LEASE_MS + 20_000);
    const [first, second] = receiver.received;
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
    expect(second!.body).toBe(first!.body);
    const api = new Api(process_.url);
    const { data } = (await api.get(`/v1/deliveries?subject=${accepted.body.id}`)).body;
    const end = Date.now() + 5000;
    let delivery = (await api.get(`/v1/deliveries/${data[0].id}`)).body;
    while (delivery.status === 'pending' && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      delivery = (await api.get(`/v1/deliveries/${data[0].id}`)).body;
    }
    expect(delivery).toMatchObject({ status: 'delivered', attempts: [{ outcome: null }, { outcome: 'delivered' }] });
    expect(receiver.received).toHaveLength(2);
  }, 120_000);
});
