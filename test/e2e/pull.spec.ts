import { Client } from 'pg';
import { newId } from '../../src/common/ids.js';
import { SCOPES } from '../../src/modules/tenants/scopes.js';
import { TenantsService } from '../../src/modules/tenants/tenants.service.js';
import { Api } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { Receiver } from '../support/receiver.js';
import { SseClient } from '../support/sse.js';

interface Page {
  data: { id: string; type: string; sequence: number; subject: string; data: { id: string } }[];
  nextCursor: string | null;
  hasMore: boolean;
}

describe('pulling events', () => {
  let test: TestApp;
  let receiver: Receiver;
  let clients: Client[];

  beforeAll(async () => {
    [test, receiver] = await Promise.all([startApp(), Receiver.start()]);
  }, 60_000);
  afterAll(async () => {
    await test?.close();
    await receiver?.close();
  });
  beforeEach(async () => {
    clients = [
      new Client({ connectionString: test.stores.adminUrl }),
      new Client({ connectionString: test.stores.adminUrl }),
    ];
    await Promise.all(clients.map((client) => client.connect()));
  });
  afterEach(() => Promise.all(clients.map((client) => client.end())));

  async function tenant(): Promise<{ api: Api; tenantId: string }> {
    const made = await test.app
      .get(TenantsService)
      .createKey({ tenantName: 'Puller', name: 'puller', scopes: [...SCOPES], expiresInDays: null });
    return { api: new Api(test.url, made.key), tenantId: made.tenantId };
  }

  async function pull(api: Api, query: string): Promise<Page> {
    const answer = await api.get(`/v1/events?${query}`);
    expect(answer.status).toBe(200);
    return answer.body as Page;
  }

  /** An event in a transaction that stays open: nothing says that it comes. */
  async function write(client: Client, tenantId: string, sequence: number, subject = newId('req')): Promise<string> {
    const id = newId('evt');
    await client.query(
      `INSERT INTO events (id, tenant_id, subject, sequence, name, data, traceparent, published_at)
       VALUES ($1, $2, $3, $4, 'route.decided', '{"id":"x"}', '', now())`,
      [id, tenantId, subject, sequence],
    );
    return id;
  }

  it('answers the bytes of the webhook, in order, page by page', async () => {
    const { api } = await tenant();
    const ids: string[] = [];
    for (let index = 0; index < 3; index++) ids.push((await api.route({ ...CART, webhook: { url: receiver.url } })).id);
    const hooks = await receiver.waitFor(3);
    const first = await pull(api, 'limit=2');
    expect(first.data.map(({ subject }) => subject)).toEqual(ids.slice(0, 2));
    expect(first.hasMore).toBe(true);
    const second = await pull(api, `limit=2&after=${first.nextCursor}`);
    expect(second.data.map(({ subject }) => subject)).toEqual(ids.slice(2));
    expect(second).toMatchObject({ hasMore: false, nextCursor: second.data[0]!.id });
    const text = JSON.stringify([...first.data, ...second.data]);
    for (const { body } of hooks) expect(text).toContain(JSON.stringify(JSON.parse(body)));
    const end = await pull(api, `after=${second.nextCursor}`);
    expect(end).toEqual({ data: [], nextCursor: second.nextCursor, hasMore: false });
  });

  it('begins with the newest for who wants to know what happens from now on, and goes on from there', async () => {
    const { api, tenantId } = await tenant();
    expect(await pull(api, 'newest=true')).toEqual({ data: [], nextCursor: null, hasMore: false });
    const [client] = clients as [Client];
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) ids.push(await write(client, tenantId, 1));
    const newest = await pull(api, 'newest=true&limit=2');
    expect(newest.data.map(({ id }) => id)).toEqual(ids.slice(1));
    expect(newest).toMatchObject({ nextCursor: ids[2], hasMore: false });
    expect((await pull(api, 'newest=true&limit=9')).data.map(({ id }) => id)).toEqual(ids);
    const later = await write(client, tenantId, 1);
    expect((await pull(api, `after=${newest.nextCursor}`)).data.map(({ id }) => id)).toEqual([later]);
  });

  it('never passes over an event whose transaction commits after one with a later position', async () => {
    const { api, tenantId } = await tenant();
    const [early, late] = clients as [Client, Client];
    await early.query('BEGIN');
    const slow = await write(early, tenantId, 1);
    const quick = await write(late, tenantId, 1);
    const before = await pull(api, '');
    expect(before.data).toEqual([]);
    expect(before.nextCursor).toBeNull();
    await early.query('COMMIT');
    expect((await pull(api, '')).data.map(({ id }) => id)).toEqual([slow, quick]);
  });

  it('goes on as soon as a transaction that held it back is gone, whether it committed or not', async () => {
    const { api, tenantId } = await tenant();
    const [early, late] = clients as [Client, Client];
    await early.query('BEGIN');
    await write(early, tenantId, 1);
    const kept = await write(late, tenantId, 1);
    const waiting = pull(api, '');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await early.query('ROLLBACK');
    expect((await waiting).data.map(({ id }) => id)).toEqual([kept]);
  });

  it('has what a webhook told by the time the webhook has landed', async () => {
    const { api } = await tenant();
    receiver.received.length = 0;
    const { id } = await api.route({ ...CART, webhook: { url: receiver.url } });
    await receiver.waitFor(1);
    expect((await pull(api, '')).data.map(({ subject }) => subject)).toContain(id);
  });

  it('filters by type and moves on over what it leaves out', async () => {
    const { api } = await tenant();
    await api.route(CART);
    const none = await pull(api, 'types=route.failed,route.cancelled');
    expect(none.data).toEqual([]);
    expect(none.nextCursor).toMatch(/^evt_/);
    expect((await pull(api, `after=${none.nextCursor}`)).data).toEqual([]);
    expect((await pull(api, 'types=route.decided')).data).toHaveLength(1);
    expect((await api.get('/v1/events?types=quote.received')).status).toBe(400);
  });

  it('shows a tenant its own events only, and knows no cursor of another', async () => {
    const [mine, other] = [await tenant(), await tenant()];
    await mine.api.route(CART);
    const { nextCursor } = await pull(mine.api, '');
    expect((await pull(other.api, '')).data).toEqual([]);
    const refused = await other.api.get(`/v1/events?after=${nextCursor}`);
    expect([refused.status, refused.body.code]).toEqual([404, 'event_not_found']);
  });

  it('of many at once tells what comes after each place and then their end, of another’s no more than of none', async () => {
    const [mine, other] = [await tenant(), await tenant()];
    const [one, two] = [await mine.api.route(CART), await mine.api.route(CART)];
    const page = async (api: Api, follow: string) => (await api.get(`/v1/stream/page?follow=${follow}`)).body;
    const told = ({ messages }: { messages: { type: string; subject: string; problem?: { code: string } }[] }) =>
      messages.map(({ type, subject, problem }) => [subject, problem?.code ?? type]);
    const all = await page(mine.api, `${one.id}:0,${two.id}:1`);
    expect(told(all)).toEqual([
      [one.id, 'event'],
      [one.id, 'ended'],
      [two.id, 'ended'],
    ]);
    expect(all.hasMore).toBe(false);
    const [{ event }] = all.messages;
    expect(event).toEqual((await pull(mine.api, 'types=route.decided')).data.find(({ subject }) => subject === one.id));
    const missing = newId('req');
    expect(told(await page(other.api, `${one.id}:0,${missing}:0`))).toEqual([
      [one.id, 'route_not_found'],
      [missing, 'route_not_found'],
    ]);
    const { token } = (await mine.api.post(`/v1/routes/${one.id}/token`)).body as { token: string };
    expect(told(await page(new Api(test.url, token), `${one.id}:1,${two.id}:1`))).toEqual([
      [one.id, 'ended'],
      [two.id, 'token_not_accepted'],
    ]);
    const stream = await SseClient.open(`${test.url}/v1/stream/events?follow=${one.id}:0,${two.id}:0&token=${token}`);
    await stream.until(({ ended }) => ended);
    const messages = stream.frames.map(({ data }) => JSON.parse(data) as { type: string; subject: string });
    expect(messages.filter(({ subject }) => subject === one.id).map(({ type }) => type)).toEqual([
      'subscribed',
      'event',
      'ended',
    ]);
    expect(messages.filter(({ subject }) => subject === two.id).map(({ type }) => type)).toEqual(['error']);
    for (const follow of ['', 'x', `${one.id}:x`, `${one.id}:0:0`, `${one.id},${one.id}`, 'wat_1:0']) {
      expect([follow, (await mine.api.get(`/v1/stream/page?follow=${follow}`)).status]).toEqual([follow, 400]);
    }
  });
});
