import { once } from 'node:events';
import { connect } from 'node:net';
import { SCOPES } from '../../src/modules/tenants/scopes.js';
import { TenantsService } from '../../src/modules/tenants/tenants.service.js';
import { newId } from '../../src/common/ids.js';
import { kinds, tellers, type Teller } from '../../src/operations/catalogue.js';
import { Api } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { HOUSEHOLD } from '../support/household.js';
import { oneOfEach } from '../support/one-of-each.js';
import { Receiver } from '../support/receiver.js';
import { SocketClient } from '../support/socket.js';
import { SseClient } from '../support/sse.js';
import { rowsOf } from '../support/stores.js';
import { onStatement } from '../support/statements.js';

/** I11 and "one sequence": what is streamed is what is stored, what webhooks carry and what GET shows. */
describe('a stream of events', () => {
  let test: TestApp;
  let receiver: Receiver;

  beforeAll(async () => {
    [test, receiver] = await Promise.all([startApp({ LOOPGPT_MAX_STREAMS_PER_KEY: '15' }), Receiver.start()]);
  }, 60_000);
  afterAll(async () => {
    await test?.close();
    await receiver?.close();
  });
  afterEach(() => jest.restoreAllMocks());

  const follow = (id: string, headers: Record<string, string> = {}, query = '', url = test.url) =>
    SseClient.open(`${url}/v1/routes/${id}/events${query}`, headers);

  const open = (headers: Record<string, string> = {}, protocols: string[] = [], url = test.url) =>
    SocketClient.open(`${url}/v1/stream`, headers, protocols);
  const keyFor = async (tenantName: string, scopes = [...SCOPES]) =>
    (await test.app.get(TenantsService).createKey({ tenantName, name: 'socket', scopes, expiresInDays: null })).key;

  /** A route that stays open, with no provider asked for it. */
  async function openRoute(): Promise<string> {
    const { id } = await test.api.route(CART);
    const open = newId('req');
    await rowsOf(
      test.stores.adminUrl,
      `INSERT INTO routes (id, tenant_id, request, policy, traceparent, deadline_at, started_at)
       SELECT $2, tenant_id, request, policy, traceparent, now() + interval '1 hour', now() + interval '1 hour' FROM routes WHERE id = $1`,
      [id, open],
    );
    return open;
  }

  /** An event as another process would write it; already published, so that no wake-up tells of it. */
  const writeSilently = (subject: string, sequence: number, data: string, name = 'route.noted') =>
    rowsOf(
      test.stores.adminUrl,
      `INSERT INTO events (id, tenant_id, subject, sequence, name, data, traceparent, published_at)
       SELECT $1, tenant_id, id, $3, $5, $4, traceparent, now() FROM routes WHERE id = $2`,
      [newId('evt'), subject, sequence, data, name],
    );

  it('tells a route’s outcome with the bytes of its webhook and of GET, then ends', async () => {
    const accepted = await test.api.post('/v1/routes', { ...CART, webhook: { url: receiver.url } });
    const stream = await (await follow(accepted.body.id)).until((client) => client.ended);
    const [hook] = await receiver.waitFor(1);
    expect(stream.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(stream.headers['cache-control']).toBe('no-store, no-transform');
    expect(stream.frames).toHaveLength(1);
    expect(stream.frames[0]).toEqual({ id: '1', event: 'route.decided', data: hook!.body });
    const message = JSON.parse(hook!.body);
    expect(message).toMatchObject({ id: hook!.headers['webhook-id'], type: 'route.decided', sequence: 1 });
    const { body: stored } = await test.api.get(`/v1/routes/${accepted.body.id}`);
    expect(stored).toMatchObject(message.data);
  });

  it('shows the race live: each provider’s answer with its price and time, before the outcome, on streams and sockets', async () => {
    await test.simulator.control.setLatency({ medianMs: 400, p99Ms: 600 });
    const { id } = (await test.api.post('/v1/routes', { ...CART, quorum: 3 })).body;
    const socket = await open();
    socket.subscribe(id);
    const stream = await (await follow(id)).until((client) => client.ended);
    await test.simulator.control.setLatency({ medianMs: 0, p99Ms: 0 });
    const told = stream.progress.map(({ id: place, data }) => ({ place, ...JSON.parse(data) }));
    const quoted = told.filter(({ data }) => data.status === 'counted');
    expect(quoted.map(({ data }) => data.providerId).sort()).toEqual(['KROGER_API', 'MEALME', 'WALMART_API']);
    const { body: route } = await test.api.get(`/v1/routes/${id}`);
    for (const { place, type, sequence, data } of quoted) {
      expect([place, type, sequence]).toEqual([null, 'route.quoted', 0]);
      const { totalCents, latencyMs } = route.quotes.find(
        (one: { providerId: string }) => one.providerId === data.providerId,
      );
      expect(data).toMatchObject({ id, totalCents, latencyMs, reason: null });
    }
    expect(stream.frames.map(({ event }) => event)).toEqual(['route.decided']);
    const ofSocket = socket.told(id).filter(({ type }) => type === 'route.quoted');
    // A stream ends with the outcome; a socket may be told of one that answered later, too.
    const quotedOn = ofSocket.map(({ data }) => data.providerId);
    expect(quotedOn).toEqual(expect.arrayContaining(told.map(({ data }) => data.providerId)));
    socket.close();
  });

  it('tells a plan’s steps one by one, each with its place, up to its outcome', async () => {
    const { id } = (await test.api.post('/v1/plans', HOUSEHOLD)).body;
    const stream = await SseClient.open(`${test.url}/v1/plans/${id}/events`);
    await stream.until((client) => client.ended, 25_000);
    const names = stream.frames.map((frame) => frame.event);
    expect(names.at(-1)).toBe('plan.generated');
    expect(stream.frames.map((frame) => Number(frame.id))).toEqual(names.map((_, index) => index + 1));
    const { body } = await test.api.get(`/v1/plans/${id}`);
    expect(JSON.parse(stream.frames.at(-1)!.data).data.status).toBe(body.status);
    expect((await test.api.get(`/v1/plans/${id}/events?after=${names.length}`)).status).toBe(204);
  });

  it('opened after the end tells it at once, and has nothing for those who have it: 204', async () => {
    const { id } = await test.api.route(CART);
    const stream = await (await follow(id)).until((client) => client.ended, 2000);
    expect(stream.frames.map((frame) => frame.event)).toEqual(['route.decided']);
    for (const [query, headers] of [
      ['?after=1', {}],
      ['', { 'last-event-id': '1' }],
      ['?after=0', { 'last-event-id': '1' }],
    ] as const) {
      expect((await test.api.get(`/v1/routes/${id}/events${query}`, headers)).status).toBe(204);
    }
    for (const bad of ['x', '-1', '1.5', '99999999999']) {
      expect((await test.api.get(`/v1/routes/${id}/events`, { 'last-event-id': bad })).status).toBe(400);
    }
  });

  it('resumes from any place, says where history is gone, and never repeats or goes back', async () => {
    const id = await openRoute();
    for (const sequence of [1, 2, 3]) await writeSilently(id, sequence, `{"n":${sequence}}`);
    const second = await follow(id, { 'last-event-id': '1' });
    await second.until(({ frames }) => frames.length === 2);
    expect(second.frames.map((frame) => frame.id)).toEqual(['2', '3']);
    await rowsOf(test.stores.adminUrl, 'DELETE FROM events WHERE subject = $1 AND sequence < 3', [id]);
    const late = await follow(id);
    await late.until(({ frames }) => frames.length === 2);
    expect(late.frames.map(({ id: place, event }) => [place, event])).toEqual([
      [null, 'gap'],
      ['3', 'route.noted'],
    ]);
    expect(JSON.parse(late.frames[0]!.data)).toMatchObject({ after: 0, next: 3 });
    await rowsOf(test.stores.adminUrl, `UPDATE routes SET status = 'cancelled', closed_at = now() WHERE id = $1`, [id]);
    await writeSilently(id, 4, '{"n":4}', 'route.cancelled');
    for (const client of [second, late]) {
      await client.until((reader) => reader.ended, 3000);
      expect(client.frames.at(-1)).toMatchObject({ id: '4', event: 'route.cancelled' });
    }
    await rowsOf(test.stores.adminUrl, 'DELETE FROM events WHERE subject = $1', [id]);
    const bare = await (await follow(id)).until((client) => client.ended, 3000);
    expect(bare.frames.map((frame) => frame.event)).toEqual(['gap']);
  });

  it('misses nothing when no wake-up comes: rows are read again within a second', async () => {
    const id = await openRoute();
    const stream = await follow(id);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const from = performance.now();
    await writeSilently(id, 1, '{"text":"line\\nbreak", \n\t"spaced": 1.0e1}');
    await stream.until(({ frames }) => frames.length === 1);
    expect(performance.now() - from).toBeLessThan(1300);
    expect(stream.frames[0]!.data).toContain('"data":{"text":"line\\nbreak", \n\t"spaced": 1.0e1}}');
    stream.close();
  });

  it('ends when its instance stops in order, and goes on at another', async () => {
    const other = await test.another();
    const id = await openRoute();
    await writeSilently(id, 1, '{}');
    const stream = await follow(id, {}, '', other.url);
    await stream.until(({ frames }) => frames.length === 1);
    // As browsers open them ahead of need: it carries no request, and nobody waits for one.
    const unused = connect(Number(new URL(other.url).port), '127.0.0.1');
    await once(unused, 'connect');
    const from = Date.now();
    await test.closeOthers();
    unused.destroy();
    expect(Date.now() - from).toBeLessThan(5000);
    await stream.until((client) => client.ended, 1000);
    await writeSilently(id, 2, '{}');
    const resumed = await follow(id, { 'last-event-id': '1' });
    await resumed.until(({ frames }) => frames.length === 1);
    expect(resumed.frames[0]!.id).toBe('2');
    resumed.close();
  }, 30_000);

  it('shares one reading among all that are open', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, openRoute));
    const streams = await Promise.all(ids.map((id) => follow(id)));
    await new Promise((resolve) => setTimeout(resolve, 500));
    let readings = 0;
    onStatement((sql) => void (/"after" int/.test(sql) && readings++));
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(readings).toBeGreaterThanOrEqual(2);
    expect(readings).toBeLessThanOrEqual(4);
    for (const stream of streams) stream.close();
    await new Promise((resolve) => setTimeout(resolve, 1200));
    readings = 0;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(readings).toBe(0);
  });

  it('is refused beyond the number a key may have, and the place is free again when one closes', async () => {
    const id = await openRoute();
    const streams = await Promise.all(Array.from({ length: 15 }, () => follow(id)));
    const refused = await test.api.get(`/v1/routes/${id}/events`);
    expect([refused.status, refused.body.code]).toEqual([429, 'streams_too_many']);
    expect(refused.headers['retry-after']).toBe('5');
    streams[0]!.close();
    const again = await eventually(() => follow(id));
    for (const stream of [...streams, again]) stream.close();
  });

  it('drops a reader that does not read, tells it so, and keeps the others', async () => {
    const id = await openRoute();
    const [slow, quick] = [await follow(id), await follow(id)];
    const [slowSocket, quickSocket] = [await open(), await open()];
    for (const socket of [slowSocket, quickSocket]) socket.subscribe(id);
    await slowSocket.until(({ texts }) => texts.length === 1);
    for (const reader of [slow, slowSocket]) reader.pause();
    const big = JSON.stringify({ text: 'x'.repeat(200_000) });
    for (let sequence = 1; sequence <= 60; sequence++) await writeSilently(id, sequence, big);
    await quick.until(({ frames }) => frames.length === 60, 20_000);
    await quickSocket.until((client) => client.events(id).length === 60, 20_000);
    await new Promise((resolve) => setTimeout(resolve, 6500));
    expect([quick.ended, quickSocket.code]).toEqual([false, 0]);
    for (const reader of [slow, slowSocket]) reader.resume();
    await slow.until((client) => client.ended, 10_000);
    await slowSocket.until(({ code }) => code !== 0);
    expect(slowSocket.code).toBe(4008);
    expect(slow.frames.length).toBeLessThan(60);
    const told = slow.frames.filter((frame) => frame.id !== null).map((frame) => Number(frame.id));
    const toldSocket = slowSocket.events(id).map(({ sequence }) => sequence);
    for (const places of [told, toldSocket]) expect(places).toEqual(places.map((_, index) => index + 1));
    expect(toldSocket.length).toBeLessThan(60);
    expect(JSON.parse(slow.frames.at(-1)!.data)).toMatchObject({ code: 'stream_too_slow' });
    const resumed = await follow(id, { 'last-event-id': String(told.at(-1)) });
    await resumed.until(({ frames }) => frames.length === 60 - told.length, 10_000);
    for (const stream of [quick, quickSocket, resumed]) stream.close();
  }, 60_000);

  it('on one WebSocket tells of many, with the same bytes, and of what came after the outcome to who stays', async () => {
    receiver.received.length = 0;
    const socket = await open();
    const { id: routeId } = (await test.api.post('/v1/routes', { ...CART, webhook: { url: receiver.url } })).body;
    const { id: planId } = (await test.api.post('/v1/plans', { ...HOUSEHOLD, days: 1 })).body;
    socket.subscribe(routeId, { stay: true });
    socket.subscribe(planId);
    await socket.until(({ messages }) => messages.some(({ type }) => type === 'ended'), 25_000);
    const [hook] = await receiver.waitFor(1);
    expect(socket.texts).toContain(`{"type":"event","subject":"${routeId}","event":${hook!.body}}`);
    const ofPlan = socket.messages.filter(({ subject }) => subject === planId).map(({ type }) => type);
    expect(ofPlan).toEqual(['subscribed', ...socket.events(planId).map(() => 'event'), 'ended']);
    expect(socket.events(planId).map(({ sequence }) => sequence)).toEqual(socket.events(planId).map((_, at) => at + 1));
    await writeSilently(routeId, 2, '{}', 'route.confirmed');
    await socket.until((client) => client.events(routeId).length === 2);
    socket.say({ type: 'unsubscribe', subject: routeId });
    socket.subscribe(planId, { after: socket.events(planId).length });
    await socket.until(({ messages }) => messages.filter(({ type }) => type === 'ended').length === 2);
    await writeSilently(routeId, 3, '{}');
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(socket.events(routeId)).toHaveLength(2);
    socket.close();
  }, 45_000);

  it('on a WebSocket tells of every kind that there is, and what comes together in one message where that is wished', async () => {
    const key = await keyFor('Of every kind');
    const ids = await oneOfEach(new Api(test.url, key), receiver);
    const socket = await open({ authorization: `Bearer ${key}` });
    const subjects = tellers().map(({ path }) => ids[path]!);
    for (const subject of subjects) socket.subscribe(subject, { stay: true, batch: 100 });
    const batches = () => socket.messages.filter(({ type }) => type === 'batch');
    await socket.until(() => batches().length >= kinds().length);
    for (const { path, outcomes = [] } of tellers() as (Teller & { outcomes?: readonly string[] })[]) {
      const told = batches().find(({ subject }) => subject === ids[path]);
      if (outcomes.length > 0) expect(outcomes).toContain(told.messages.at(-1).event.type);
      expect(socket.messages.some(({ type, subject }) => type === 'subscribed' && subject === ids[path])).toBe(true);
    }
    socket.close();
  }, 60_000);

  it('on a WebSocket is resumed at another instance when one stops, with 1012', async () => {
    const other = await test.another();
    const ids = await Promise.all([openRoute(), openRoute()]);
    for (const id of ids) await writeSilently(id, 1, '{}');
    const socket = await open({}, [], other.url);
    const idle = await open({}, [], other.url);
    for (const id of ids) socket.subscribe(id);
    await socket.until((client) => ids.every((id) => client.events(id).length === 1));
    const from = Date.now();
    await test.closeOthers();
    expect(Date.now() - from).toBeLessThan(5000);
    await socket.until(({ code }) => code === 1012);
    await idle.until(({ code }) => code === 1012);
    for (const id of ids) await writeSilently(id, 2, '{}');
    const resumed = await open();
    for (const id of ids) resumed.subscribe(id, { after: 1 });
    await resumed.until((client) => ids.every((id) => client.events(id).length === 1));
    expect(resumed.events(ids[0]!)[0]!.sequence).toBe(2);
    resumed.close();
  }, 30_000);

  it('on a WebSocket is closed to who says too much, often or at once', async () => {
    const [often, much] = [await open(), await open()];
    for (let times = 0; times < 400; times++) often.say('{}');
    much.say('x'.repeat(10_000));
    await often.until(({ code }) => code === 1008);
    expect(often.messages.every(({ problem }) => problem.code === 'request_invalid')).toBe(true);
    await much.until(({ code }) => code === 1009);
  });

  it('on a WebSocket is refused as ordinary requests are, before it is one', async () => {
    const key = await keyFor('Sockets');
    const code = async (...[headers, protocols]: Parameters<typeof open>) => {
      const socket = await open(headers, protocols).catch((error: Error) => error.message);
      if (typeof socket !== 'string') return socket.close();
      return [socket.slice(0, 3), JSON.parse(socket.slice(4)).code];
    };
    expect(await code({ authorization: 'Bearer lgc_live_x' })).toEqual(['401', 'api_key_invalid']);
    expect(await code({}, ['loopgpt.v1', 'lgt_x'])).toEqual(['401', 'token_invalid']);
    expect(await code({ origin: 'https://evil.example' })).toEqual(['403', 'origin_not_allowed']);
    expect(await code({ authorization: `Bearer ${key}` }, ['graphql-ws'])).toEqual(['400', 'request_invalid']);
    const plain = await test.api.get('/v1/stream');
    expect([plain.status, plain.body.code, plain.headers.upgrade]).toEqual([426, 'upgrade_required', 'websocket']);
    const sockets = await Promise.all(Array.from({ length: 15 }, () => open({}, ['loopgpt.v1', key])));
    expect(await code({}, ['loopgpt.v1', key])).toEqual(['429', 'streams_too_many']);
    sockets[0]!.close();
    for (const socket of [...sockets, await eventually(() => open({}, ['loopgpt.v1', key]))]) socket.close();
  });

  it('is told as asked where another protocol is wished for that nobody here speaks', async () => {
    const { port, hostname } = new URL(test.url);
    const client = connect(Number(port), hostname);
    const body = JSON.stringify(CART);
    client.write(
      `POST /v1/routes HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 10)}`,
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    client.write(body.slice(10));
    const [answer] = (await once(client, 'data')) as [Buffer];
    client.destroy();
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 202 /);
  });

  it('on a WebSocket tells nobody of what is not theirs, and a token opens just one', async () => {
    const [mine, other] = [await test.api.route(CART), await test.api.route(CART)];
    const stranger = await open({ authorization: `Bearer ${await keyFor('Stranger')}` });
    const unknown = newId('req');
    for (const id of [mine.id, unknown]) stranger.subscribe(id);
    await stranger.until(({ texts }) => texts.length === 2);
    const [foreign, none] = stranger.messages;
    expect(foreign).toMatchObject({
      type: 'error',
      subject: mine.id,
      problem: { code: 'route_not_found', status: 404 },
    });
    expect({ ...none, subject: null }).toEqual({ ...foreign, subject: null });

    const planner = await open({ authorization: `Bearer ${await keyFor('Planner', ['plans:read'])}` });
    planner.subscribe(unknown);
    const { token } = (await test.api.post(`/v1/routes/${mine.id}/token`)).body;
    const page = await open({}, ['loopgpt.v1', token]);
    page.subscribe(other.id);
    page.subscribe(mine.id);
    stranger.subscribe(mine.id, { token });
    await page.until(({ messages }) => messages.some(({ type }) => type === 'ended'));
    await stranger.until(({ messages }) => messages.some(({ type }) => type === 'ended'));
    await planner.until(({ texts }) => texts.length === 1);
    expect(planner.messages[0].problem.code).toBe('scope_missing');
    expect(page.messages[0]).toMatchObject({ subject: other.id, problem: { code: 'token_not_accepted' } });
    for (const socket of [page, stranger]) expect(socket.events(mine.id)).toHaveLength(1);
    for (const socket of [stranger, planner, page]) socket.close();
  });

  it('is nothing to another tenant, and to ids that are none', async () => {
    const { id } = await test.api.route(CART);
    const { key } = await test.app
      .get(TenantsService)
      .createKey({ tenantName: 'Other', name: 'other', scopes: [...SCOPES], expiresInDays: null });
    for (const path of [`/v1/routes/${id}/events`, '/v1/routes/req_none/events', `/v1/routes/${newId('req')}/events`]) {
      const answer = await new Api(test.url, key).get(path);
      expect([answer.status, answer.body.code]).toEqual([404, 'route_not_found']);
    }
  });
});

async function eventually<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
