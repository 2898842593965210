import { createServer, type AddressInfo } from 'node:net';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { RoleProcess } from '../support/processes.js';
import { SocketClient } from '../support/socket.js';

/** A port that nobody listens at now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A caller of a port, that knows nothing of the product's own documents. */
class Caller {
  constructor(readonly port: number) {}

  async get(path: string, headers: Record<string, string> = {}) {
    const answer = await fetch(`http://127.0.0.1:${this.port}${path}`, { headers });
    return { status: answer.status, body: (await answer.json()) as any }; // eslint-disable-line @typescript-eslint/no-explicit-any -- of many shapes
  }

  async post(path: string, body: unknown) {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as any }; // eslint-disable-line @typescript-eslint/no-explicit-any -- of many shapes
  }
}

describe('the ports of former services', () => {
  let test: TestApp;
  let pricing: Caller;
  let monitor: Caller;
  let optimizer: Caller;
  let nlp: Caller;
  let warmer: Caller;
  let live: Caller;
  let ports: number[];

  beforeAll(async () => {
    ports = await Promise.all(Array.from({ length: 6 }, freePort));
    const names = ['pricing', 'monitor', 'optimizer', 'nlp', 'warmer', 'live'];
    const doors = names.map((name, at) => `${name}:${ports[at]}`).join(', ');
    test = await startApp({
      LOOPGPT_DOORS: doors,
      HOST: '127.0.0.1',
      LOOPGPT_METRICS_PUBLIC: 'true',
      LOOPGPT_QUOTE_CACHE_SECONDS: '300',
    });
    [pricing, monitor, optimizer, nlp, warmer, live] = ports.map((port) => new Caller(port)) as [
      Caller,
      Caller,
      Caller,
      Caller,
      Caller,
      Caller,
    ];
    await test.api.route(CART, 30);
  }, 60_000);
  afterAll(() => test?.close());

  it('answer for their service, and name it', async () => {
    expect((await pricing.get('/health')).body).toEqual({ service: 'pricing', status: 'healthy' });
    expect((await pricing.get('/promotions')).status).toBe(200);
    const asked = await pricing.post('/calculate', { productId: 'nobody-has-it', quantity: 1 });
    const here = await test.api.post('/calculate', { productId: 'nobody-has-it', quantity: 1 });
    expect([asked.status, asked.body.code]).toEqual([here.status, here.body.code]);
    expect((await optimizer.get('/health')).body).toEqual({
      status: 'healthy',
      service: 'shopping-optimizer',
      environment: 'test',
    });
  });

  it('reach no path of another', async () => {
    for (const path of ['/v1/routes', '/admin/v1/keys', '/', '/health/live', '/metrics']) {
      const { status, body } = await pricing.get(path);
      expect({ path, status, code: body.code }).toEqual({ path, status: 404, code: 'not_found' });
    }
    expect((await monitor.get('/v1/providers')).status).toBe(404);
  });

  it('read words, and name what read them', async () => {
    const { body } = await nlp.get('/health');
    expect(body).toEqual({
      status: 'healthy',
      service: 'nlp',
      model: expect.stringMatching(/^tagger-/),
      accuracyPercent: expect.any(Number),
    });
    const named = { service: 'nlp', model: body.model, accuracyPercent: body.accuracyPercent };
    expect((await nlp.post('/process', { text: 'add two cans of beans' })).body).toMatchObject({
      ...named,
      intent: { action: 'add_items' },
    });
    expect((await nlp.post('/batch', { texts: ['milk', 'rice'] })).body.results).toHaveLength(2);
    expect((await nlp.post('/api/nlp/process', { text: 'show my cart' })).body).toMatchObject({
      ...named,
      intent: 'view_cart',
    });
    for (const path of ['/warm', '/v1/carts', '/ws/walmart']) expect((await nlp.get(path)).status).toBe(404);
  });

  it('take the former gateway’s WebSocket, and no other', async () => {
    expect((await live.get('/health')).body).toEqual({
      service: 'live',
      status: 'healthy',
      connections: 0,
      path: '/ws/walmart',
    });
    const url = `http://127.0.0.1:${live.port}`;
    const socket = await SocketClient.open(`${url}/ws/walmart`);
    await socket.until(({ messages }) => messages[0]?.type === 'auth');
    expect((await live.get('/health')).body.connections).toBe(1);
    socket.close();
    await expect(SocketClient.open(`${url}/v1/stream`, {}, ['loopgpt.v1'])).rejects.toThrow('404');
    expect((await live.get('/ws/walmart')).status).toBe(426);
  });

  it('are said before the start where another has them', async () => {
    const late = new RoleProcess('all', { ...test.stores.env, LOOPGPT_DOORS: `pricing:${ports[0]}` });
    await expect(late.start()).rejects.toThrow(`EADDRINUSE: address already in use 127.0.0.1:${ports[0]}`);
    expect(late.alive).toBe(false);
  }, 60_000);

  it('tell the monitor of every dependency and provider', async () => {
    const { status, body } = await monitor.get('/health');
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'healthy', service: 'loopgpt-commerce', environment: 'test' });
    const names = ['database', 'bus', 'queues', 'loops', 'providers', 'clock'];
    expect(body.dependencies.map(({ name }: { name: string }) => name)).toEqual(names);
    for (const one of body.dependencies) {
      expect(one).toMatchObject({ state: 'up', latencyMs: expect.any(Number) });
      expect(one.lastGoodAgeSeconds).toBeLessThan(5);
    }
    const kroger = body.providers.find(({ id }: { id: string }) => id === 'KROGER_API');
    expect(kroger).toMatchObject({ state: 'up', simulated: true, latencyMs: expect.any(Number) });
    expect(kroger.lastAnswerAgeSeconds).toBeLessThan(60);
  });

  it('tell metrics in the words that are asked for', async () => {
    const { body } = await monitor.get('/metrics', { accept: 'application/json' });
    expect(body.agents.quotes).toMatchObject({ executions: 1, successes: 1, success_rate: 1 });
    expect(body.api.KROGER_API).toEqual({ executions: 1, successes: 1, success_rate: 1 });
    expect(body.system.uptime_seconds).toBeGreaterThanOrEqual(0);
    expect((await monitor.get('/metrics/summary')).body).toMatchObject({
      overall_api_success_rate: 1,
      cache_hit_rate: 0,
    });
    const asText = async (path: string, accept: string) => {
      const answer = await fetch(`${test.url}${path}`, { headers: { accept } });
      return { type: answer.headers.get('content-type'), text: await answer.text() };
    };
    for (const [path, accept] of [
      ['/metrics', '*/*'],
      ['/metrics', 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1'],
      ['/metrics/prometheus', 'application/json'],
    ] as const) {
      const { type, text } = await asText(path, accept);
      expect(type).toBe('text/plain; version=0.0.4; charset=utf-8');
      expect(text).toContain('# TYPE loopgpt_router_requests_total counter');
    }
  });

  it('warm, tell of it, forget, and keep another pace, each on record', async () => {
    const cache = test.stores.env.REDIS_URL ? 'redis' : 'postgresql';
    expect((await warmer.get('/health')).body).toEqual({ service: 'warmer', status: 'healthy', cache, warming: true });
    const cached = async () => {
      const { quotes } = await test.api.route(CART, 30);
      // A link to hand over is kept by itself.
      return quotes.some(
        ({ cached: isCached, status }: { cached?: boolean; status: string }) => isCached && status !== 'link',
      );
    };
    expect(await cached()).toBe(true);
    expect((await warmer.post('/warm', { category: 'quotes', force: true })).body).toMatchObject({
      service: 'warmer',
      success: true,
    });
    expect((await warmer.get('/status')).body).toMatchObject({
      service: 'warmer',
      warming: true,
      intervalSeconds: 30,
      hits: expect.any(Number),
    });
    expect((await warmer.post('/clear', {})).body).toMatchObject({ success: true, category: 'quotes' });
    expect(await cached()).toBe(false);
    expect((await warmer.post('/schedule', { interval: 60 })).body).toEqual({
      service: 'warmer',
      success: true,
      intervalSeconds: 60,
    });
    expect((await warmer.get('/status')).body.intervalSeconds).toBe(60);
    const acts = (await test.api.get('/admin/v1/acts')).body.data as { why: string }[];
    expect(acts.slice(0, 2).map(({ why }) => why)).toEqual(['POST /schedule', 'POST /clear']);
    expect((await warmer.post('/warm', { category: 'orders' })).status).toBe(400);
    expect((await warmer.post('/schedule', { interval: 1 })).status).toBe(400);
    for (const path of ['/process', '/admin/v1/cache', '/v1/routes']) expect((await warmer.get(path)).status).toBe(404);
  }, 30_000);
});
