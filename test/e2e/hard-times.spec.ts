import { startSimulator, type Simulator } from '../../simulator/main.js';
import { CART } from '../support/cart.js';
import { RoleProcess } from '../support/processes.js';
import { createStores, type Stores } from '../support/stores.js';

const LINES = Array.from({ length: 200 }, (_, index) => ({ ...CART.items[index % 3]!, id: `line-${index}` }));

describe('a process in hard times', () => {
  let stores: Stores;
  let simulator: Simulator;
  beforeAll(async () => {
    stores = await createStores();
    simulator = await startSimulator({ port: 0, seed: 1, latency: { medianMs: 50, p99Ms: 100 } });
  }, 60_000);
  afterAll(async () => {
    await simulator?.close();
    await stores?.drop();
  });

  it('refuses with 503 or 429 before its memory ends, and does not die', async () => {
    const env = { ...stores.env, LOOPGPT_SIMULATOR_URL: simulator.url, NODE_OPTIONS: '--max-old-space-size=112' };
    const small = await new RoleProcess('all', env).start();
    const send = () =>
      fetch(`${small.url}/v1/routes`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...CART, items: LINES, deadlineMs: 5000 }),
      }).then(async (answer) => {
        await answer.text();
        return answer.status;
      });
    const statuses: number[] = [];
    for (let burst = 0; burst < 5; burst++) statuses.push(...(await Promise.all(Array.from({ length: 60 }, send))));
    const live = await fetch(`${small.url}/health/live`);
    await small.stop();
    expect(statuses.filter((status) => ![202, 429, 503].includes(status))).toEqual([]);
    expect(live.status).toBe(200);
  }, 120_000);

  it('that is started while Kafka is away says so in a sentence', async () => {
    const env = { ...stores.env, LOOPGPT_SIMULATOR_URL: simulator.url, KAFKA_BROKERS: '127.0.0.1:1' };
    const said = await new RoleProcess('all', env).start().then(
      async (started) => {
        await started.stop();
        return 'it started';
      },
      (error: Error) => error.message,
    );
    expect(said).toMatch(/Kafka cannot be reached at 127\.0\.0\.1:1/);
    expect(said).not.toMatch(/^\s+at /m);
  }, 120_000);
});
