import { join } from 'node:path';
import { Api } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { RoleProcess } from '../support/processes.js';
import { Receiver } from '../support/receiver.js';

const PRELOAD = join(process.cwd(), 'test', 'support', 'shifted-clock.cjs');

/** Hosts whose clocks are off, beside one whose clock is right, on the same stores. */
describe('a process with a wrong clock', () => {
  let test: TestApp;
  let receiver: Receiver;
  const wrong: RoleProcess[] = [];

  const shifted = async (ms: number): Promise<RoleProcess> => {
    const process = new RoleProcess('all', {
      ...test.stores.env,
      LOOPGPT_SIMULATOR_URL: test.simulator.url,
      LOOPGPT_WEBHOOK_ALLOW_PRIVATE: 'true',
      NODE_OPTIONS: `--require ${PRELOAD}`,
      TEST_CLOCK_SHIFT_MS: String(ms),
    });
    wrong.push(process);
    return process.start();
  };

  beforeAll(async () => {
    test = await startApp();
    receiver = await Receiver.start();
  }, 60_000);
  afterAll(async () => {
    await Promise.all(wrong.map((process) => process.stop()));
    await receiver?.close();
    await test?.close();
  }, 60_000);

  it('goes by the database’s time and says that it is not ready when it is minutes behind', async () => {
    const behind = await shifted(-400_000);
    const slow = new Api(behind.url);
    const ready = await slow.get('/health/ready');
    expect(ready.status).toBe(503);
    expect(ready.body.checks.clock).toMatchObject({
      ok: false,
      detail: expect.stringContaining('s behind the database'),
    });
    expect(behind.log.some((line) => line.includes('clock.off'))).toBe(true);

    // Ids: newest first, whoever made them, and no page leaves one out.
    const made: string[] = [];
    for (const api of [test.api, slow, test.api, slow]) made.push((await api.post('/v1/routes', CART)).body.id);
    const listed: string[] = [];
    for (let cursor = ''; listed.length < made.length;) {
      const { body } = await test.api.get(`/v1/routes?limit=1${cursor && `&cursor=${cursor}`}`);
      listed.push(body.data[0].id);
      cursor = body.nextCursor;
    }
    expect(listed).toEqual([...made].reverse());

    // Tokens: good for a quarter of an hour with whoever is asked.
    const made1 = await slow.post(`/v1/routes/${made[0]}/token`);
    expect(Date.parse(made1.body.expiresAt) - Date.now()).toBeGreaterThan(14 * 60_000);
    expect((await test.api.get(`/v1/routes/${made[0]}?token=${made1.body.token}`)).status).toBe(200);
    const made2 = await test.api.post(`/v1/routes/${made[1]}/token`);
    expect((await slow.get(`/v1/routes/${made[1]}?token=${made2.body.token}`)).status).toBe(200);

    // Webhooks: whichever of the two sends one, its timestamp is one that a verifier accepts.
    const count = 10;
    const webhook = { url: receiver.url };
    for (let index = 0; index < count; index++) {
      await (index % 2 ? slow : test.api).post('/v1/routes', { ...CART, webhook });
    }
    await receiver.waitFor(count, 20_000);
    for (const { headers } of receiver.received) {
      expect(Math.abs(Number(headers['webhook-timestamp']) * 1000 - Date.now())).toBeLessThan(60_000);
    }
    // Quotes: they hold by the clock they are judged by.
    const routed = await test.api.route(CART);
    expect(routed.outcome.excluded.filter(({ reason }: { reason: string }) => reason === 'expired')).toEqual([]);
  }, 120_000);

  it('is ready and says so when it is seconds off', async () => {
    const ahead = await shifted(3000);
    const { status, body } = await new Api(ahead.url).get('/health/ready');
    expect(status).toBe(200);
    expect(body.checks.clock).toMatchObject({
      ok: true,
      detail: expect.stringMatching(/^the clock of this process is [23]\.\d s ahead/),
    });
    expect(ahead.log.some((line) => line.includes('clock.off'))).toBe(true);
  }, 90_000);
});
