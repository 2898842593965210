import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { rowsOf } from '../support/stores.js';

const REQUESTS = 10_000;
/** So many are on their way at any time, over as many connections. */
const AT_ONCE = 500;
/** What an instance says that lags behind or has waited too long for a connection, on a machine that does other work: it is sent again. */
const BUSY = ['503 overloaded', '503 store_unavailable'];

/** I9 and I15 under a stampede: one key is one row, however many send it at once. */
describe('ten thousand requests with one key', () => {
  let test: TestApp;
  const agent = new Agent({ connections: AT_ONCE, pipelining: 1 });
  beforeAll(async () => {
    test = await startApp({ LOOPGPT_RATE_LIMIT_PER_MINUTE: '1000000' });
  }, 60_000);
  afterAll(async () => {
    await agent.close();
    await test?.close();
  });

  it('make one row on two instances; each is told that one, or to send the same again in a moment', async () => {
    const second = await test.another();
    const body = JSON.stringify({ ...CART, items: CART.items.slice(0, 1), reference: 'stampede' });
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'stampede' };
    const ids = new Set<string>();
    const seen = new Map<string, number>();
    let sent = 0;
    const send = async (): Promise<void> => {
      while (sent < REQUESTS) {
        const url = sent++ % 2 ? test.url : second.url;
        for (let isAnswered = false; !isAnswered;) {
          const answer = await request(`${url}/v1/routes`, { method: 'POST', headers, body, dispatcher: agent });
          const said = (await answer.body.json()) as { id?: string; code?: string };
          const what = answer.statusCode === 202 ? '202' : `${answer.statusCode} ${said.code}`;
          if (answer.statusCode === 202) ids.add(said.id!);
          else expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1);
          isAnswered = !BUSY.includes(what);
          if (isAnswered) seen.set(what, (seen.get(what) ?? 0) + 1);
          else await pause(1000 * Number(answer.headers['retry-after']));
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, send));
    expect(ids.size).toBe(1);
    expect([...seen.values()].reduce((sum, count) => sum + count, 0)).toBe(REQUESTS);
    for (const what of seen.keys()) expect(['202', '409 idempotency_in_flight']).toContain(what);
    // 500 at once to an instance that has never seen the key: most of the first are told that it is being written.
    expect(seen.get('409 idempotency_in_flight')).toBeGreaterThan(0);
    const rows = await rowsOf(test.stores.adminUrl, `SELECT id FROM routes WHERE reference = 'stampede'`);
    const keys = await rowsOf(test.stores.adminUrl, `SELECT subject FROM idempotency_keys WHERE key = 'stampede'`);
    expect([rows, keys]).toEqual([[{ id: [...ids][0] }], [{ subject: [...ids][0] }]]);
  }, 180_000);
});
