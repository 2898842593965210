import { randomBytes } from 'node:crypto';
import { request } from 'undici';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';

const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

describe('what operators see', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startApp({ LOOPGPT_ADMIN_PASSWORD: 'admin-password', LOOPGPT_READER_PASSWORD: 'w8Zr-4nX2-qLvB' });
  }, 60_000);
  afterAll(() => test?.close());
  afterEach(() => test.closeOthers());

  const board = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
    const response = await request(`${test.url}/admin/queues${path}`, { method: method as 'GET', headers });
    return { status: response.statusCode, text: await response.body.text() };
  };

  it('keeps Bull Board behind a login in every spelling of its path', async () => {
    for (const path of ['', '/', '/api/queues', '?x=1', '/static/js/main.js', '/queue/quotes']) {
      expect((await board(path)).status).toBe(401);
      expect((await board(path, basic('admin', 'wrong-password'))).status).toBe(401);
    }
    for (const path of ['/admin//queues', '/admin/%71ueues', '/ADMIN/queues', '/admin/./queues']) {
      const response = await request(test.url + path);
      await response.body.dump();
      expect([401, 404]).toContain(response.statusCode);
    }
  });

  it('shows the queues and their jobs to both logins, ids only', async () => {
    await test.api.route(CART);
    for (const login of [basic('admin', 'admin-password'), basic('reader', 'w8Zr-4nX2-qLvB')]) {
      const { status, text } = await board('/api/queues?activeQueue=quotes&status=completed&page=1', login);
      expect(status).toBe(200);
      const { queues } = JSON.parse(text) as { queues: { name: string; jobs: { data: object }[] }[] };
      expect(queues.map((queue) => queue.name)).toEqual(expect.arrayContaining(['quotes', 'webhooks']));
      const job = queues.find((queue) => queue.name === 'quotes')!.jobs[0]!;
      expect(Object.keys(job.data).sort()).toEqual(['lane', 'routeId', 'tenantId', 'work']);
    }
  });

  it('lets a reader look only, and refuses changes that another site asks for', async () => {
    const path = '/api/queues/quotes/pause';
    expect((await board(path, basic('reader', 'w8Zr-4nX2-qLvB'), 'PUT')).status).toBe(403);
    const foreign = { ...basic('admin', 'admin-password'), origin: 'https://evil.example' };
    expect((await board(path, foreign, 'PUT')).status).toBe(403);
    expect(
      (await board(path, { ...basic('admin', 'admin-password'), 'sec-fetch-site': 'cross-site' }, 'PUT')).status,
    ).toBe(403);
  });

  it('does not serve Bull Board in production unless configured', async () => {
    const production = await test.another({
      LOOPGPT_ENV: 'production',
      LOOPGPT_SECRET_KEY: randomBytes(32).toString('base64'),
      LOOPGPT_ADMIN_PASSWORD: '',
      LOOPGPT_WEBHOOK_ALLOW_PRIVATE: 'false',
    });
    const response = await request(`${production.url}/admin/queues`, { headers: basic('admin', 'development') });
    await response.body.dump();
    expect(response.statusCode).toBe(404);
    const keyless = await production.api.get('/v1/routes');
    expect([keyless.status, keyless.body.code]).toEqual([401, 'api_key_missing']);
  }, 30_000);

  it('tells live and ready, each dependency by name', async () => {
    expect((await test.api.get('/health/live')).body).toEqual({ status: 'live' });
    const ready = await test.api.get('/health/ready');
    expect(ready.status).toBe(200);
    expect(Object.keys(ready.body.checks).sort()).toEqual(['bus', 'clock', 'database', 'loops', 'providers', 'queues']);
  });

  it('counts requests, outcomes and provider answers for Prometheus', async () => {
    await test.api.route(CART);
    const response = await request(`${test.url}/metrics`);
    const text = await response.body.text();
    expect(text).toMatch(/loopgpt_router_requests_total [1-9]/);
    expect(text).toMatch(/loopgpt_router_outcomes_total\{status="fulfilled",rule="[a-z_]+"\} [1-9]/);
    expect(text).toMatch(/loopgpt_provider_answers_total\{provider="KROGER_API",result="ok"\} [1-9]/);
  });
});
