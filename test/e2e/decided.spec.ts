import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { rowsOf } from '../support/stores.js';

/** What can be asked of a decision once it has been made. */
describe('a decided route', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startApp();
  }, 60_000);
  afterAll(() => test?.close());

  describe('scored again', () => {
    it('tells who would have won with other weights, and why, and stays what it was', async () => {
      const { routes } = test.api.client;
      const route = await routes.create({ ...CART, weights: { priority: 10 } }).wait();
      const before = await routes.get(route.id);
      const [runnerUp, ...rest] = route.outcome!.fallbacks;
      const rows = () => rowsOf(test.stores.adminUrl, 'SELECT count(*) FROM events', []);
      const stored = await rows();
      const others = [runnerUp!, ...rest].map(({ providerId }) => providerId);
      const rescored = await routes.rescore(route.id, { providers: others });
      expect(rescored.changed).toBe(true);
      expect(rescored.was).toEqual(route.outcome);
      expect(rescored.wouldBe.winner!.providerId).toBe(runnerUp!.providerId);
      expect(rescored.wouldBe.explanation).toContain(runnerUp!.providerName);
      const same = await routes.rescore(route.id, { weights: { priority: 10 } });
      expect(same).toMatchObject({ changed: false, wouldBe: route.outcome });
      expect(await routes.get(route.id)).toEqual(before);
      expect(await rows()).toEqual(stored);
    });

    it('is refused while there is no outcome', async () => {
      await test.simulator.control.setFault('*', { mode: 'slow', ms: 1500 });
      const { body } = await test.api.post('/v1/routes', CART);
      const refused = await test.api.post(`/v1/routes/${body.id}/rescore`, { preset: 'price-first' });
      await test.api.post(`/v1/routes/${body.id}/cancel`);
      await test.simulator.control.reset();
      expect([refused.status, refused.body.code]).toEqual([409, 'route_not_decided']);
    });
  });

  describe('on record', () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'loopgpt-record-'));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    /** `npm run verify` as a person runs it: what it says and how it exits. */
    const verify = (...args: string[]): Promise<{ code: number; said: string }> =>
      new Promise((resolve) => {
        const env = { PATH: process.env.PATH };
        execFile(process.execPath, ['dist/scripts/verify.js', ...args], { env }, (error, stdout, stderr) =>
          resolve({ code: Number(error?.code ?? 0), said: stdout + stderr }),
        );
      });
    const file = (name: string, content: object): string => {
      writeFileSync(join(folder, name), JSON.stringify(content));
      return join(folder, name);
    };

    it('is proven by whoever holds it, and shows what was changed in it', async () => {
      const route = await test.api.route(CART);
      const body = await test.api.client.routes.record(route.id);
      expect(body.record).toMatchObject({ routeId: route.id, outcome: route.outcome, decidedAt: route.closedAt });
      expect(await verify(route.id, '--url', test.url)).toMatchObject({ code: 0, said: expect.stringContaining('✓') });

      const keys = file('jwks.json', (await test.api.get('/.well-known/jwks.json')).body);
      expect((await verify(file('record.json', body), keys)).code).toBe(0);
      const cheaper = JSON.parse(JSON.stringify(body));
      cheaper.record.answers.find((one: never) => one['answer']['result']['ok']).answer.result.offer.totalCents -= 1;
      const refused = await verify(file('cheaper.json', cheaper), keys);
      expect(refused.code).toBe(1);
      expect(refused.said).toContain('not that of this content');
      expect(refused.said).toContain('is not the one that was hashed');
      const nobodys = route.id.replace(/.$/, (last: string) => (last === '0' ? '1' : '0'));
      expect((await verify(nobodys, '--url', test.url)).said).toContain('route_not_found');
    }, 60_000);

    it('is made once: the same text for readers at once, after its rows were altered, and after the key was changed', async () => {
      const route = await test.api.route(CART);
      const path = `/v1/routes/${route.id}/record`;
      const [first, ...others] = await Promise.all(Array.from({ length: 8 }, () => test.api.get(path)));
      for (const other of others) expect(other.body).toEqual(first!.body);
      await rowsOf(test.stores.adminUrl, `UPDATE quotes SET result = '{}' WHERE route_id = $1`, [route.id]);
      const own = Buffer.alloc(32, 7).toString('base64');
      const rotated = await test.another({ LOOPGPT_SIGNING_KEYS: `${own},derived` });
      const later = await rotated.api.get(path);
      expect(later.body).toEqual(first!.body);
      const keys = (await rotated.api.get('/.well-known/jwks.json')).body;
      expect(keys.keys).toHaveLength(2);
      expect((await verify(file('later.json', later.body), file('both.json', keys))).code).toBe(0);
      await test.closeOthers();
    }, 60_000);

    it('is not there for a route without an outcome', async () => {
      await test.simulator.control.setFault('*', { mode: 'slow', ms: 1500 });
      const { body } = await test.api.post('/v1/routes', CART);
      await test.api.post(`/v1/routes/${body.id}/cancel`);
      await test.simulator.control.reset();
      const { status, body: problem } = await test.api.get(`/v1/routes/${body.id}/record`);
      expect([status, problem.code]).toEqual([409, 'route_not_decided']);
    });
  });
});
