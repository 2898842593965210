import { startSimulator, type Simulator } from '../../simulator/main.js';
import { Api } from '../support/api.js';
import { CART } from '../support/cart.js';
import { RoleProcess } from '../support/processes.js';
import { Receiver } from '../support/receiver.js';
import { createStores, rowsOf, type Stores } from '../support/stores.js';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Q2, with a listener that ends its process whatever it takes in hand first. */
describe('a record of the bus that ends the process', () => {
  let stores: Stores;
  let simulator: Simulator;
  let receiver: Receiver;
  const started: RoleProcess[] = [];

  beforeAll(async () => {
    stores = await createStores();
    simulator = await startSimulator({ port: 0, seed: 5, latency: { medianMs: 20, p99Ms: 50 } });
    receiver = await Receiver.start();
  }, 60_000);
  afterAll(async () => {
    for (const one of started) await one.stop();
    await Promise.all([simulator?.close(), receiver?.close()]);
    await stores?.drop();
  }, 60_000);

  const start = async (env: Record<string, string>) => {
    const one = new RoleProcess('all', {
      ...stores.env,
      LOOPGPT_SIMULATOR_URL: simulator.url,
      LOOPGPT_WEBHOOK_ALLOW_PRIVATE: 'true',
      ...env,
    });
    started.push(one);
    // It may end before it says that it listens.
    await one.start().catch((error: unknown) => {
      if (one.alive) throw error;
    });
    return one;
  };
  const route = (one: RoleProcess) => new Api(one.url).route({ ...CART, webhook: { url: receiver.url } }, 30);
  const letters = () =>
    rowsOf<{ source: string; subject: string; reason: string }>(
      stores.adminUrl,
      `SELECT source, record->>'subject' AS subject, reason FROM dead_letters`,
    );
  const ends = async (one: RoleProcess, withinMs: number) => {
    for (const until = Date.now() + withinMs; one.alive && Date.now() < until;) await pause(50);
    return !one.alive;
  };

  it('is parked with the reason once it was in hand at three counted ends, and what comes after it is handled', async () => {
    const first = await start({ CRASH_AT: 'notifier.pre_fan_out' });
    const accepted = await new Api(first.url).post('/v1/routes', { ...CART, webhook: { url: receiver.url } });
    expect(accepted.status).toBe(202);
    expect(await ends(first, 30_000)).toBe(true);

    for (let again = 1; again <= 3; again++) {
      expect(await ends(await start({ CRASH_AT: 'notifier.pre_fan_out' }), 30_000)).toBe(true);
      expect(await letters()).toEqual([]);
    }

    const last = await start({ CRASH_AT: 'notifier.pre_fan_out' });
    for (const until = Date.now() + 30_000; (await letters()).length === 0 && Date.now() < until;) await pause(100);
    expect(await letters()).toEqual([
      {
        source: 'routes.v1/notifications',
        subject: accepted.body.id,
        reason: 'the process ended 3 times while this was handled',
      },
    ]);
    expect(last.alive).toBe(true);
    await last.stop();

    const well = await start({});
    const { id } = await route(well);
    await receiver.waitFor(1, 30_000);
    expect(receiver.received.map(({ body }) => JSON.parse(body).data.id)).toEqual([id]);
    expect(await rowsOf(stores.adminUrl, 'SELECT * FROM crash_suspects')).toEqual([]);
  }, 180_000);

  it('leaves no sign of a process that was stopped in order', async () => {
    for (const one of started) await one.stop();
    const before = await rowsOf(stores.adminUrl, 'SELECT id FROM running_processes');
    const one = await start({});
    await one.stop();
    expect(await rowsOf(stores.adminUrl, 'SELECT id FROM running_processes')).toEqual(before);
  }, 90_000);
});
