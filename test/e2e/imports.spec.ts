import { once } from 'node:events';
import { connect } from 'node:net';
import { FormData, request } from 'undici';
import type { ApiResponse } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { Receiver } from '../support/receiver.js';
import { SseClient } from '../support/sse.js';
import { rowsOf } from '../support/stores.js';

const ITEMS = [
  'Order Number,Order Date,Product Name,Quantity,Price,Delivery Status,Product Link',
  '300014000000011,"Apr 04, 2026","Oat Milk, 64 fl oz",2,7.96,Delivered,https://www.walmart.com/ip/811111111',
  '300014000000011,"Apr 04, 2026",Rye Bread,1,3.10,Unavailable,https://www.walmart.com/ip/822222222',
  '300014000000012,"Apr 11, 2026","Oat Milk, 64 fl oz",1,3.98,Delivered,https://www.walmart.com/ip/811111111',
].join('\r\n');
const ORDERS = [
  'Order Number,Order Date,Address Recipient,Subtotal (Before Savings),Savings,Subtotal,Delivery Charges,Bag Fee,Tax,Tip,Refund,Donations,Order Total,Order Type',
  '300014000000011,"Apr 04, 2026",Quenby Strathmore,0,0,7.96,0,0,0.56,2,,,10.52,GLASS',
].join('\r\n');

