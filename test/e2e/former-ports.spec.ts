import { createServer, type AddressInfo } from 'node:net';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { RoleProcess } from '../support/processes.js';

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
    return { status: answer.status, body: (await answer.json()) as { code?: string } };
  }
}

describe('the ports of former services', () => {
  let test: TestApp;
  let pricing: Caller;
  let monitor: Caller;
  let optimizer: Caller;
  let ports: number[];

  beforeAll(async () => {
    ports = await Promise.all([freePort(), freePort(), freePort()]);
    const doors = `pricing:${ports[0]}, monitor:${ports[1]},optimizer:${ports[2]}`;
    test = await startApp({ LOOPGPT_DOORS: doors, HOST: '127.0.0.1', LOOPGPT_METRICS_PUBLIC: 'true' });
    [pricing, monitor, optimizer] = ports.map((port) => new Caller(port)) as [Caller, Caller, Caller];
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
});
