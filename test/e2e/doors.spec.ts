import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { SCOPES, type Scope } from '../../src/modules/tenants/scopes.js';
import { TenantsService } from '../../src/modules/tenants/tenants.service.js';
import { Api } from '../support/api.js';
import { startApp, type Instance, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { Receiver } from '../support/receiver.js';
import { SocketClient } from '../support/socket.js';
import { SseClient } from '../support/sse.js';
import { rowsOf } from '../support/stores.js';

const PRODUCTION = {
  LOOPGPT_ENV: 'production',
  LOOPGPT_SECRET_KEY: randomBytes(32).toString('base64'),
  LOOPGPT_WEBHOOK_ALLOW_PRIVATE: 'false',
  LOOPGPT_ADMIN_PASSWORD: 'o7Tq-2vK9-xwEr',
  LOOPGPT_BULL_BOARD: 'true',
};

describe('who gets in', () => {
  let test: TestApp;
  let developmentKey: string;

  beforeAll(async () => {
    test = await startApp({ LOOPGPT_SECRET_KEY: PRODUCTION.LOOPGPT_SECRET_KEY });
    developmentKey = await test.app.get(TenantsService).developmentKey();
  }, 60_000);
  afterAll(() => test?.close());
  afterEach(() => test.closeOthers());

  const keyFor = (scopes: readonly Scope[], instance: Pick<Instance, 'app'> = test) =>
    instance.app
      .get(TenantsService)
      .createKey({ tenantId: 'ten_doors', tenantName: 'Doors', name: 'doors', scopes, expiresInDays: null });

  it('is in production nobody with the key of development, in whatever spelling, though it is the same database', async () => {
    expect((await new Api(test.url, developmentKey).get('/v1/routes')).status).toBe(200);
    const production = await test.another(PRODUCTION);
    const [row] = await rowsOf<{ revoked: boolean }>(
      test.stores.adminUrl,
      `SELECT revoked_at IS NOT NULL AS revoked FROM api_keys WHERE id = 'development2'`,
    );
    expect(row).toEqual({ revoked: true });
    // Even where another instance of development has brought it back.
    await test.app.get(TenantsService).developmentKey();
    const refused = await new Api(production.url, developmentKey).get('/v1/routes');
    expect([refused.status, refused.body.code]).toEqual([401, 'api_key_invalid']);
  }, 60_000);

  it('is in production nobody without a key, at /metrics neither', async () => {
    const production = await test.another(PRODUCTION);
    const keyless = await production.api.get('/v1/routes');
    expect([keyless.status, keyless.body.code]).toEqual([401, 'api_key_missing']);
    const metrics = async (key?: string) => {
      const headers: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {};
      const response = await request(`${production.url}/metrics`, { headers });
      await response.body.dump();
      return response.statusCode;
    };
    expect(await metrics()).toBe(401);
    expect(await metrics((await keyFor(['routes:read'], production)).key)).toBe(403);
    expect(await metrics((await keyFor(['admin'], production)).key)).toBe(200);
    expect((await request(`${test.url}/metrics`)).statusCode).toBe(200);
  }, 60_000);

  it('is in development only who asks this machine by a name of its own', async () => {
    const { host } = new URL(test.url);
    const asking = async (name: string, url = test.url) => {
      const response = await request(`${url}/v1/routes`, { headers: { host: name } });
      const body = (await response.body.json()) as { errors?: { pointer: string }[] };
      return [response.statusCode, body.errors?.[0]?.pointer];
    };
    for (const name of [host, 'localhost:3000', 'shop.localhost', '[::1]:3000']) {
      expect([name, ...(await asking(name))]).toEqual([name, 200, undefined]);
    }
    for (const name of ['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io:3000', '192.168.0.7', 'api']) {
      expect([name, ...(await asking(name))]).toEqual([name, 400, 'Host']);
    }
    const open = await test.another({ LOOPGPT_ALLOW_OPEN: 'true' });
    expect(await asking('evil.example', open.url)).toEqual([200, undefined]);
  }, 60_000);

  it('is nobody any more within 3 s of a key’s end: requests, browser tokens, streams, sockets and long polls', async () => {
    const { id: keyId, key } = await keyFor(SCOPES);
    const mine = new Api(test.url, key);
    await test.simulator.control.setLatency({ medianMs: 20_000, p99Ms: 20_000 });
    const { body: route } = await mine.post('/v1/routes', { ...CART, deadlineMs: 20_000 });
    const { token } = (await mine.post(`/v1/routes/${route.id}/token`)).body as { token: string };
    const anyone = new Api(test.url);
    expect((await anyone.get(`/v1/routes/${route.id}?token=${token}`)).status).toBe(200);
    const socket = await SocketClient.open(`${test.url}/v1/stream`, { authorization: `Bearer ${key}` }, ['loopgpt.v1']);
    const streams = [
      await SseClient.open(`${test.url}/v1/routes/${route.id}/events?token=${token}`),
      await SseClient.open(`${test.url}/v1/routes/${route.id}/events`, { authorization: `Bearer ${key}` }),
    ];
    const wait = { prefer: 'wait=15' };
    const [byKey, byToken] = [
      mine.get(`/v1/routes/${route.id}`, wait),
      anyone.get(`/v1/routes/${route.id}?token=${token}`, wait),
    ];
    await sleep(200);
    const started = performance.now();
    await test.app.get(TenantsService).revokeKey(keyId);
    await Promise.all([
      byKey,
      byToken,
      socket.until(({ code }) => code !== 0, 5000),
      ...streams.map((stream) => stream.until(({ ended }) => ended, 5000)),
    ]);
    expect(performance.now() - started).toBeLessThan(3000);
    expect([(await byKey).body.code, (await byToken).body.code]).toEqual(['api_key_invalid', 'token_invalid']);
    await sleep(Math.max(0, 3000 - (performance.now() - started)));
    const late = await anyone.get(`/v1/routes/${route.id}?token=${token}`);
    expect([late.status, late.body.code]).toEqual([401, 'token_invalid']);
    expect((await mine.get('/v1/routes')).status).toBe(401);
    await test.simulator.control.setLatency({ medianMs: 0, p99Ms: 0 });
  }, 30_000);

  it('tells nobody by a token which tenant or key it stands for', async () => {
    const { id: keyId, key, tenantId } = await keyFor(SCOPES);
    const mine = new Api(test.url, key);
    const { id } = await mine.route(CART);
    const { token } = (await mine.post(`/v1/routes/${id}/token`)).body as { token: string };
    const told = Buffer.from(token.replace('lgt_', ''), 'base64url').toString('latin1') + token;
    for (const inside of [tenantId, keyId, id, 'scope', 'routes:read']) expect(told).not.toContain(inside);
  }, 30_000);

  it('is who fails again and again refused for the rest of a minute, at the API and at the board, and others are not', async () => {
    const trusting = await test.another({ ...PRODUCTION, LOOPGPT_TRUST_PROXY: '127.0.0.1' });
    const wrong = `lgc_live_abcdefghijkl_${'x'.repeat(43)}_000000`;
    const ask = async (path: string, from: string, authorization: string) => {
      const response = await request(trusting.url + path, { headers: { authorization, 'x-forwarded-for': from } });
      await response.body.dump();
      return [response.statusCode, response.headers['retry-after'] !== undefined];
    };
    const { key } = await keyFor(SCOPES, trusting);
    const basic = (password: string) => `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;
    for (let n = 0; n < 20; n++) expect((await ask('/v1/routes', '203.0.113.9', `Bearer ${wrong}`))[0]).toBe(401);
    expect(await ask('/v1/routes', '203.0.113.9', `Bearer ${wrong}`)).toEqual([429, true]);
    expect((await ask('/v1/routes', '203.0.113.10', `Bearer ${key}`))[0]).toBe(200);
    expect((await ask('/v1/routes', '203.0.113.9', `Bearer ${key}`))[0]).toBe(200);
    // Neighbours of one IPv6 network are one.
    for (let n = 0; n < 20; n++) await ask('/admin/queues', `2001:db8:1:2::${n}`, basic(`guess-${n}`));
    expect(await ask('/admin/queues', '2001:db8:1:2:3::1', basic('o7Tq-2vK9-xwEr'))).toEqual([429, true]);
    expect((await ask('/admin/queues', '2001:db8:1:3::1', basic('o7Tq-2vK9-xwEr')))[0]).toBe(200);
  }, 60_000);

  it('may nobody keep what operators and functions answer', async () => {
    for (const path of [
      '/admin/v1/settings',
      '/admin/v1/acts',
      '/functions/v1/health',
      '/health/ready',
      '/v1/routes',
    ]) {
      const response = await request(test.url + path);
      await response.body.dump();
      expect([path, response.headers['cache-control']]).toEqual([path, 'no-store']);
    }
  });

  it('reads nobody what was told of a route with a key to webhooks alone', async () => {
    const receiver = await Receiver.start();
    const all = new Api(test.url, (await keyFor(SCOPES)).key);
    await test.simulator.control.setLatency({ medianMs: 0, p99Ms: 0 });
    const route = await all.route({ ...CART, webhook: { url: receiver.url } });
    await receiver.waitFor(1);
    const { data } = (await all.get(`/v1/deliveries?subject=${route.id}`)).body as { data: { id: string }[] };
    const read = async (scopes: readonly Scope[]) =>
      (await new Api(test.url, (await keyFor(scopes)).key).get(`/v1/deliveries/${data[0]!.id}`)).body;
    expect((await read(['webhooks:read', 'routes:read'])).body).toContain(route.id);
    const bare = await read(['webhooks:read', 'webhooks:write', 'plans:read']);
    expect(bare).toMatchObject({ id: data[0]!.id, subject: route.id, body: null });
    await receiver.close();
  }, 30_000);

  it('has nobody without the read scope bodies of routes or plans sent to a place of their own', async () => {
    const by = async (...scopes: Scope[]) => new Api(test.url, (await keyFor(['webhooks:write', ...scopes])).key);
    const make = async (api: Api, events: string[] | null) => {
      const { status, body } = await api.post('/v1/webhook-endpoints', { url: 'http://127.0.0.1:9/hook', events });
      return [status, body.code ?? null, body.errors?.[0].detail ?? null];
    };
    const refused = (scopes: string) => [403, 'scope_missing', `needs the scope ${scopes}`];
    const [none, routes] = [await by(), await by('routes:read')];
    expect(await make(none, null)).toEqual(refused('routes:read and plans:read and imports:read and carts:read'));
    expect(await make(none, ['route.decided'])).toEqual(refused('routes:read'));
    expect(await make(none, ['endpoint.failing'])).toEqual([201, null, null]);
    expect(await make(routes, ['plan.generated'])).toEqual(refused('plans:read'));
    expect(await make(routes, null)).toEqual(refused('plans:read and imports:read and carts:read'));
    expect(await make(routes, ['route.decided'])).toEqual([201, null, null]);
    const both = await by('routes:read', 'plans:read', 'imports:read', 'carts:read');
    const { body } = await both.post('/v1/webhook-endpoints', { url: 'http://127.0.0.1:9/hook' });
    const change = async (api: Api, changes: object) =>
      (await api.send('PATCH', `/v1/webhook-endpoints/${body.id}`, changes)).status;
    expect(await change(routes, { url: 'http://127.0.0.1:9/mine' })).toBe(403);
    expect(await change(routes, { events: ['plan.generated'] })).toBe(403);
    expect(await change(routes, { description: 'the same place' })).toBe(200);
    expect(await change(both, { url: 'http://127.0.0.1:9/moved' })).toBe(200);
  }, 30_000);

  it('keeps a webhook’s URL as it was read, not as it was written', async () => {
    const { body: endpoint } = await test.api.post('/v1/webhook-endpoints', { url: 'HTTP://LOCALHOST\\hook\t/x/../y' });
    expect(endpoint.url).toBe('http://localhost/hook/y');
    const changed = await test.api.send('PATCH', `/v1/webhook-endpoints/${endpoint.id}`, { url: 'http://0x7f.1:80/z' });
    expect(changed.body.url).toBe('http://127.0.0.1/z');
    await test.api.route({ ...CART, webhook: { url: 'http://LOCALHOST:9\\own' } });
    const rows = await rowsOf<{ url: string }>(
      test.stores.adminUrl,
      `SELECT url FROM webhook_endpoints WHERE url LIKE '%own'`,
    );
    expect(rows).toEqual([{ url: 'http://localhost:9/own' }]);
  }, 30_000);

  it('holds nobody a connection open with half a body for longer than 15 s', async () => {
    const { hostname, port } = new URL(test.url);
    const socket = connect(Number(port), hostname);
    const started = performance.now();
    socket.write(
      `POST /v1/routes HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
    );
    const drip = setInterval(() => socket.write(' '), 1000);
    let said = '';
    socket.on('data', (chunk: Buffer) => (said += chunk.toString()));
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(drip);
    const seconds = (performance.now() - started) / 1000;
    expect(said).toContain('408');
    expect(seconds).toBeGreaterThan(14);
    expect(seconds).toBeLessThan(18.5);
  }, 30_000);
});