describe('imports', () => {
  let test: TestApp;
  let receiver: Receiver;
  beforeAll(async () => {
    [test, receiver] = await Promise.all([startApp(), Receiver.start()]);
  }, 60_000);
  afterAll(async () => {
    await test?.close();
    await receiver?.close();
  });

  const csv = { 'content-type': 'text/csv' };
  const wait = { prefer: 'wait=20' };
  const send = (text: string, query = '', headers: Record<string, string> = {}) =>
    test.api.post(`/v1/imports${query}`, text, { ...csv, ...wait, ...headers });
  const form = async (files: Record<string, string>, options?: object) => {
    const body = new FormData();
    for (const [name, text] of Object.entries(files)) body.append('file', new File([text], name));
    if (options) body.append('options', JSON.stringify(options));
    const answer = await request(`${test.url}/v1/imports`, { method: 'POST', headers: wait, body });
    return { status: answer.statusCode, body: (await answer.body.json()) as Record<string, never> };
  };

  it('accepts a file with 202, and tells where its outcome will be', async () => {
    const { status, headers, body } = await test.api.post('/v1/imports', ITEMS, csv);
    expect([status, body.status, headers.location]).toEqual([202, 'open', `/v1/imports/${body.id}`]);
    const { body: done } = await test.api.get(`/v1/imports/${body.id}`, wait);
    expect(done).toMatchObject({
      status: 'completed',
      outcome: { format: 'walmart-csv', orders: { new: 2 }, lines: 3 },
    });
    expect((await test.api.get('/v1/imports?limit=1')).body.data[0].id).toBe(body.id);
  });

  it('counts one against its tenant while it is open, and no longer', async () => {
    const places: number[] = [];
    for (let round = 0; round < 4; round++) {
      // What is open is counted twice a second; the one before may have ended just now.
      await new Promise((resolve) => setTimeout(resolve, 1200));
      const { body } = await test.api.post('/v1/imports', ITEMS, csv);
      places.push(body.queue.position);
      await test.api.get(`/v1/imports/${body.id}`, wait);
    }
    expect(new Set(places)).toEqual(new Set([1]));
  });

  it('changes nothing when the same file comes again', async () => {
    const { body } = await send(ITEMS);
    expect(body.outcome).toMatchObject({ orders: { new: 0, changed: 0, same: 2 }, lines: 0 });
  });

  it('merges a second file of the same orders from a form, and shows each field with its source', async () => {
    const { body } = await form({ 'Walmart_Orders.csv': ORDERS });
    expect(body.outcome).toMatchObject({ orders: { new: 0, changed: 1, same: 0 } });
    const { data } = (await test.api.get('/v1/orders?from=2026-04-01')).body;
    expect(data.map(({ number }: { number: string }) => number)).toEqual(['300014000000012', '300014000000011']);
    const order = (await test.api.get(`/v1/orders/${data[1].id}`)).body;
    expect(order).toMatchObject({
      subtotalCents: 796,
      taxCents: 56,
      tipCents: 200,
      totalCents: 1052,
      deliveryCents: null,
      refundCents: null,
      reconciled: 'both',
      orderedOn: '2026-04-04',
      sources: { totalCents: 'walmart-csv' },
      lines: [
        { name: 'Oat Milk, 64 fl oz', quantity: 2, lineCents: 796, usItemId: '811111111', state: 'bought' },
        { name: 'Rye Bread', quantity: 0, orderedQuantity: 1, lineCents: 0, listedCents: 310, state: 'unavailable' },
      ],
    });
  });

  it('finds products by the words of their names, with what was bought of them', async () => {
    const { data } = (await test.api.get('/v1/products?q=oat%20mil')).body;
    expect(data.map(({ name }: { name: string }) => name)).toEqual(['Oat Milk, 64 fl oz']);
    const product = (await test.api.get(`/v1/products/${data[0].id}`)).body;
    expect(product).toMatchObject({
      orders: 2,
      boughtCents: 1194,
      firstOn: '2026-04-04',
      lastOn: '2026-04-11',
      lastCents: 398,
    });
    expect((await test.api.get(`/v1/orders?product=${data[0].id}`)).body.data).toHaveLength(2);
  });

  it('keeps no name of a person, and nothing of the file once it is read', async () => {
    const kept = await rowsOf<{ text: string }>(
      test.stores.adminUrl,
      `SELECT concat(i::text) AS text FROM imports i UNION ALL SELECT o::text FROM orders o UNION ALL SELECT s::text FROM order_sources s
       UNION ALL SELECT e::text FROM events e`,
    );
    expect(kept.length).toBeGreaterThan(5);
    expect(kept.filter(({ text }) => /Quenby|Strathmore/.test(text))).toEqual([]);
    expect(await rowsOf(test.stores.adminUrl, 'SELECT 1 FROM import_chunks')).toEqual([]);
  });

  it('tells what a dry run would do, and does nothing', async () => {
    const other = ITEMS.replaceAll('3000140000000', '3000140000009');
    const { body } = await send(other, '?dryRun=true');
    expect(body).toMatchObject({ dryRun: true, outcome: { orders: { new: 2 }, lines: 3 } });
    expect((await test.api.get('/v1/orders?limit=100')).body.data).toHaveLength(2);
    expect((await test.api.post(`/v1/imports/${body.id}/undo`)).body.code).toBe('import_not_completed');
  });

  it('undoes an import: what only it brought is gone, twice the same', async () => {
    const other = ITEMS.replaceAll('3000140000000', '3000140000008')
      .replaceAll('Oat Milk', 'Soy Milk')
      .replaceAll('8111', '8333');
    const { body } = await send(other);
    expect((await test.api.get('/v1/products?q=soy')).body.data).toHaveLength(1);
    const undone = await test.api.post(`/v1/imports/${body.id}/undo`);
    expect([undone.status, typeof undone.body.undoneAt]).toEqual([200, 'string']);
    expect((await test.api.post(`/v1/imports/${body.id}/undo`)).body.undoneAt).toBe(undone.body.undoneAt);
    expect((await test.api.get('/v1/products?q=soy')).body.data).toEqual([]);
    expect((await test.api.get('/v1/orders?limit=100')).body.data).toHaveLength(2);
  });

  it('refuses what is no file of orders with a sentence, and an import is failed by it', async () => {
    const { body } = await send('the quick brown fox');
    expect(body).toMatchObject({ status: 'failed', outcome: { orders: { new: 0 }, format: null } });
    expect(body.outcome.refused).toMatch(/format/);
    expect((await test.api.post(`/v1/imports/${body.id}/undo`)).body.code).toBe('import_not_completed');
  });

  describe('refuses at once', () => {
    const raw = async (body: string, headers: Record<string, string>) => {
      const answer = await request(`${test.url}/v1/imports`, { method: 'POST', headers, body });
      return { status: answer.statusCode, body: (await answer.body.json()) as ApiResponse['body'] };
    };
    const part = (head: string) => `--x\r\nContent-Disposition: form-data; ${head}\r\n\r\n{}\r\n--x--\r\n`;

    it.each([
      [
        'a form without its boundary',
        part('name="file"; filename="a.csv"'),
        'multipart/form-data',
        'content-type',
        /boundary/,
      ],
      [
        'a form of other parameters',
        part('name="file"; filename="a.csv"'),
        'multipart/form-data; charset=utf-8',
        'content-type',
        /boundary/,
      ],
      ['a form without a file', part('name="options"'), 'multipart/form-data; boundary=x', '', /no file/],
      ['an empty body', '', 'text/csv', '', /empty/],
    ])('%s', async (_what, body, type, pointer, detail) => {
      const { status, body: problem } = await raw(body, { 'content-type': type });
      expect([status, problem.code]).toEqual([400, 'request_invalid']);
      expect(problem.errors).toEqual([{ pointer, detail: expect.stringMatching(detail) as string }]);
      expect(await rowsOf(test.stores.adminUrl, 'SELECT 1 FROM import_chunks')).toEqual([]);
    });

    it('a body that is compressed, and takes one that says it is none', async () => {
      const { status, body } = await raw(ITEMS, { ...csv, 'content-encoding': 'gzip' });
      expect([status, body.code]).toEqual([415, 'import_encoding_unsupported']);
      const plain = await raw(ITEMS, { ...csv, ...wait, 'content-encoding': 'identity' });
      expect(plain.body.status).toBe('completed');
    });

    it('a length far over the limit, before anything has come', async () => {
      const { host, port } = new URL(test.url);
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(
        `POST /v1/imports HTTP/1.1\r\nHost: ${host}\r\nContent-Type: text/csv\r\nContent-Length: 900000000\r\n\r\n`,
      );
      const [head] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      expect(head.toString()).toMatch(/^HTTP\/1\.1 413 [^]*import_too_large/);
    });
  });

  it('refuses a plain file over 16 MB while it comes, and keeps none of it', async () => {
    const answer = await test.api.post('/v1/imports', `a,b\n${'1,2\n'.repeat(4_300_000)}`, csv);
    expect([answer.status, answer.body.code]).toEqual([413, 'import_too_large']);
    expect(await rowsOf(test.stores.adminUrl, 'SELECT 1 FROM import_chunks')).toEqual([]);
  }, 30_000);

  it('says the same to webhook, stream and pull', async () => {
    const { body } = await form({ 'a.csv': ITEMS }, { webhook: { url: receiver.url }, reference: 'spring' });
    const id = String(body.id);
    const [sent] = await receiver.waitFor(1);
    const stream = await SseClient.open(`${test.url}/v1/imports/${id}/events`);
    await stream.until(({ frames }) => frames.some(({ event }) => event === 'import.completed'));
    const pulled = (await test.api.get('/v1/events?types=import.completed&limit=100')).body.data;
    const mine = pulled.find(({ subject }: { subject: string }) => subject === id);
    expect(JSON.parse(sent!.body)).toEqual(mine);
    expect(mine.data).toMatchObject({ id, reference: 'spring', outcome: { format: 'walmart-csv' } });
  });

  it('is one import for one key, and refuses the key for other bytes', async () => {
    const key = { 'idempotency-key': 'import-1' };
    const [first, again] = [await send(ITEMS, '', key), await send(ITEMS, '', key)];
    expect([again.body.id, again.headers['idempotent-replayed']]).toEqual([first.body.id, 'true']);
    expect((await send(ORDERS, '', key)).body.code).toBe('idempotency_reused');
    expect(await rowsOf(test.stores.adminUrl, 'SELECT 1 FROM import_chunks')).toEqual([]);
  });

  it('is one order for the same file sent by many at once', async () => {
    const other = ITEMS.replaceAll('3000140000000', '3000140000007');
    const all = await Promise.all(Array.from({ length: 4 }, () => send(other)));
    const sum = (what: string) => all.reduce((count, { body }) => count + body.outcome.orders[what], 0);
    expect([sum('new'), sum('changed'), sum('same')]).toEqual([2, 0, 6]);
    expect((await test.api.get('/v1/orders?limit=100')).body.data).toHaveLength(4);
  });

  it('asks which of two files holds, and does as it is told', async () => {
    const csvOf = (total: string) =>
      `Order Number,Order Date,Product Name,Quantity,Price,Order Total\n300014000000077,2026-03-01,Tea,1,5.00,${total}`;
    const first = await send(csvOf('5.40'));
    expect(first.body.outcome.questions).toEqual([]);
    const { body } = await send(csvOf('6.40'));
    const [question, ...others] = body.outcome.questions;
    expect([question, others]).toMatchObject([
      { code: 'orders_differ', about: { number: '300014000000077', field: 'totalCents' }, answer: null },
      [],
    ]);
    const order = async () => {
      const { data } = (await test.api.get('/v1/orders?from=2026-03-01&to=2026-03-01')).body;
      return (await test.api.get(`/v1/orders/${data[0].id}`)).body;
    };
    const kept = (await order()).totalCents;
    expect(kept).toBe(question.choices[0].value);
    const answer = (choice: string) =>
      test.api.post(`/v1/imports/${body.id}/answers`, { answers: [{ question: question.id, choice }] });
    expect((await answer('c9')).body).toMatchObject({ code: 'request_invalid', errors: [{ pointer: '/answers/0' }] });
    const other = question.choices[1];
    const { status, body: after } = await answer(other.id);
    expect([status, after.outcome.questions[0].answer]).toEqual([200, other.id]);
    expect(await order()).toMatchObject({ totalCents: other.value, sources: { totalCents: 'answer' } });
    expect((await send(csvOf('7.40'))).body.outcome.questions).toEqual([]);
    expect((await order()).totalCents).toBe(other.value);
    await test.api.post(`/v1/imports/${body.id}/undo`, {});
    expect((await order()).sources.totalCents).toBe('walmart-csv');
    expect((await answer(other.id)).body.code).toBe('import_not_completed');
  });

  it('is documented for a file that is the body, and for a form of several', async () => {
    const { requestBody } = (await test.api.get('/docs-json')).body.paths['/v1/imports'].post;
    expect(requestBody).toMatchObject({
      required: true,
      content: {
        'application/octet-stream': {},
        'multipart/form-data': {
          schema: {
            type: 'object',
            required: ['file'],
            properties: { file: { type: 'array' }, options: { type: 'string' } },
          },
        },
      },
    });
  });

  it('leaves JSON elsewhere to its own rules, and bytes there are refused', async () => {
    const answer = await test.api.post('/v1/routes', 'x', { 'content-type': 'application/octet-stream' });
    expect([answer.status, answer.body.code]).toEqual([415, 'media_type_unsupported']);
  });
});
