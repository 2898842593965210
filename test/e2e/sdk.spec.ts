import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'undici';
import { LoopGPT, LoopGPTError, verifyWebhook, type Event } from '../../sdk/client.js';
import { newId } from '../../src/common/ids.js';
import { Api } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { HOUSEHOLD } from '../support/household.js';
import { Receiver } from '../support/receiver.js';
import { rowsOf } from '../support/stores.js';
import { WayProxy } from '../support/way-proxy.js';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

describe('the client library against the product', () => {
  let test: TestApp;
  let receiver: Receiver;
  let client: LoopGPT;

  beforeAll(async () => {
    [test, receiver] = await Promise.all([startApp(), Receiver.start()]);
    ({ client } = test.api);
  }, 60_000);
  afterAll(async () => {
    await test?.close();
    await receiver?.close();
  });

  it('routes a cart to its outcome in one line', async () => {
    const route = await client.routes.create(CART).wait();
    expect(route.status).toBe('fulfilled');
    expect(route.outcome!.winner!.totalCents).toBeGreaterThan(0);
  });

  it('tells the same event by stream and by verified webhook, and GET is not older', async () => {
    const request = client.routes.create({ ...CART, webhook: { url: receiver.url, secret: SECRET } });
    const seen: Event[] = [];
    for await (const event of request.events()) if (event.type !== 'route.quoted') seen.push(event as Event);
    expect(seen.map(({ type }) => type)).toEqual(['route.decided']);
    const [hook] = await receiver.waitFor(1);
    expect(verifyWebhook(SECRET, hook!.body, hook!.headers)).toEqual(seen[0]);
    expect(() => verifyWebhook(SECRET, `${hook!.body} `, hook!.headers)).toThrow();
    const route = await client.routes.get((await request).id);
    expect(route.outcome).toEqual(seen[0]!.data.outcome);
  });

  it('makes one route of two requests with the same key, and says what is wrong by code', async () => {
    const options = { idempotencyKey: 'client-once' };
    const [one, two] = [await client.routes.create(CART, options), await client.routes.create(CART, options)];
    expect(two.id).toBe(one.id);
    const clash = client.routes.create({ ...CART, reference: 'other' }, options);
    await expect(clash).rejects.toMatchObject({ code: 'idempotency_reused', status: 422 });
    await expect(client.routes.get('req_none')).rejects.toBeInstanceOf(LoopGPTError);
    const listed = await client.routes.list({ limit: 1 });
    expect(listed.data).toHaveLength(1);
  });

  it('follows a route and a plan on one WebSocket, and pulls the same events in the same order', async () => {
    const before = (await client.events.list({ limit: 100 })).nextCursor ?? undefined;
    const [route, plan] = [await client.routes.create(CART), await client.plans.create({ ...HOUSEHOLD, days: 1 })];
    const seen: Event[] = [];
    for await (const event of client.follow([route.id, plan.id])) {
      if (event.type !== 'route.quoted') seen.push(event as Event);
    }
    const pulled: Event[] = [];
    for await (const event of client.events.iterate({ after: before, limit: 2 })) pulled.push(event);
    for (const { id } of [route, plan]) {
      const of = (events: Event[]) => events.filter(({ subject }) => subject === id);
      expect(of(seen).length).toBeGreaterThan(0);
      expect(of(pulled)).toEqual(of(seen));
    }
    expect((await client.plans.get(plan.id)).status).toBe('completed');
    const { token } = await client.plans.token(plan.id);
    expect((await new Api(test.url, token).client.plans.get(plan.id)).id).toBe(plan.id);
  });

  it('is told of a confirmation when it stays', async () => {
    const route = await client.routes.create(CART).wait();
    const following = client.follow([route.id], { stay: true });
    const seen: string[] = [];
    for await (const { type } of following) {
      if (type === 'route.quoted') continue;
      seen.push(type);
      if (type === 'route.confirmed') break;
      const { token } = (await client.routes.get(route.id)).confirmation!;
      const confirmation = await client.routes.confirm(route.id, { confirmationToken: token });
      expect(await client.routes.confirmation(route.id)).toEqual(confirmation);
    }
    expect(seen).toEqual(['route.decided', 'route.confirmed']);
  });

  it('keeps webhook endpoints, and sees what they were sent', async () => {
    receiver.received.length = 0;
    const { id, secret } = await client.webhookEndpoints.create({ url: receiver.url, description: 'mine' });
    await client.webhookEndpoints.test(id);
    const [hook] = await receiver.waitFor(1);
    expect(verifyWebhook(secret!, hook!.body, hook!.headers).type).toBe('webhook.test');
    expect((await client.webhookEndpoints.update(id, { description: 'ours' })).description).toBe('ours');
    expect((await client.webhookEndpoints.disable(id)).enabled).toBe(false);
    expect((await client.webhookEndpoints.enable(id)).enabled).toBe(true);
    const [delivery] = (await client.deliveries.list({ limit: 1 })).data;
    expect((await client.deliveries.get(delivery!.id)).body).toBe(hook!.body);
    await client.webhookEndpoints.delete(id);
    await expect(client.webhookEndpoints.get(id)).rejects.toMatchObject({ code: 'endpoint_not_found' });
    expect((await client.webhookEndpoints.list()).data).toEqual([]);
  });

  it('loses and doubles none of 10,000 events while each way they come by is cut, again and again', async () => {
    const [SUBJECTS, EACH, PARTS] = [10, 1000, 10];
    const { adminUrl } = test.stores;
    const { id: model } = await test.api.route(CART);
    const subjects = Array.from({ length: SUBJECTS }, () => newId('req'));
    await rowsOf(
      adminUrl,
      `INSERT INTO routes (id, tenant_id, request, policy, traceparent, deadline_at, started_at)
       SELECT s, tenant_id, request, policy, traceparent, now() + interval '1 hour', now() + interval '1 hour'
       FROM routes, unnest($2::text[]) s WHERE id = $1`,
      [model, subjects],
    );
    /** A part of each subject's events, as other processes would write them; the last of all is an outcome. */
    const write = (part: number) => {
      const from = (part * EACH) / PARTS;
      const rows = subjects.flatMap((subject) =>
        Array.from({ length: EACH / PARTS }, (_, index) => [newId('evt'), subject, from + index + 1] as const),
      );
      return rowsOf(
        adminUrl,
        `INSERT INTO events (id, tenant_id, subject, sequence, name, data, traceparent, published_at)
         SELECT e.id, r.tenant_id, e.subject, e.sequence, CASE e.sequence WHEN $5 THEN 'route.decided' ELSE 'route.noted' END, '{}', r.traceparent, now()
         FROM unnest($1::text[], $2::text[], $3::int[]) AS e (id, subject, sequence) JOIN routes r ON r.id = $4`,
        [rows.map(([id]) => id), rows.map(([, subject]) => subject), rows.map(([, , at]) => at), model, EACH],
      );
    };
    const proxy = await WayProxy.start(test.url);
    const far = new LoopGPT({ baseUrl: proxy.url, WebSocket });
    const following = far.follow(subjects, { betterMs: 300, pollMs: 50, batch: 20 });
    const seen: string[] = [];
    const ways = new Set<string | null>();
    const all = (async () => {
      for await (const one of following) {
        seen.push(one.type === 'gap' ? 'gap' : `${one.subject} ${(one as Event).sequence}`);
        ways.add(following.way);
      }
    })();
    const until = async (reached: () => boolean) => {
      while (!reached()) await Promise.race([sleep(10), all.then(() => expect(reached()).toBe(true))]);
    };
    const comesBy = (way: string) => until(() => following.way === way);
    // Writes a part and breaks the way in use in the middle of it.
    const through = async (part: number, way: 'websocket' | 'sse' | 'polling') => {
      await comesBy(way);
      const before = seen.length;
      const written = write(part);
      await until(() => seen.length > before);
      proxy.cut(way);
      await written;
      await until(() => seen.length === (part + 1) * (EACH / PARTS) * SUBJECTS);
    };
    await through(0, 'websocket');
    await through(1, 'websocket');
    proxy.block('websocket');
    await through(2, 'sse');
    await through(3, 'sse');
    proxy.block('sse');
    await through(4, 'polling');
    await through(5, 'polling');
    proxy.mend();
    await through(6, 'websocket');
    proxy.block('websocket', 'sse', 'polling');
    await write(7);
    await sleep(300);
    proxy.mend();
    await until(() => seen.length === 8 * (EACH / PARTS) * SUBJECTS);
    await through(8, 'websocket');
    await comesBy('websocket');
    await write(9);
    await all;
    expect(proxy.cuts).toBeGreaterThanOrEqual(9);
    expect(ways).toEqual(new Set(['websocket', 'sse', 'polling']));
    expect(seen).toHaveLength(SUBJECTS * EACH);
    for (const subject of subjects) {
      const own = seen.filter((one) => one.startsWith(subject)).map((one) => Number(one.split(' ')[1]));
      expect(own).toEqual(Array.from({ length: EACH }, (_, index) => index + 1));
    }
    await proxy.close();
  }, 120_000);
});
