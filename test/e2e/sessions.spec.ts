import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SCOPES, type Scope } from '../../src/modules/tenants/scopes.js';
import { SessionTokens } from '../../src/modules/tenants/sessions/session-token.js';
import { TenantsService } from '../../src/modules/tenants/tenants.service.js';
import { Api } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { SocketClient } from '../support/socket.js';
import { SseClient } from '../support/sse.js';

const SECRET_KEY = randomBytes(32);
const HOST = '__Host-loopgpt-session';
const PROXIED = { LOOPGPT_TRUST_PROXY: '127.0.0.1', LOOPGPT_ALLOW_OPEN: 'true' };
const PRODUCTION = { LOOPGPT_ENV: 'production', LOOPGPT_WEBHOOK_ALLOW_PRIVATE: 'false' };

/** A route that stays open for as long as somebody follows it here. */
const PATIENT = Object.fromEntries(
  ['KROGER', 'WALMART', 'MEALME', 'INSTACART'].map((name) => [`LOOPGPT_${name}_TIMEOUT`, '29000']),
);

describe('people who sign in', () => {
  let test: TestApp;
  let keys: TenantsService;

  beforeAll(async () => {
    test = await startApp({ ...PROXIED, ...PATIENT, LOOPGPT_SECRET_KEY: SECRET_KEY.toString('base64') });
    keys = test.app.get(TenantsService);
  }, 60_000);
  afterAll(() => test?.close());

  const keyOf = (name: string, scopes: readonly Scope[] = SCOPES) =>
    keys.createKey({ tenantName: name, name, scopes, expiresInDays: null });

  /** A browser that comes through the proxy that ends TLS. */
  class Browser {
    cookie = '';
    csrf = '';
    attributes: string[] = [];
    readonly api: Api;

    constructor(
      url = test.url,
      private readonly headers: Record<string, string> = { host: 'shop.example', 'x-forwarded-proto': 'https' },
    ) {
      this.api = new Api(url);
    }

    async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const answer = await this.api.send(method, path, body, {
        ...this.headers,
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...headers,
      });
      const set = answer.headers['set-cookie'];
      if (set !== undefined) [this.cookie, ...this.attributes] = set.split('; ') as [string, ...string[]];
      if (answer.body?.csrfToken) this.csrf = answer.body.csrfToken as string;
      return answer;
    }

    change(method: string, path: string, body?: unknown) {
      return this.send(method, path, body, { 'x-csrf-token': this.csrf, 'idempotency-key': randomUUID() });
    }

    async signIn(apiKey: string) {
      return this.send('POST', '/v1/session', { apiKey });
    }

    get token() {
      return this.cookie.slice(this.cookie.indexOf('=') + 1);
    }
  }
  const code = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

  it('have the key’s scopes at every door, prove changes, renew, and sign out for good', async () => {
    const { key, tenantId, id: keyId } = await keyOf('Ann', ['routes:read', 'routes:write']);
    const ann = new Browser();
    const signedIn = await ann.signIn(key);
    expect(signedIn).toMatchObject({
      status: 201,
      body: { tenantId, tenantName: 'Ann', keyId, scopes: ['routes:read', 'routes:write'] },
    });
    expect(ann.cookie.startsWith(`${HOST}=`)).toBe(true);
    expect(ann.attributes).toEqual(['Path=/', 'Max-Age=900', 'HttpOnly', 'SameSite=Strict', 'Secure']);
    expect(JSON.stringify(signedIn.body)).not.toContain(ann.token);

    expect(code(await ann.send('POST', '/v1/routes', CART))).toEqual([403, 'csrf_invalid']);
    const route = await ann.change('POST', '/v1/routes', CART);
    expect(route.status).toBe(202);
    expect((await ann.send('GET', `/v1/routes/${route.body.id}`)).status).toBe(200);
    expect(code(await ann.send('GET', '/v1/plans'))).toEqual([403, 'scope_missing']);
    expect(code(await ann.send('GET', '/admin/v1/acts'))).toEqual([403, 'scope_missing']);
    expect((await ann.send('GET', '/v1/session')).body.csrfToken).toBe(ann.csrf);

    const before = ann.cookie;
    expect(code(await ann.send('POST', '/v1/session/renew'))).toEqual([403, 'csrf_invalid']);
    expect((await ann.change('POST', '/v1/session/renew')).status).toBe(200);
    expect(code(await ann.send('DELETE', '/v1/session'))).toEqual([403, 'csrf_invalid']);
    const after = ann.cookie;
    expect((await ann.change('DELETE', '/v1/session')).status).toBe(204);
    expect([ann.cookie, ann.attributes[1]]).toEqual([`${HOST}=`, 'Max-Age=0']);
    for (const cookie of [before, after]) {
      expect(code(await ann.send('GET', '/v1/routes', undefined, { cookie }))).toEqual([401, 'session_invalid']);
    }
    // A key is not a session.
    expect(code(await new Api(test.url, key).get('/v1/session'))).toEqual([401, 'session_missing']);
  }, 30_000);

  it('are not let in by what is forged, expired, another’s, of no algorithm, or without a proof of their own', async () => {
    const [ann, bob] = [new Browser(), new Browser()];
    const [annsKey, bobsKey] = [await keyOf('Ann'), await keyOf('Bob')];
    await ann.signIn(annsKey.key);
    await bob.signIn(bobsKey.key);
    const [header, payload, signature] = ann.token.split('.') as [string, string, string];
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const ours = new SessionTokens(SECRET_KEY);
    const now = Math.floor(Date.now() / 1000);
    const made = { sessionId: String(claims.sub), tenantId: annsKey.tenantId, issued: now, expires: now + 900 };
    const refused = {
      'forged by guessing': `${header}.${payload}.${createHmac('sha256', 'secret').update(`${header}.${payload}`).digest('base64url')}`,
      'with other claims': `${header}.${encoded({ ...claims, tenant: bobsKey.tenantId })}.${signature}`,
      'that lasts longer': `${header}.${encoded({ ...claims, exp: now + 9e6 })}.${signature}`,
      'of no algorithm': `${encoded({ alg: 'none', typ: 'JWT' })}.${payload}.`,
      'of no algorithm, signed': `${encoded({ alg: 'none', typ: 'JWT' })}.${payload}.${signature}`,
      expired: ours.make({ ...made, expires: now - 1 }),
      // Even with the secret key in hand, a session is of one tenant.
      'of another’s tenant': ours.make({ ...made, tenantId: bobsKey.tenantId }),
      'of no session': ours.make({ ...made, sessionId: 'ses_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9' }),
      'of a key': annsKey.key,
    };
    for (const [what, token] of Object.entries(refused)) {
      const answer = await ann.send('GET', '/v1/routes', undefined, { cookie: `${HOST}=${token}` });
      expect([what, ...code(answer)]).toEqual([what, 401, 'session_invalid']);
    }
    // The right one made by hand is let in: so it was for the one reason that each of them was refused.
    expect((await ann.send('GET', '/v1/routes', undefined, { cookie: `${HOST}=${ours.make(made)}` })).status).toBe(200);
    for (const csrf of ['', bob.csrf, ann.csrf.slice(1), `${ann.csrf}A`]) {
      expect(code(await ann.send('POST', '/v1/routes', CART, { 'x-csrf-token': csrf }))).toEqual([403, 'csrf_invalid']);
    }
    // Without the prefix, or beside another of its name, it is no cookie of ours.
    const real = new Browser((await test.another(PRODUCTION)).url);
    for (const cookie of [`loopgpt-session=${ann.token}`, `${ann.cookie}; ${bob.cookie}`]) {
      expect(code(await real.send('GET', '/v1/routes', undefined, { cookie }))).toEqual([401, 'api_key_missing']);
    }
    expect((await real.send('GET', '/v1/routes', undefined, { cookie: ann.cookie })).status).toBe(200);
    // Jobs are for the one that has providers.
    await test.closeOthers();
    // What the one made is not the other's.
    const route = (await ann.change('POST', '/v1/routes', CART)).body.id as string;
    expect(code(await bob.send('GET', `/v1/routes/${route}`))).toEqual([404, 'route_not_found']);
  }, 30_000);

  it('are not moved by pages of others, and take over no session that was planted', async () => {
    const { key } = await keyOf('Ann');
    const mallory = new Browser();
    await mallory.signIn((await keyOf('Mallory')).key);
    const ann = new Browser();
    ann.cookie = mallory.cookie;
    const planted = ann.token;
    await ann.signIn(key);
    expect(ann.token).not.toBe(planted);
    const [who, hers] = [(await ann.send('GET', '/v1/session')).body, (await mallory.send('GET', '/v1/session')).body];
    expect(who.tenantId).not.toBe(hers.tenantId);

    const elsewhere: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'https://evil.shop.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of elsewhere) {
      for (const [method, path, body] of [
        ['GET', '/v1/routes'],
        ['POST', '/v1/routes', CART],
        ['DELETE', '/v1/session'],
      ] as const) {
        const answer = await ann.send(method, path, body, { ...headers, 'x-csrf-token': ann.csrf });
        expect([headers, ...code(answer)]).toEqual([headers, 403, 'session_cross_site']);
      }
      expect(code(await new Browser().send('POST', '/v1/session', { apiKey: key }, headers))).toEqual([
        403,
        'session_cross_site',
      ]);
    }
    const from = { host: 'shop.example', 'x-forwarded-proto': 'https', cookie: ann.cookie };
    await expect(SocketClient.open(`${test.url}/v1/stream`, from, ['loopgpt.v1'])).rejects.toThrow(
      'origin_not_allowed',
    );
    for (const headers of elsewhere) {
      await expect(SocketClient.open(`${test.url}/v1/stream`, { ...from, ...headers }, ['loopgpt.v1'])).rejects.toThrow(
        'session_cross_site',
      );
    }
    const own = await SocketClient.open(`${test.url}/v1/stream`, { ...from, origin: 'https://shop.example' }, [
      'loopgpt.v1',
    ]);
    own.close();
  }, 30_000);

  it('end with their key, and what they follow ends with them', async () => {
    await test.simulator.control.setLatency({ medianMs: 29_000, p99Ms: 29_000 });
    const { key, id: keyId } = await keyOf('Ann');
    const [ann, also] = [new Browser(), new Browser()];
    await ann.signIn(key);
    await also.signIn(key);
    const { id } = (await ann.change('POST', '/v1/routes', { ...CART, deadlineMs: 29_000 })).body as { id: string };
    const stream = (browser: Browser) =>
      SseClient.open(`${test.url}/v1/routes/${id}/events`, {
        host: 'shop.example',
        'x-forwarded-proto': 'https',
        cookie: browser.cookie,
      });
    const [anns, others] = [await stream(ann), await stream(also)];
    await ann.change('DELETE', '/v1/session');
    await anns.until(({ ended }) => ended, 8000);
    expect(others.ended).toBe(false);
    await keys.revokeKey(keyId);
    await others.until(({ ended }) => ended, 8000);
    await sleep(3000);
    expect(code(await also.send('GET', '/v1/routes'))).toEqual([401, 'session_invalid']);
    expect(code(await also.change('POST', '/v1/session/renew'))).toEqual([401, 'session_invalid']);
    await test.simulator.control.setLatency({ medianMs: 0, p99Ms: 0 });
  }, 40_000);

  it('last as long as they may, and in development on this machine need no https', async () => {
    const short = await test.another({ LOOPGPT_SESSION_SECONDS: '2' });
    const local = new Browser(short.url, {});
    const { key } = await keyOf('Ann');
    expect((await local.signIn(key)).status).toBe(201);
    expect(local.cookie.startsWith('loopgpt-session=')).toBe(true);
    expect(local.attributes).toEqual(['Path=/', 'Max-Age=2', 'HttpOnly', 'SameSite=Strict']);
    expect((await local.change('POST', '/v1/session/renew')).status).toBe(200);
    await sleep(2500);
    expect(code(await local.send('GET', '/v1/routes'))).toEqual([401, 'session_invalid']);
    expect(code(await local.signIn('lgc_live_nonsense'))).toEqual([401, 'api_key_invalid']);
    const { token } = await test.api.client.routes.create(CART).then((route) => test.api.client.routes.token(route.id));
    expect(code(await local.signIn(token))).toEqual([401, 'api_key_invalid']);
  }, 30_000);
});
