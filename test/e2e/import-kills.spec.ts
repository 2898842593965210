import { startSimulator, type Simulator } from '../../simulator/main.js';
import { WORDS_CRASH_POINTS, type CrashPoint } from '../../src/common/crash-points.js';
import { Api, type ApiResponse } from '../support/api.js';
import { Cast, type RoleProcess } from '../support/processes.js';
import { createStores, rowsOf, type Stores } from '../support/stores.js';

const HEADER = 'Order Number,Order Date,Product Name,Quantity,Price,Delivery Status,Product Link';
const ORDERS = 250;
const POINTS: CrashPoint[] = [
  'api.pre_commit',
  'api.post_commit',
  'api.pre_enqueue',
  'import.picked_up',
  'import.read',
  'import.merged',
  'import.closed',
  'import.committed',
];

/** kill -9 of whoever takes, reads or merges an import, at each step: one import for each key, its orders there whole or not at all. */
describe('kill -9 while orders are imported', () => {
  let stores: Stores;
  let simulator: Simulator;
  let cast: Cast;
  let made = 0;

  beforeAll(async () => {
    stores = await createStores();
    simulator = await startSimulator({ port: 0, seed: 3, latency: { medianMs: 0, p99Ms: 0 } });
    cast = new Cast({ ...stores.env, LOOPGPT_SIMULATOR_URL: simulator.url });
  }, 60_000);
  afterAll(async () => {
    await cast?.stop();
    await simulator?.close();
    await stores?.drop();
  }, 60_000);

  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  /** Orders of numbers that no other test has, 2 lines each. */
  const fileOf = (number: number): string => {
    const rows = Array.from({ length: ORDERS * 2 }, (_, at) => {
      const key = 300_100_000_000_000 + number * 10_000 + Math.floor(at / 2);
      const item = 800_000_000 + number * 1000 + (at % 50);
      return `${key},"Apr 04, 2026",Thing ${item},1,2.50,Delivered,https://www.walmart.com/ip/${item}`;
    });
    return [HEADER, ...rows].join('\n');
  };
  const stored = async (number: number) => {
    const from = 300_100_000_000_000 + number * 10_000;
    const [row] = await rowsOf<{ orders: number; lines: number }>(
      stores.adminUrl,
      `SELECT count(DISTINCT o.id)::int AS orders, count(l.position)::int AS lines FROM orders o LEFT JOIN order_lines l ON l.order_id = o.id
       WHERE o.number_key BETWEEN '${from}' AND '${from + ORDERS}'`,
    );
    return [row!.orders, row!.lines];
  };
  const send = (api: Api, number: number): Promise<ApiResponse | null> =>
    api
      .post('/v1/imports', fileOf(number), { 'content-type': 'text/csv', 'idempotency-key': `kill-${number}` })
      .catch(() => null);

  async function died(victim: RoleProcess): Promise<boolean> {
    for (let wait = 0; wait < 200 && victim.alive; wait++) await pause(50);
    return !victim.alive;
  }

  it.each(POINTS)(
    'at %s leaves one import, and all of its orders or none',
    async (point) => {
      const number = ++made;
      await cast.of();
      const victim = await cast.launchVictim('all', `${point}:1`);
      await send(new Api(victim.url), number);
      expect(await died(victim)).toBe(true);
      const left = await stored(number);
      expect([
        [0, 0],
        [ORDERS, ORDERS * 2],
      ]).toContainEqual(left);
      const [survivor] = await cast.of('all');
      const api = new Api(survivor!.url);
      const again = await send(api, number);
      const { body } = await api.get(`/v1/imports/${again!.body.id}`, { prefer: 'wait=30' });
      expect(body).toMatchObject({ status: 'completed', outcome: { orders: { new: ORDERS, changed: 0, same: 0 } } });
      expect(await stored(number)).toEqual([ORDERS, ORDERS * 2]);
      const rows = await rowsOf<{ imports: number; closings: number; chunks: number }>(
        stores.adminUrl,
        `SELECT count(*)::int AS imports,
           sum((SELECT count(*) FROM events e WHERE e.subject = i.id AND e.name LIKE 'import.%'))::int AS closings,
           sum((SELECT count(*) FROM import_chunks c WHERE c.import_id = i.id))::int AS chunks
         FROM imports i WHERE i.id >= '${body.id}'`,
      );
      expect(rows).toEqual([{ imports: 1, closings: 1, chunks: 0 }]);
    },
    120_000,
  );

  it.each(['api.post_commit', ...WORDS_CRASH_POINTS])(
    'at %s leaves a cart of words open for another process, or read once',
    async (point) => {
      const number = ++made;
      const [survivor] = await cast.of('all');
      const victim = await cast.launchVictim('all', `${point}:1`);
      const body = { text: `2 lb rice, ${number} eggs and some cheese` };
      const ask = (api: Api) => api.post('/v1/carts', body, { 'idempotency-key': `words-${number}` }).catch(() => null);
      // Whoever takes its job may be either: so many others are said that the victim comes by there.
      await ask(new Api(victim.url));
      for (let more = 0; victim.alive && more < 40; more++) {
        await new Api(victim.url).post('/v1/carts', { text: `${more + 1} bananas` }).catch(() => null);
        await pause(50);
      }
      expect(await died(victim)).toBe(true);
      const api = new Api(survivor!.url);
      const again = await ask(api);
      const { body: cart } = await api.get(`/v1/carts/${again!.body.id}`, { prefer: 'wait=30' });
      expect(cart).toMatchObject({ status: 'needs_input', version: 1 });
      expect(cart.lines.map(({ name }: { name: string }) => name)).toEqual(['rice', 'eggs', 'cheese']);
      const left = async () =>
        rowsOf<{ open: number; closings: number }>(
          stores.adminUrl,
          `SELECT count(*) FILTER (WHERE status = 'open')::int AS open, max((SELECT count(*) FROM events e WHERE e.subject = c.id))::int AS closings
           FROM carts c`,
        );
      for (let wait = 0; wait < 100 && (await left())[0]!.open > 0; wait++) await pause(100);
      expect(await left()).toEqual([{ open: 0, closings: 1 }]);
    },
    120_000,
  );

  it('of who undoes an import leaves it done or undone, and it can be undone again', async () => {
    const number = ++made;
    const [first] = await cast.of('all');
    const sent = await send(new Api(first!.url), number);
    await new Api(first!.url).get(`/v1/imports/${sent!.body.id}`, { prefer: 'wait=30' });
    const victim = await cast.launchVictim('all', 'import.undone:1');
    await new Api(victim.url).post(`/v1/imports/${sent!.body.id}/undo`).catch(() => null);
    expect(await died(victim)).toBe(true);
    const api = new Api(first!.url);
    expect((await api.get(`/v1/imports/${sent!.body.id}`)).body.undoneAt).toBeNull();
    expect(await stored(number)).toEqual([ORDERS, ORDERS * 2]);
    expect((await api.post(`/v1/imports/${sent!.body.id}/undo`)).status).toBe(200);
    expect(await stored(number)).toEqual([0, 0]);
  }, 60_000);

  it('and a cancel that races who begins again leave nothing of it, or all where the cancel came too late', async () => {
    const number = ++made;
    await cast.of();
    const victim = await cast.launchVictim('all', 'import.read:1');
    const first = await send(new Api(victim.url), number);
    expect(await died(victim)).toBe(true);
    const [survivor] = await cast.of('all');
    const api = new Api(survivor!.url);
    const id = first?.body.id ?? (await send(api, number))!.body.id;
    const cancelled = await api.post(`/v1/imports/${id}/cancel`);
    await pause(3000);
    const { status } = (await api.get(`/v1/imports/${id}`)).body;
    expect(status).toBe(cancelled.status === 200 ? 'cancelled' : 'completed');
    expect(await stored(number)).toEqual(status === 'cancelled' ? [0, 0] : [ORDERS, ORDERS * 2]);
    expect(await rowsOf(stores.adminUrl, `SELECT 1 FROM import_chunks WHERE import_id = '${id}'`)).toEqual([]);
  }, 60_000);
});
