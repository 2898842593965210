import type { KeyList } from '../../sdk/client.js';
import { Api } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';

/** Every instance has looked anew by then. */
const FORGOTTEN_MS = 3000;

describe('API keys, by operators', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp();
  }, 60_000);
  afterAll(() => test?.close());

  const WISH = { name: 'till', scopes: ['routes:read', 'routes:write'], expiresInDays: 30, why: 'a new shop' };
  const make = async (more: object) => test.api.post('/admin/v1/api-keys', { ...WISH, ...more });
  const find = async (id: string): Promise<KeyList['data'][number] | undefined> =>
    (await test.api.client.operators.keys({ limit: 100 })).data.find((key) => key.id === id);

  it('are made for a new tenant, shown once, and do what they may until they are revoked', async () => {
    const { status, body, headers } = await make({ tenantName: 'Corner shop' });
    expect([status, headers['cache-control']]).toEqual([201, 'no-store']);
    const listed = await find(body.id);
    expect(listed).toMatchObject({
      tenantId: body.tenantId,
      tenantName: 'Corner shop',
      scopes: WISH.scopes,
      revokedAt: null,
    });
    const days = (Date.parse(listed!.expiresAt!) - Date.parse(listed!.createdAt)) / 86_400_000;
    expect(days).toBeCloseTo(30, 1);
    const shop = new Api(test.url, body.key);
    expect((await shop.get('/v1/routes')).status).toBe(200);
    expect((await shop.get('/v1/plans')).body.code).toBe('scope_missing');

    const second = await make({ tenantId: body.tenantId, scopes: ['admin:read'] });
    const reader = new Api(test.url, second.body.key);
    expect((await reader.get(`/admin/v1/api-keys?tenantId=${body.tenantId}`)).body.data).toHaveLength(2);
    expect((await reader.post('/admin/v1/api-keys', { ...WISH, tenantName: 'x' })).body.code).toBe('scope_missing');

    await test.api.client.operators.revokeKey(body.id, { why: 'the shop has closed' });
    await new Promise((resolve) => setTimeout(resolve, FORGOTTEN_MS));
    expect((await shop.get('/v1/routes')).body.code).toBe('api_key_invalid');
    expect((await find(body.id))!.revokedAt).not.toBeNull();
    const again = await test.api.post(`/admin/v1/api-keys/${body.id}/revoke`, { why: 'once more' });
    expect([again.status, again.body.code]).toEqual([404, 'api_key_not_found']);

    const acts = await test.api.client.operators.acts();
    expect(acts.data.map(({ why, note }) => [why, note]).slice(0, 3)).toEqual([
      ['the shop has closed', `key ${body.id} revoked`],
      ['a new shop', `key ${second.body.id} of ${body.tenantId} made: admin:read`],
      ['a new shop', `key ${body.id} of ${body.tenantId} made: routes:read routes:write`],
    ]);
    const told = JSON.stringify([acts, await test.api.client.operators.keys({ limit: 100 })]);
    for (const { key } of [body, second.body]) expect(told).not.toContain(key.split('_')[3]);
  }, 30_000);

  it('are listed page by page, each once', async () => {
    for (let count = 0; count < 3; count++) await make({ tenantName: `shop ${count}` });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page: KeyList = await test.api.client.operators.keys({ limit: 2, cursor });
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(5);
  }, 30_000);

  it('are refused for a tenant that is none, for nobody, for both, and for what nobody may', async () => {
    const refused = async (more: object) => (await make(more)).body.code;
    expect(await refused({ tenantId: 'ten_nobody' })).toBe('tenant_not_found');
    for (const more of [
      {},
      { tenantId: 'ten_development', tenantName: 'x' },
      { tenantName: 'x', scopes: ['all'] },
      { tenantName: 'x', why: '' },
    ])
      expect([more, await refused(more)]).toEqual([more, 'request_invalid']);
  }, 30_000);
});
