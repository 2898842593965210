import { request } from 'undici';
import { startApp, type TestApp } from '../support/app.js';

const ORIGIN = 'https://shop.example';

/** What browsers are told: nothing of ours is theirs to use unless an operator names their origin. */
describe('browsers', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp();
  }, 60_000);
  afterAll(() => test?.close());

  const preflight = (url: string, origin: string) =>
    request(`${url}/v1/routes`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
    });

  it('are let in from nowhere by default', async () => {
    const answers = [
      await preflight(test.url, ORIGIN),
      await request(`${test.url}/v1/routes`, { headers: { origin: ORIGIN } }),
    ];
    for (const { headers, body } of answers) {
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
      await body.dump();
    }
  });

  it('are let in from the origins an operator names, without cookies, and from no other', async () => {
    const open = await test.another({ LOOPGPT_CORS_ORIGINS: `${ORIGIN}, https://other.example` });
    const welcome = await preflight(open.url, ORIGIN);
    expect(welcome.statusCode).toBe(204);
    expect(welcome.headers).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-headers': expect.stringContaining('Authorization'),
    });
    expect(welcome.headers['access-control-allow-credentials']).toBeUndefined();
    const read = await request(`${open.url}/v1/routes`, { headers: { origin: ORIGIN } });
    expect(read.headers['access-control-expose-headers']).toContain('Location');
    expect(read.headers.vary).toContain('Origin');
    for (const stranger of ['https://evil.example', `${ORIGIN}.evil.example`, 'null', 'http://shop.example']) {
      const refused = await preflight(open.url, stranger);
      expect(refused.headers['access-control-allow-origin']).toBeUndefined();
      await refused.body.dump();
    }
    await Promise.all([welcome.body.dump(), read.body.dump()]);
    await test.closeOthers();
  }, 60_000);

  it('are told on every answer to guess no type, frame nothing, tell nobody and keep nothing', async () => {
    for (const path of ['/v1/routes', '/v1/routes/nonsense', '/v1/nothing', '/docs/errors/not_found', '/health/live']) {
      const { headers, body } = await request(test.url + path);
      expect([path, headers]).toEqual([
        path,
        expect.objectContaining({
          'x-content-type-options': 'nosniff',
          'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
          'x-frame-options': expect.any(String),
          'referrer-policy': 'no-referrer',
          'strict-transport-security': expect.stringContaining('max-age='),
          'cross-origin-resource-policy': 'same-origin',
          'x-request-id': expect.stringMatching(/^[0-9a-f]{32}$/),
        }),
      ]);
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers.server).toBeUndefined();
      if (path.startsWith('/v1/')) expect(headers['cache-control']).toBe('no-store');
      await body.dump();
    }
  });
});
