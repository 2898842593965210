// Before all else: the tables it adds its rows to are read when the house is put together.
import { RetentionRepository } from '../../src/modules/ops/retention.repository.js';
import { toys } from '../support/toy.js';
import { startApp, type TestApp } from '../support/app.js';
import { Receiver } from '../support/receiver.js';
import { SseClient } from '../support/sse.js';
import { rowsOf } from '../support/stores.js';

describe('a kind that brings its rows, table, service and processor', () => {
  let test: TestApp;
  let receiver: Receiver;
  beforeAll(async () => {
    [test, receiver] = await Promise.all([startApp({}, () => ({}), toys), Receiver.start()]);
  }, 60_000);
  afterAll(async () => {
    await test?.close();
    await receiver?.close();
  });

  const made = async (body: object = {}, headers: Record<string, string> = {}) =>
    test.api.post('/v1/toys', { wood: 'oak', ...body }, headers);

  it('is accepted with 202 and told where it will be', async () => {
    const { status, headers, body } = await made();
    expect([status, body.status]).toEqual([202, 'open']);
    expect(headers.location).toBe(`/v1/toys/${body.id}`);
    expect(headers['retry-after']).toBe('1');
  });

  it('is polled, and waited for in one long poll', async () => {
    const { body } = await made();
    const { body: done } = await test.api.get(`/v1/toys/${body.id}`, { prefer: 'wait=10' });
    expect(done.status).toBe('made');
    expect((await test.api.get(`/v1/toys/${body.id}`)).body).toEqual(done);
    expect((await made({}, { prefer: 'wait=10' })).status).toBe(200);
  });

  it('is streamed, pulled and sent to its webhook as one event', async () => {
    const { body } = await made({ webhook: { url: receiver.url } });
    const stream = await SseClient.open(`${test.url}/v1/toys/${body.id}/events`);
    await stream.until(({ frames }) => frames.some(({ event }) => event === 'toy.made'));
    const [sent] = await receiver.waitFor(1);
    const pulled = (await test.api.get('/v1/events?types=toy.made&limit=100')).body.data;
    const mine = pulled.find(({ subject }: { subject: string }) => subject === body.id);
    expect(JSON.parse(sent!.body)).toEqual(mine);
    expect(JSON.parse(stream.frames.find(({ event }) => event === 'toy.made')!.data)).toEqual(mine);
  });

  it('is read in a browser by a token of its own', async () => {
    const { body } = await made();
    const { body: token } = await test.api.post(`/v1/toys/${body.id}/token`);
    expect((await test.api.get(`/v1/toys/${body.id}?token=${token.token}`)).status).toBe(200);
  });

  it('is cancelled, twice the same, and not once it is made', async () => {
    const { body } = await made({ makeMs: 1 });
    expect((await test.api.post(`/v1/toys/${body.id}/cancel`)).body.status).toBe('cancelled');
    expect((await test.api.post(`/v1/toys/${body.id}/cancel`)).status).toBe(200);
    const { body: done } = await made({}, { prefer: 'wait=10' });
    expect((await test.api.post(`/v1/toys/${done.id}/cancel`)).body.code).toBe('toy_already_closed');
  });

  it('ends at its deadline when nobody makes it', async () => {
    const { body } = await made({ makeMs: 1 });
    const { body: done } = await test.api.get(`/v1/toys/${body.id}`, { prefer: 'wait=10' });
    expect(done.status).toBe('cancelled');
  });

  it('is made once for one key, whatever the order of members, and a key is refused for another', async () => {
    const key = { 'idempotency-key': 'toy-1' };
    const first = await test.api.post('/v1/toys', '{"wood":"ash","reference":"a"}', {
      ...key,
      'content-type': 'application/json',
    });
    const again = await test.api.post('/v1/toys', '{"reference":"a","wood":"ash"}', {
      ...key,
      'content-type': 'application/json',
    });
    expect([again.status, again.body.id, again.headers['idempotent-replayed']]).toEqual([202, first.body.id, 'true']);
    expect((await made({ wood: 'elm' }, key)).body.code).toBe('idempotency_reused');
  });

  it('is no one else’s, and a stranger’s id is not found', async () => {
    expect((await test.api.get('/v1/toys/toy_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9')).body.code).toBe('toy_not_found');
    expect((await test.api.get('/v1/toys/nonsense')).body.code).toBe('toy_not_found');
  });

  it('is run again when its job was lost', async () => {
    await rowsOf(
      test.stores.adminUrl,
      `INSERT INTO toys (id, tenant_id, metadata, traceparent, work, created_at, deadline_at, wood)
       VALUES ('toy_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9', 'ten_development', '{}', '', 1, now() - interval '2 seconds', now() + interval '20 seconds', 'fir')`,
    );
    const { body } = await test.api.get('/v1/toys/toy_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9', { prefer: 'wait=10' });
    expect(body.status).toBe('made');
  });

  it('is forgotten with all that is closed', async () => {
    const { body } = await made({}, { prefer: 'wait=10' });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const retention = test.app.get(RetentionRepository);
    while (await retention.forget(-1));
    expect((await test.api.get(`/v1/toys/${body.id}`)).status).toBe(404);
  });
});
