import { randomBytes } from 'node:crypto';
import type { EventData } from '../../src/events/catalogue.js';
import { RefreshingService } from '../../src/modules/discounts/refreshing.service.js';
import type { ClearanceWatch } from '../../src/modules/discounts/watching/clearance-watches.dto.js';
import { TellingService } from '../../src/modules/discounts/watching/telling.service.js';
import { SCOPES } from '../../src/modules/tenants/scopes.js';
import { TenantsService } from '../../src/modules/tenants/tenants.service.js';
import { Api } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { offer } from '../support/clearances.js';
import { Receiver } from '../support/receiver.js';
import { SocketClient } from '../support/socket.js';
import { SseClient } from '../support/sse.js';
import { rowsOf } from '../support/stores.js';

const AARHUS = { latitude: 56.152, longitude: 10.205, radiusKm: 4 };
interface Told {
  subject: string;
  sequence: number;
  data: EventData<'clearances.changed'>;
}
const DAY_MS = 86_400_000;
const PRODUCTION = {
  LOOPGPT_ENV: 'production',
  LOOPGPT_ALLOW_MOCK_IN_PRODUCTION: 'true',
  LOOPGPT_WEBHOOK_ALLOW_PRIVATE: 'false',
};

describe('an area whose clearances are watched', () => {
  let test: TestApp;
  let mine: Api;
  let stranger: Api;
  let key: string;
  let strangerKey: string;
  beforeAll(async () => {
    test = await startApp({ CACHE_TTL_SECONDS: '0', LOOPGPT_SECRET_KEY: randomBytes(32).toString('base64') });
    // Nobody but these tests asks by itself.
    await test.app.get(RefreshingService).onApplicationShutdown();
    const tenants = test.app.get(TenantsService);
    const keyOf = (name: string) =>
      tenants.createKey({ tenantName: name, name, scopes: [...SCOPES], expiresInDays: null });
    [key, strangerKey] = [(await keyOf('Mine')).key, (await keyOf('Stranger')).key];
    [mine, stranger] = [new Api(test.url, key), new Api(test.url, strangerKey)];
  }, 60_000);
  afterEach(() => test?.simulator.control.reset());
  afterAll(() => test?.close());

  const made = async (body: object = {}, api = mine) => {
    const answer = await api.post('/v1/clearance-watches', { near: AARHUS, ...body });
    expect(answer.status).toBe(201);
    return answer.body as ClearanceWatch;
  };
  /** As if the last asking were long ago. */
  async function refresh(): Promise<void> {
    await rowsOf(test.stores.adminUrl, `UPDATE clearance_places SET asked_at = now() - interval '7 hours'`);
    await test.app.get(RefreshingService).refresh();
  }
  const eventsOf = async (id: string, api = mine) =>
    ((await api.get('/v1/events?types=clearances.changed&limit=100')).body.data as Told[]).filter(
      ({ subject }) => subject === id,
    );

  it('tells what came, changed and went, once for each asking, by stream, socket, webhook and pull', async () => {
    const receiver = await Receiver.start();
    await mine.post('/v1/webhook-endpoints', { url: receiver.url, events: ['clearances.changed'] });
    const watch = await made({ reference: 'home' });
    expect(watch).toMatchObject({ near: AARHUS, chains: null, words: null, seenAt: null, running: 0 });
    const headers = { authorization: `Bearer ${key}` };
    const url = `${test.url}/v1/clearance-watches/${watch.id}/events`;
    const stream = await SseClient.open(url, headers);
    const socket = await SocketClient.open(`${test.url}/v1/stream`, headers, ['loopgpt.v1']);
    socket.subscribe(watch.id, { batch: 50 });
    await socket.until(({ messages }) => messages.some(({ type }) => type === 'subscribed'));
    await refresh();
    const [hook] = await receiver.waitFor(1);
    const first = JSON.parse(hook!.body) as Told;
    expect(first).toMatchObject({
      type: 'clearances.changed',
      subject: watch.id,
      sequence: 1,
      data: { id: watch.id, reference: 'home', isFirst: true, simulated: true, changed: [], went: [] },
    });
    const offers = (await mine.client.offers.find(AARHUS)).data;
    const keysOf = (all: { ean: string; store: { id: string } }[]) =>
      all.map(({ ean, store }) => `${store.id} ${ean}`).toSorted();
    expect(keysOf(first.data.came)).toEqual(keysOf(offers));
    expect((await mine.get(`/v1/clearance-watches/${watch.id}`)).body).toMatchObject({
      running: offers.length,
      seenAt: expect.stringMatching(/Z$/),
    });
    // Nothing has moved: nobody hears of it.
    await refresh();
    expect(await eventsOf(watch.id)).toHaveLength(1);
    // Another day: other goods, and some for another price.
    await test.simulator.control.advance(DAY_MS);
    await refresh();
    const [, next] = await receiver.waitFor(2);
    const { came, changed, went, isFirst } = (JSON.parse(next!.body) as Told).data;
    expect([isFirst, came.length > 0, changed.length > 0, went.length > 0]).toEqual([false, true, true, true]);
    const before = new Map(offers.map((one) => [`${one.store.id} ${one.ean}`, one.priceCents]));
    for (const one of changed) {
      expect(before.get(`${one.store.id} ${one.ean}`)).toBe(one.wasCents);
      expect(one.priceCents).not.toBe(one.wasCents);
    }
    for (const one of came) expect(before.has(`${one.store.id} ${one.ean}`)).toBe(false);
    for (const one of went) expect(before.get(`${one.store.id} ${one.ean}`)).toBe(one.priceCents);
    expect((await mine.get(`/v1/clearance-watches/${watch.id}`)).body.running).toBe(
      offers.length + came.length - went.length,
    );
    // Every shop has sold all.
    await test.simulator.control.setFault('SALLING', { mode: 'stock_out' });
    await refresh();
    await receiver.waitFor(3);
    const { frames } = await stream.until(({ frames }) => frames.length >= 3);
    expect(frames.map(({ data }) => data)).toEqual(receiver.received.map(({ body }) => body));
    expect((await mine.get(`/v1/clearance-watches/${watch.id}`)).body.running).toBe(0);
    const inBatches = () =>
      socket.messages.flatMap(({ type, messages }) => (type === 'batch' ? messages : [])).map(({ event }) => event);
    await socket.until(() => inBatches().length >= 3);
    expect(inBatches()).toEqual(receiver.received.map(({ body }) => JSON.parse(body)));
    expect((await eventsOf(watch.id)).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    stream.close();
    socket.close();
    // Whoever was away goes on from what it had.
    const resumed = await SseClient.open(url, { ...headers, 'last-event-id': '1' });
    await resumed.until(({ frames }) => frames.length >= 2);
    expect(resumed.frames.map(({ id }) => id)).toEqual(['2', '3']);
    resumed.close();
    const token = (await mine.post(`/v1/clearance-watches/${watch.id}/token`)).body.token;
    const page = await SseClient.open(`${url}?token=${token}&after=2`);
    await page.until(({ frames }) => frames.length >= 1);
    page.close();
    await receiver.close();
  }, 30_000);

  it('is heard by nobody else, and asked for once for all who watch it of one tenant', async () => {
    const watch = await made();
    const theirs = await made({}, stranger);
    const narrow = await made({ chains: ['Føtex'], words: 'demo' });
    await test.simulator.control.reset();
    await refresh();
    const asked = (await test.simulator.control.log()).filter(({ provider }) => provider === 'SALLING');
    // The area of two tenants, and that of the test before, which is the same.
    expect(asked).toHaveLength(2);
    expect(await eventsOf(watch.id)).toHaveLength(1);
    expect(await eventsOf(watch.id, stranger)).toEqual([]);
    expect(await eventsOf(theirs.id, stranger)).toHaveLength(1);
    const [of] = await eventsOf(narrow.id);
    expect(new Set(of!.data.came.map(({ store }: { store: { name: string } }) => store.name))).toEqual(
      new Set(['Demo føtex']),
    );
    await expect(
      SseClient.open(`${test.url}/v1/clearance-watches/${watch.id}/events`, {
        authorization: `Bearer ${strangerKey}`,
      }),
    ).rejects.toThrow(/404 .*clearance_watch_not_found/);
    const socket = await SocketClient.open(`${test.url}/v1/stream`, { authorization: `Bearer ${strangerKey}` }, [
      'loopgpt.v1',
    ]);
    socket.subscribe(watch.id);
    await socket.until(({ messages }) => messages.length > 0);
    expect(socket.messages[0]).toMatchObject({ type: 'error', problem: { code: 'clearance_watch_not_found' } });
    socket.close();
  });

  it('loses nothing and tells nothing twice where its event cannot be stored', async () => {
    const watch = await made({ near: { ...AARHUS, radiusKm: 2 } });
    await rowsOf(
      test.stores.adminUrl,
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$`,
    );
    await rowsOf(
      test.stores.adminUrl,
      `CREATE TRIGGER refuse BEFORE INSERT ON events FOR EACH ROW WHEN (NEW.subject = '${watch.id}') EXECUTE FUNCTION refuse()`,
    );
    await refresh();
    expect((await mine.get(`/v1/clearance-watches/${watch.id}`)).body).toMatchObject({ seenAt: null, running: 0 });
    await rowsOf(test.stores.adminUrl, 'DROP TRIGGER refuse ON events');
    await Promise.all([refresh(), refresh()]);
    const events = await eventsOf(watch.id);
    expect(events.map(({ sequence, data }) => [sequence, data.isFirst])).toEqual([[1, true]]);
    await refresh();
    expect(await eventsOf(watch.id)).toHaveLength(1);
  });

  it('is told nothing while no source answers', async () => {
    const watch = await made({ near: { ...AARHUS, radiusKm: 2.5 } });
    await refresh();
    await test.simulator.control.setFault('SALLING', { mode: 'error500' });
    await refresh();
    expect(await eventsOf(watch.id)).toHaveLength(1);
    await test.simulator.control.reset();
    await refresh();
    expect(await eventsOf(watch.id)).toHaveLength(1);
  });

  it('is told nothing of a simulator in production, nor of what is stale', async () => {
    const watch = await made({ near: { ...AARHUS, radiusKm: 1.5 } });
    const [{ tenantId }] = (await rowsOf<{ tenantId: string }>(
      test.stores.adminUrl,
      `SELECT tenant_id AS "tenantId" FROM clearance_watches WHERE id = '${watch.id}'`,
    )) as [{ tenantId: string }];
    const { app } = await test.another(PRODUCTION);
    const place = { ...watch.near, tenantId };
    await app.get(RefreshingService).refresh();
    const [claimed] = await rowsOf<{ lately: number }>(
      test.stores.adminUrl,
      `SELECT count(*)::int AS lately FROM clearance_places WHERE asked_at > now() - interval '1 minute'`,
    );
    expect([claimed!.lately > 0, await eventsOf(watch.id)]).toEqual([true, []]);
    const telling = app.get(TellingService);
    await telling.hear(place, { offers: [offer({ isStale: true })], failed: [], simulated: false });
    expect(await eventsOf(watch.id)).toEqual([]);
    await telling.hear(place, { offers: [offer()], failed: [], simulated: false });
    expect(await eventsOf(watch.id)).toMatchObject([{ data: { simulated: false, came: [{ ean: offer().ean }] } }]);
    await test.closeOthers();
  });

  it('is refused where no place is known or nothing is a word, is bounded in number, and stands until it is deleted', async () => {
    const { clearanceWatches } = new Api(test.url, strangerKey).client;
    const refused = (body: Parameters<typeof clearanceWatches.create>[0], code: string) =>
      expect(clearanceWatches.create(body)).rejects.toMatchObject({ code });
    await refused({ near: { postalCode: '9999' } }, 'clearance_watch_unusable');
    await refused({ near: AARHUS, words: '!' }, 'clearance_watch_unusable');
    await refused({ near: { ...AARHUS, radiusKm: 26 } }, 'request_invalid');
    const { data } = await clearanceWatches.list();
    const many = await Promise.allSettled(
      Array.from({ length: 25 }, () => clearanceWatches.create({ near: { postalCode: '8000' } })),
    );
    expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(20 - data.length);
    await refused({ near: AARHUS }, 'clearance_watches_full');
    const [newest] = (await clearanceWatches.list({ limit: 1 })).data;
    expect(newest!.near).toMatchObject({ radiusKm: 5 });
    expect(await clearanceWatches.get(newest!.id)).toEqual(newest);
    await clearanceWatches.delete(newest!.id);
    await expect(clearanceWatches.get(newest!.id)).rejects.toMatchObject({ code: 'clearance_watch_not_found' });
    await expect(mine.client.clearanceWatches.get(data[0]!.id)).rejects.toMatchObject({ status: 404 });
  });

  it('is handed out and taken away with the rest of what is kept of a household', async () => {
    const watch = await made({ reference: 'Zebrafold' });
    const exported = await fetch(`${test.url}/v1/history/export`, { headers: { authorization: `Bearer ${key}` } });
    const rows = (await exported.text()).trim().split('\n');
    expect(rows.map((row) => JSON.parse(row))).toContainEqual(
      expect.objectContaining({ sort: 'clearance_watch', id: watch.id, near: AARHUS, reference: 'Zebrafold' }),
    );
    const { confirm } = (await mine.send('DELETE', '/v1/history')).body.present;
    expect((await mine.send('DELETE', `/v1/history?confirm=${confirm}`)).body.watches).toBeGreaterThan(0);
    expect((await mine.get('/v1/clearance-watches')).body.data).toEqual([]);
    expect(await eventsOf(watch.id)).toEqual([]);
    expect((await stranger.get('/v1/clearance-watches')).body.data.length).toBeGreaterThan(0);
  });

  it('waits for its next turn behind no more than a few others where a process ends in the middle', async () => {
    const radii = Array.from({ length: 12 }, (_, at) => 1 + at / 10);
    const watches = await Promise.all(radii.map((radiusKm) => made({ near: { ...AARHUS, radiusKm } })));
    await test.simulator.control.reset();
    await rowsOf(test.stores.adminUrl, 'DELETE FROM clearance_places');
    await test.simulator.control.setFault('SALLING', { mode: 'hang', count: 1 });
    const round = test.app.get(RefreshingService).refresh();
    const asked = async () => (await test.simulator.control.log()).length;
    for (let wait = 0; wait < 100 && (await asked()) === 0; wait++) await new Promise((done) => setTimeout(done, 20));
    expect(await asked()).toBe(1);
    expect(await rowsOf(test.stores.adminUrl, 'SELECT 1 FROM clearance_places')).toHaveLength(10);
    await test.simulator.control.reset();
    await round;
    for (const { id } of watches.slice(1)) expect(await eventsOf(id)).toHaveLength(1);
  }, 30_000);
});
