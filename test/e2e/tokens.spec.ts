import { databaseNow, setDatabaseTime } from '../../src/common/clock.js';
import { SCOPES } from '../../src/modules/tenants/scopes.js';
import { TenantsService } from '../../src/modules/tenants/tenants.service.js';
import { Api } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { HOUSEHOLD } from '../support/household.js';
import { SseClient } from '../support/sse.js';

describe('a browser token', () => {
  let test: TestApp;
  let mine: Api;
  let anyone: Api;

  beforeAll(async () => {
    test = await startApp();
    const { key } = await test.app
      .get(TenantsService)
      .createKey({ tenantName: 'Mine', name: 'mine', scopes: [...SCOPES], expiresInDays: null });
    mine = new Api(test.url, key);
    anyone = new Api(test.url);
  }, 60_000);
  afterAll(() => test?.close());

  async function tokenOf(id: string, kind: 'routes' | 'plans' = 'routes'): Promise<string> {
    const made = await mine.post(`/v1/${kind}/${id}/token`);
    expect(made.status).toBe(201);
    const minutes = (Date.parse(made.body.expiresAt) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(14.9);
    expect(minutes).toBeLessThanOrEqual(15);
    return made.body.token as string;
  }

  it('follows and reads its own route without a key, by address or by header', async () => {
    const { id } = await mine.route(CART);
    const token = await tokenOf(id);
    const stream = await SseClient.open(`${test.url}/v1/routes/${id}/events?token=${token}`);
    await stream.until((client) => client.ended);
    expect(stream.frames.map(({ event }) => event)).toEqual(['route.decided']);
    expect((await anyone.get(`/v1/routes/${id}?token=${token}`)).body.status).toBe('fulfilled');
    expect((await new Api(test.url, token).get(`/v1/routes/${id}`)).status).toBe(200);
  });

  it('follows and reads its own plan, and no route', async () => {
    const { body: plan } = await mine.post('/v1/plans', { ...HOUSEHOLD, days: 1 });
    const token = await tokenOf(plan.id, 'plans');
    const stream = await SseClient.open(`${test.url}/v1/plans/${plan.id}/events?token=${token}`);
    await stream.until((client) => client.ended, 25_000);
    expect(stream.frames.at(-1)!.event).toBe('plan.generated');
    expect((await anyone.get(`/v1/plans/${plan.id}?token=${token}`)).body.status).toBe('completed');
    const { id } = await mine.route(CART);
    expect((await anyone.get(`/v1/routes/${id}?token=${token}`)).body.code).toBe('token_not_accepted');
    expect((await mine.post(`/v1/plans/${plan.id}/token`)).body.subject).toBe(plan.id);
  });

  it('is made and followed only where the scope that was looked at is that of the thing', async () => {
    const { body: plan } = await mine.post('/v1/plans', { ...HOUSEHOLD, days: 1 });
    const { id } = await mine.route(CART);
    const tries = await Promise.all([
      mine.post(`/v1/routes/${plan.id}/token`),
      mine.get(`/v1/routes/${plan.id}/events`),
      mine.post(`/v1/plans/${id}/token`),
      mine.get(`/v1/plans/${id}/events`),
    ]);
    const [asRoute, asPlan] = ['route_not_found', 'plan_not_found'];
    expect(tries.map(({ body }) => body.code)).toEqual([asRoute, asRoute, asPlan, asPlan]);
  });

  it('opens nothing else: not another route, no list, no write, no token of its own', async () => {
    const [one, other] = [await mine.route(CART), await mine.route(CART)];
    const token = new Api(test.url, await tokenOf(one.id));
    const tries = [
      token.get(`/v1/routes/${other.id}`),
      token.get(`/v1/routes/${other.id}/events`),
      token.get('/v1/routes'),
      token.get('/v1/events'),
      token.get(`/v1/routes/${one.id}/timeline`),
      token.get('/v1/deliveries'),
      token.post(`/v1/routes/${one.id}/cancel`),
      token.post(`/v1/routes/${one.id}/token`),
      token.post('/v1/routes', CART),
    ];
    for (const { status, body } of await Promise.all(tries)) {
      expect([status, body.code]).toEqual([403, 'token_not_accepted']);
    }
  });

  it('is refused when it is altered or a quarter of an hour old, and is not mistaken for the absence of a key', async () => {
    const { id } = await mine.route(CART);
    const token = await tokenOf(id);
    for (const bad of [`${token.slice(0, -2)}AA`, 'lgt_', 'x']) {
      const refused = await anyone.get(`/v1/routes/${id}?token=${bad}`);
      expect([refused.status, refused.body.code]).toEqual([401, 'token_invalid']);
    }
    const now = databaseNow();
    setDatabaseTime(now + 16 * 60_000, performance.now());
    expect((await anyone.get(`/v1/routes/${id}/events?token=${token}`)).body.code).toBe('token_invalid');
    setDatabaseTime(now, performance.now());
  });
});
