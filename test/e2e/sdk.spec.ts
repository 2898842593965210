import { LoopGPTError, verifyWebhook, type Event, type LoopGPT } from '../../sdk/client.js';
import { Api } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { HOUSEHOLD } from '../support/household.js';
import { Receiver } from '../support/receiver.js';

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
});
