import { LiveShare } from '../../src/modules/words/accuracy/live-share.service.js';
import { SCOPES, type Scope } from '../../src/modules/tenants/scopes.js';
import { TenantsService } from '../../src/modules/tenants/tenants.service.js';
import { Api } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { HOUSEHOLD } from '../support/household.js';
import { ordersOf } from '../support/past-orders.js';
import { Receiver } from '../support/receiver.js';
import { rowsOf } from '../support/stores.js';

interface Question {
  id: string;
  line: string;
  kind: string;
  choices: { id: string; label: string; effect: { drop?: boolean } }[];
  answer: string | null;
}
interface Step {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  body: Record<string, unknown> | null;
  needs: string[];
}
interface Line {
  id: string;
  name: string;
  quantity: number | null;
  unit: string | null;
  state: string;
}

describe('carts of words', () => {
  let test: TestApp;
  let receiver: Receiver;
  beforeAll(async () => {
    [test, receiver] = await Promise.all([startApp(), Receiver.start()]);
  }, 60_000);
  afterAll(async () => {
    await test?.close();
    await receiver?.close();
  });

  const wait = { prefer: 'wait=20' };
  const say = (text: string, more: object = {}) => test.api.post('/v1/carts', { text, ...more }, wait);

  it('accepts words with 202, and tells where their cart will be', async () => {
    const { status, headers, body } = await test.api.post('/v1/carts', { text: '2 lb chicken breast and 3 onions' });
    expect([status, headers.location]).toEqual([202, `/v1/carts/${body.id}`]);
    const { body: cart } = await test.api.get(`/v1/carts/${body.id}`, wait);
    expect(cart).toMatchObject({ status: 'ready', routable: true, questions: [], version: 1, language: 'en' });
    expect(cart.lines.map(({ name, quantity, unit }: Line) => [name, quantity, unit])).toEqual([
      ['chicken breast', 2, 'pound'],
      ['onions', 3, null],
    ]);
    expect((await test.api.get('/v1/carts?limit=1')).body.data[0].id).toBe(body.id);
  });

  it('owns every character of what was said, in order', async () => {
    const text = 'Hi! Please add 2 cans of tomato soup\n- eggs (6), and make everything vegan 🥕 zzqx';
    const { words } = (await say(text)).body;
    let end = 0;
    for (const { span } of words as { span: [number, number] }[]) {
      expect(span[0]).toBe(end);
      expect(span[1]).toBeGreaterThan(span[0]);
      end = span[1];
    }
    expect(end).toBe(text.length);
  });

  it('goes from a list in two languages over answers, in whichever order, to one cart, its route and its webhook', async () => {
    const text = 'hej, kan du add 2 liter mælk, en pakke smør, noget ost, og some snacks, please';
    const asked = async () => (await say(text, { locale: 'da-DK', webhook: { url: receiver.url } })).body;
    const orders = <T>(all: readonly T[]): T[][] =>
      all.length < 2
        ? [[...all]]
        : all.flatMap((one, at) => orders(all.toSpliced(at, 1)).map((rest) => [one, ...rest]));
    const lineNamed = (cart: { lines: Line[] }, id: string) => cart.lines.find((line) => line.id === id)?.name;
    const first = await asked();
    expect(first.status).toBe('needs_input');
    const open = first.questions as Question[];
    expect(open.length).toBeGreaterThanOrEqual(2);
    const route = { shippingAddress: CART.shippingAddress };
    expect((await test.api.post(`/v1/carts/${first.id}/route`, route)).body.code).toBe('cart_has_questions');
    const answers = open.map(({ id, line }) =>
      lineNamed(first, line) === 'ost' ? { question: id, text: 'cheddar' } : { question: id, choice: 'c1' },
    );
    const { body: atOnce } = await test.api.post(`/v1/carts/${first.id}/answers`, { version: 1, answers });
    expect(atOnce).toMatchObject({ status: 'ready', version: 2, routable: true });
    const old = await test.api.post(`/v1/carts/${first.id}/answers`, { version: 1, answers });
    expect([old.status, old.body.code]).toEqual([409, 'cart_changed']);
    for (const order of orders(answers)) {
      let cart = await asked();
      for (const answer of order)
        cart = (await test.api.post(`/v1/carts/${cart.id}/answers`, { version: cart.version, answers: [answer] })).body;
      expect(cart).toMatchObject({ status: 'ready', version: 1 + order.length, routable: true });
      expect(cart.lines).toEqual(atOnce.lines);
    }
    const routed = await test.api.post(`/v1/carts/${first.id}/route`, { ...route, webhook: { url: receiver.url } });
    expect(routed.status).toBe(202);
    expect(routed.body).toMatchObject({ items: atOnce.lines.length, leftOut: [] });
    const { body: done } = await test.api.get(routed.body.path, wait);
    expect(done.metadata).toMatchObject({ cartId: first.id });
    // Shops are asked in their own language.
    const bought = Object.values(done.lines as Record<string, { productName: string | null }[]>).flat();
    for (const name of [/milk/i, /butter/i])
      expect(bought.some(({ productName }) => name.test(productName ?? ''))).toBe(true);
    const told = async () =>
      (await receiver.waitFor(1)).map(({ body }) => JSON.parse(body) as { type: string; data: { id: string } });
    const types = new Map([
      ['cart.needs_input', first.id],
      ['cart.changed', first.id],
      [/^(route\.(decided|failed))$/.source, routed.body.routeId],
    ]);
    for (const [type, id] of types) {
      const until = Date.now() + 20_000;
      const isTold = async () => (await told()).some((one) => new RegExp(type).test(one.type) && one.data.id === id);
      while (!(await isTold()) && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
      expect({ type, told: await isTold() }).toEqual({ type, told: true });
    }
  }, 60_000);

  it('is reached by the client library', async () => {
    const { carts, routes } = test.api.client;
    const cart = await carts.create({ text: '2 lb rice and some cheese' }).wait({ timeoutMs: 20_000 });
    const choice = cart.questions[0]!.choices[0]!.id;
    const answered = await carts.answer(cart.id, {
      version: cart.version,
      answers: [{ question: cart.questions[0]!.id, choice }],
    });
    const { routeId } = await carts.route(answered.id, { shippingAddress: CART.shippingAddress });
    expect((await routes.wait(routeId)).metadata).toEqual({ cartId: cart.id });
    expect((await carts.list({ limit: 1 })).data[0]).toMatchObject({ id: cart.id, status: 'ready' });
  });

  it('chooses nothing by silence: what nobody answered is left out, and named', async () => {
    const { body: cart } = await say('add milk, and some cheese');
    const route = { shippingAddress: CART.shippingAddress, acceptDefaults: true };
    const routed = await test.api.post(`/v1/carts/${cart.id}/route`, route);
    expect(routed.body).toMatchObject({ items: 1, leftOut: [{ name: 'cheese' }] });
  });

  it('takes no answer once its questions are too old, and chooses nothing then; words ask them anew', async () => {
    const { body: cart } = await say('add milk, and some cheese');
    expect(Date.parse(cart.questionsExpireAt) - Date.parse(cart.closedAt)).toBe(24 * 3_600_000);
    await rowsOf(
      test.stores.adminUrl,
      `UPDATE carts SET state = state || '{"askedUntil":"2026-01-01T00:00:00.000Z"}' WHERE id = $1`,
      [cart.id],
    );
    const answers = [{ question: cart.questions[0].id, choice: 'c1' }];
    const late = await test.api.post(`/v1/carts/${cart.id}/answers`, { version: cart.version, answers });
    expect([late.status, late.body.code]).toEqual([409, 'cart_questions_expired']);
    expect((await test.api.get(`/v1/carts/${cart.id}`)).body.lines[1].state).toBe('open');
    const said = (await say('mozzarella', { cartId: cart.id })).body;
    expect(said.lines[1]).toMatchObject({ name: 'cheese', state: 'open' });
    const again = await test.api.post(`/v1/carts/${said.id}/answers`, { version: said.version, answers });
    expect(again.body).toMatchObject({ status: 'ready', questionsExpireAt: null });
  });

  it('goes on with a cart: changes, takes out and undoes, and leaves the earlier as it was', async () => {
    const { body: first } = await say('2 lb rice, 12 eggs and a gallon of whole milk');
    const { body: second } = await say('remove the rice and change the eggs to 6', { cartId: first.id });
    expect(second.lines.map(({ name, quantity }: Line) => [name, quantity])).toEqual([
      ['eggs', 6],
      ['whole milk', 1],
    ]);
    const { body: third } = await say('undo that', { cartId: second.id });
    expect(third.lines.map(({ name }: Line) => name)).toEqual(['rice', 'eggs', 'whole milk']);
    expect((await test.api.get(`/v1/carts/${first.id}`)).body.lines).toHaveLength(3);
  });

  it('answers what is asked with what the household saw, and with requests that do it', async () => {
    const file = await test.api.post('/v1/imports', ordersOf([349, 369, 359]), { 'content-type': 'text/csv', ...wait });
    expect(file.body.status).toBe('completed');
    const known: Record<string, unknown> = {
      shippingAddress: CART.shippingAddress,
      postalCode: '8000',
      people: HOUSEHOLD.people,
    };
    /** As a chat app would: adds what is needed, and sends it. */
    const follow = async ({ method, path, body, needs }: Step) => {
      const more = Object.fromEntries(needs.map((name) => [name, known[name]]));
      const query =
        method === 'GET' && needs.length > 0
          ? `${path.includes('?') ? '&' : '?'}${new URLSearchParams(more as Record<string, string>).toString()}`
          : '';
      if (method === 'GET') return test.api.get(path + query);
      if (path === '/v1/imports')
        return test.api.post(path, ordersOf([299], 300014000000900), { 'content-type': 'text/csv' });
      const isTried = path === '/v1/plans' && needs.length > 0;
      return test.api.send(method, isTried ? `${path}?validateOnly=true` : path, { ...body, ...more });
    };
    const ask = async (text: string, more: object = {}) => {
      const { body } = await say(text, more);
      const action = body.actions.at(-1);
      for (const step of action.next as Step[]) {
        const { status, body: done } = await follow(step);
        expect({ text, step, status, done: status < 300 ? null : done }).toMatchObject({
          status: expect.any(Number),
          done: null,
        });
      }
      return { ...action, cart: body };
    };
    const cheap = await ask('how much is oat milk at walmart');
    expect(cheap.found).toEqual([
      expect.objectContaining({ kind: 'price', cents: 349, currency: 'USD', store: 'walmart' }),
    ]);
    expect(cheap.cart.constraints).toEqual({});
    expect((await ask('price history of oat milk')).next[0].path).toMatch(/^\/v1\/products\/prd_\w+\/prices/);
    expect((await ask('find oat milk')).found[0]).toMatchObject({ kind: 'product', name: 'Oat Milk, 64 fl oz' });
    expect((await ask('find oat milk', { history: 'ignore' })).found).toEqual([]);
    expect((await ask('hvad koster smør i Netto')).next).toHaveLength(1);
    expect((await ask('any deals on chicken near me')).next[0].path).toBe('/v1/offers');
    expect((await ask('any deals at netto today')).next[0].path).toBe('/v1/offers?chains=netto');
    expect((await ask('er der tilbud på kaffe i nærheden')).next).toHaveLength(1);
    expect((await ask('plan meals for 2 days under $80, no nuts')).next[0].needs).toEqual(['people']);
    expect((await ask('lav en madplan til 2 dage')).next).toMatchObject([{ path: '/v1/plans', needs: [] }]);
    const dish = await ask('alt til beef tacos til 6 personer');
    expect(dish.lines.length).toBeGreaterThan(4);
    expect(dish.cart.routable).toBe(true);
    expect((await ask('everything i need for tacos')).next.length).toBeGreaterThan(1);
    expect((await ask('importer mine ordrer')).next[0].path).toBe('/v1/imports');
    expect((await ask('check out', { cartId: dish.cart.id })).next).toHaveLength(1);
    expect((await ask('vis kurven', { cartId: dish.cart.id })).lines).toEqual(dish.lines);
    for (const text of ['where is my order', 'hvor er min ordre'])
      expect((await ask(text)).found.map(({ kind }: { kind: string }) => kind)).toEqual(['route', 'plan']);
  });

  it('takes words for answers, and holds its route to what was said', async () => {
    const { body: asked } = await say(
      '2 liters of milk and some cheese, no more than $40, only from walmart, by friday',
    );
    expect(asked.questions).toHaveLength(1);
    const { body: cart } = await say('den anden', { cartId: asked.id });
    expect(cart).toMatchObject({ status: 'ready', routable: true });
    expect(cart.notBinding).toEqual([expect.objectContaining({ constraint: 'deadline' })]);
    const { body: routed } = await test.api.post(`/v1/carts/${cart.id}/route`, {
      shippingAddress: CART.shippingAddress,
    });
    expect(routed.notBinding).toEqual(cart.notBinding);
    const { body: route } = await test.api.get(routed.path, wait);
    expect(route.quotes.map(({ providerId }: { providerId: string }) => providerId)).toEqual(['WALMART_API']);
    expect(route.outcome.budget).toMatchObject({ cents: 4000, overCents: 0, within: ['WALMART_API'] });
    expect(route.metadata).toMatchObject({ cartId: cart.id, deadline: expect.stringContaining('friday') });
  });

  it('reads by when it is needed in the zone that was said, and tells who is in time', async () => {
    const { body: cart } = await say('2 liters of milk by tomorrow 6 pm', { timezone: 'America/New_York' });
    expect(Date.parse(cart.neededBy)).toBeGreaterThan(Date.parse(cart.createdAt));
    expect(cart.notBinding).toEqual([]);
    const { body: more } = await say('add 3 bananas', { cartId: cart.id });
    expect(more.neededBy).toBe(cart.neededBy);
    const route = { shippingAddress: CART.shippingAddress };
    const { body: routed } = await test.api.post(`/v1/carts/${more.id}/route`, route);
    const { outcome } = (await test.api.get(routed.path, wait)).body;
    expect(outcome.inTime.neededBy).toBe(cart.neededBy);
    const { inTime, late, untold } = outcome.inTime;
    expect([...inTime, ...late, ...untold].sort()).toEqual(
      [outcome.winner, ...outcome.fallbacks].map(({ providerId }: { providerId: string }) => providerId).sort(),
    );
    expect((await say('milk', { timezone: 'Mars/Olympus' })).status).toBe(400);
  });

  it('shows no cart to another tenant, and keeps no words in events', async () => {
    const { body: cart } = await say('hi, this is Quenby Strathmore speaking. add a kilo of xylophone crackers');
    const { key } = await test.app
      .get(TenantsService)
      .createKey({ tenantName: 'Other', name: 'other', scopes: [...SCOPES], expiresInDays: null });
    const other = new Api(test.url, key);
    expect((await other.get(`/v1/carts/${cart.id}`)).status).toBe(404);
    expect((await other.post('/v1/carts', { text: 'eggs', cartId: cart.id })).status).toBe(404);
    const events = await rowsOf<{ data: string }>(
      test.stores.adminUrl,
      `SELECT data::text FROM events WHERE subject = '${cart.id}'`,
    );
    expect(events).toHaveLength(1);
    expect(events[0]!.data).not.toMatch(/Quenby|Strathmore/);
  });

  it('tells a key no more than it may read', async () => {
    const { body: full } = await say('where is my order');
    expect(full.actions[0].found.length).toBeGreaterThan(0);
    const [row] = await rowsOf<{ id: string }>(
      test.stores.adminUrl,
      'SELECT tenant_id AS id FROM carts WHERE id = $1',
      [full.id],
    );
    const scopes: Scope[] = ['carts:read', 'carts:write'];
    const { key } = await test.app
      .get(TenantsService)
      .createKey({ tenantId: row!.id, tenantName: 'Own', name: 'little', scopes, expiresInDays: null });
    const little = new Api(test.url, key);
    for (const text of ['where is my order', 'how much is oat milk']) {
      const { body: cart } = await little.post('/v1/carts', { text }, wait);
      expect(cart.actions).toMatchObject([{ found: [] }]);
    }
  });

  it('counts which lines stand a day later as they were read, in the cart that was routed or the latest', async () => {
    const { body: first } = await say('2 lb rice, 12 eggs, some cheese and 3 bananas');
    const { body: second } = await say('remove the rice and change the eggs to 6', { cartId: first.id });
    const { body: routed } = await say('4 apples and 5 lemons');
    await test.api.post(`/v1/carts/${routed.id}/route`, { shippingAddress: CART.shippingAddress });
    await say('empty the cart', { cartId: routed.id });
    await rowsOf(
      test.stores.adminUrl,
      `UPDATE carts SET closed_at = closed_at - interval '25 hours' WHERE status <> 'open'`,
    );
    const live = test.app.get(LiveShare);
    while (await live.count());
    const counted = await rowsOf<{ id: string; read: number; kept: number }>(
      test.stores.adminUrl,
      'SELECT id, lines_read AS read, lines_kept AS kept FROM carts WHERE id = ANY($1) ORDER BY id',
      [[first.id, second.id, routed.id]],
    );
    expect(counted.map(({ read, kept }) => [read, kept])).toEqual([
      [3, 1],
      [1, 1],
      [2, 2],
    ]);
    const { live: told } = (await test.api.get('/v1/words/accuracy')).body;
    expect(told.n).toBeGreaterThanOrEqual(6);
    expect(told.value).toBeGreaterThan(told.low);
    expect(await (await fetch(`${test.url}/metrics`)).text()).toMatch(/loopgpt_words_lines_kept_ratio \d/);
  });

  it('tells how well words are read, set by set, and the former language service names what reads', async () => {
    const { body: accuracy } = await test.api.get('/v1/words/accuracy');
    expect(accuracy.measured.length).toBeGreaterThan(10);
    expect(accuracy.model).toMatch(/^tagger-[0-9a-f]{12}$/);
    const { body: read } = await test.api.post('/api/nlp/process', { text: 'add 2 cans of tomato soup' });
    expect(read).toMatchObject({
      success: true,
      service: 'nlp',
      model: accuracy.model,
      intent: 'add_items',
      items: ['tomato soup'],
      quantities: [2],
    });
    const { body: entities } = await test.api.post('/process', { text: 'remove the milk' });
    expect(entities).toMatchObject({
      intent: { action: 'remove_items' },
      normalized: { products: [{ name: 'milk' }] },
    });
    expect((await test.api.post('/batch', { texts: ['empty the cart', 'check out'] })).body.results).toHaveLength(2);
    expect((await test.api.post('/api/nlp/process', { text: 'eggs', userId: 'somebody' })).status).toBe(400);
    const metrics = await (await fetch(`${test.url}/metrics`)).text();
    expect(metrics).toMatch(/nlp_service_accuracy_percent\{set="carts composed",measure="item F1"/);
  });
});
