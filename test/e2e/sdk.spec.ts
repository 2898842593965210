import { LoopGPT, LoopGPTError, verifyWebhook, type Event } from '../../sdk/client.js';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { Receiver } from '../support/receiver.js';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

describe('the client library against the product', () => {
  let test: TestApp;
  let receiver: Receiver;
  let client: LoopGPT;

  beforeAll(async () => {
    [test, receiver] = await Promise.all([startApp(), Receiver.start()]);
    client = new LoopGPT({ baseUrl: test.url });
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
    for await (const event of request.events()) seen.push(event as Event);
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
});
