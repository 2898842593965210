import { randomBytes } from 'node:crypto';
import { SCOPES, type Scope } from '../../src/modules/tenants/scopes.js';
import { TenantsService } from '../../src/modules/tenants/tenants.service.js';
import { Api } from '../support/api.js';
import { startApp, type Instance, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { dayBefore, ordersOf } from '../support/past-orders.js';
import { SocketClient } from '../support/socket.js';

/** The former live gateway, as its clients know it. */
describe('the former live gateway', () => {
  let test: TestApp;
  let production: Instance;
  const opened: SocketClient[] = [];

  beforeAll(async () => {
    // Files wait sealed for whichever instance reads them.
    test = await startApp({ LOOPGPT_SECRET_KEY: randomBytes(32).toString('base64') });
    production = await test.another({
      LOOPGPT_ENV: 'production',
      LOOPGPT_WEBHOOK_ALLOW_PRIVATE: 'false',
    });
  }, 60_000);
  afterAll(() => test?.close());
  afterEach(() => {
    for (const socket of opened.splice(0)) socket.close();
  });

  const keyOf = (name: string, scopes: readonly Scope[] = SCOPES) =>
    test.app.get(TenantsService).createKey({ tenantName: name, name, scopes, expiresInDays: null });
  const open = async (headers: Record<string, string> = {}, url = production.url) => {
    const socket = await SocketClient.open(`${url}/ws/walmart`, headers);
    opened.push(socket);
    return socket;
  };
  const enter = async (key: string) => {
    const socket = await open();
    socket.say({ type: 'auth', token: key });
    return socket.until(({ messages }) => messages.some(({ type }) => type === 'auth'));
  };
  const told = (socket: SocketClient, type: string) => socket.messages.filter((one) => one.type === type);
  const answer = async (socket: SocketClient, message: object | string) => {
    const before = socket.texts.length;
    socket.say(message);
    return (await socket.until(({ texts }) => texts.length > before)).messages.at(-1);
  };

  it('reads words into a cart for the token’s user, and tells what becomes of it to all of that user’s clients', async () => {
    const { key, tenantId } = await keyOf('Ann');
    const [ann, also, bob] = [await enter(key), await enter(key), await enter((await keyOf('Bob')).key)];
    expect(ann.messages[0]).toMatchObject({ type: 'auth', data: { success: true }, userId: tenantId });
    expect(await answer(also, { type: 'subscribe', events: ['cart_update', 'weather'] })).toMatchObject({
      type: 'subscribed',
      data: { events: ['cart_update'], unknown: ['weather'] },
    });
    ann.say({ type: 'cart_update', data: { text: 'add two cans of black beans' } });
    const isDone = (socket: SocketClient) => told(socket, 'cart_update').some(({ data }) => data.status !== 'open');
    await Promise.all([ann.until(isDone), also.until(isDone)]);
    expect(ann.messages.map(({ type }) => type).slice(1, 4)).toEqual(['nlp_processing', 'nlp_result', 'cart_update']);
    expect(told(ann, 'nlp_result')[0].data).toMatchObject({
      service: 'nlp',
      intent: 'add_items',
      items: ['black beans'],
    });
    const last = told(ann, 'cart_update').at(-1);
    expect(last).toMatchObject({ userId: tenantId, sessionId: expect.any(String), timestamp: expect.any(String) });
    expect(last.data.items[0]).toMatchObject({ name: 'black beans', quantity: 2 });
    expect((await new Api(production.url, key).get(`/v1/carts/${last.data.cartId}`)).body.status).toBe(
      last.data.status,
    );
    expect(also.messages.map(({ type }) => type).filter((type) => type.startsWith('nlp'))).toEqual([]);
    // A list of things is read as its words would be.
    ann.say({
      type: 'cart_update',
      items: [{ name: 'milk', quantity: 2, unit: 'l' }, { name: 'rice' }],
      sessionId: 's',
    });
    await ann.until((socket) => told(socket, 'cart_update').filter(({ data }) => data.status !== 'open').length === 2);
    expect(
      told(ann, 'cart_update')
        .at(-1)
        .data.items.map(({ name }: { name: string }) => name),
    ).toEqual(['milk', 'rice']);
    expect(bob.messages.map(({ type }) => type)).toEqual(['auth']);
  }, 30_000);

  it('watches a price, and tells when it falls', async () => {
    const { key } = await keyOf('Ann');
    const api = new Api(test.url, key);
    await api.post('/v1/imports', ordersOf([398, 410, 398]), { 'content-type': 'text/csv', prefer: 'wait=20' });
    const product = (await api.get('/v1/products?q=oat')).body.data[0].id as string;
    const ann = await enter(key);
    const watched = await answer(ann, { type: 'monitor_price', productId: product, targetPrice: 3 });
    expect(watched).toMatchObject({ type: 'price_update', data: { productId: product, change: 'watched' } });
    const seen = { product, store: 'walmart', cents: 250, observedOn: dayBefore(0) };
    expect((await api.post('/v1/prices', { prices: [seen] })).status).toBe(200);
    await ann.until((socket) => told(socket, 'price_update').length === 2);
    expect(told(ann, 'price_update')[1].data).toMatchObject({
      watchId: watched.data.watchId,
      price: 2.5,
      change: 'dropped',
    });
  }, 30_000);

  it('refuses who says nothing of themselves or something of others, by codes that say what to do', async () => {
    const { key, tenantId } = await keyOf('Ann', ['carts:read']);
    const socket = await open();
    const code = async (message: object | string) => (await answer(socket, message)).data.code;
    expect((await answer(socket, { type: 'ping' })).type).toBe('pong');
    expect(await code({ type: 'cart_update', text: 'milk' })).toBe('gateway_not_entered');
    expect(await code({ type: 'auth', token: 'lgc_live_wrong' })).toBe('api_key_invalid');
    expect(await code({ type: 'auth', token: key, userId: 'ten_other' })).toBe('user_stated');
    expect(await code({ type: 'auth', data: { token: key, userId: tenantId } })).toBe('user_stated');
    expect((await answer(socket, { type: 'auth', token: key })).userId).toBe(tenantId);
    expect(await code({ type: 'auth', token: key })).toBe('gateway_entered');
    expect(await code({ type: 'cart_update', text: 'milk' })).toBe('scope_missing');
    expect(await code({ type: 'monitor_price', productId: 'x', targetPrice: 1 })).toBe('scope_missing');
    expect(await code({ type: 'monitor_stock', productId: 'x' })).toBe('stock_not_told');
    for (const bad of [
      'nonsense',
      '[]',
      '{}',
      '{"type":"toString"}',
      { type: 'cart_update' },
      { type: 'monitor_price', productId: 'x' },
    ]) {
      expect(await code(bad)).toBe('request_invalid');
    }
    await expect(open({ authorization: 'Bearer lgc_live_wrong' })).rejects.toThrow('401');
    await expect(open({ origin: 'https://evil.example' })).rejects.toThrow('origin_not_allowed');
    const { token } = await test.api.client.routes.token((await test.api.client.routes.create(CART)).id);
    await expect(open({ authorization: `Bearer ${token}` }, test.url)).rejects.toThrow('token_not_accepted');
    const byKey = await open({ authorization: `Bearer ${key}` });
    await byKey.until(({ messages }) => messages.length === 1);
    expect(byKey.messages[0]).toMatchObject({ type: 'auth', userId: tenantId });
  }, 30_000);

  it('lets go of who never says who they are, and of whose key has ended', async () => {
    const { key, id } = await keyOf('Ann');
    const [silent, ann] = [await open(), await enter(key)];
    await test.app.get(TenantsService).revokeKey(id);
    await ann.until(({ code }) => code === 4001, 8000);
    await silent.until(({ code }) => code === 4001, 15_000);
  }, 30_000);
});
