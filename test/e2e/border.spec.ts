import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { startApp, type TestApp } from '../support/app.js';
import type { ApiResponse } from '../support/api.js';
import { CART } from '../support/cart.js';
import { inDays } from '../support/dates.js';
import { HOUSEHOLD } from '../support/household.js';
import { rowsOf } from '../support/stores.js';

const { refuse, store } = JSON.parse(readFileSync('test/cases/hostile-texts.json', 'utf8')) as Record<string, string[]>;
const NO_ROUTE = 'req_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9';

interface HttpCase {
  it: string;
  get?: string;
  put?: string;
  metadata?: object;
  contentType?: string;
  prefer?: string;
  right: number | string;
}
const { cases } = JSON.parse(readFileSync('test/cases/http.json', 'utf8')) as { cases: HttpCase[] };
/** Cases that are said in words, and have tests of their own here or, the last, beside the other keys. */
const IN_WORDS = [
  'bytes that are no UTF-8',
  'charset=iso-8859-1, utf-7',
  'two Host headers',
  'startsOn 9999-12-25 with 10 days, 0001-01-01',
  'reference=%00, cursor=%00, item=a%00, deliveries/%00, webhook-endpoints/%00, routes/%00/timeline, dead-letters?reason=%00',
  'same key, members of metadata in another order',
];

/** What is refused before anything is done for it, and how. */
describe('the border of the API', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp({ LOOPGPT_RATE_LIMIT_PER_MINUTE: '1000000' });
  }, 60_000);
  afterAll(() => test?.close());

  const pointers = ({ body }: ApiResponse): string[] => body.errors.map(({ pointer }: { pointer: string }) => pointer);

  /** One request as bytes, for what no client sends. */
  const raw = async (head: string, body: Buffer | string = ''): Promise<{ head: string; body: unknown }> => {
    const socket = connect(Number(new URL(test.url).port), '127.0.0.1');
    socket.write(Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), Buffer.from(body)]));
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    await once(socket, 'close');
    const [top, ...rest] = Buffer.concat(chunks).toString('utf8').split('\r\n\r\n');
    return { head: top!, body: JSON.parse(rest.join('\r\n\r\n')) };
  };
  const post = (type: string, bytes: Buffer) =>
    raw(
      `POST /v1/routes HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: ${bytes.length}`,
      bytes,
    );

  describe('text', () => {
    it.each(refuse!.map((text) => [JSON.stringify(text), text]))(
      '%s is refused in a body with its pointer',
      async (_shown, text) => {
        const item = { ...CART.items[0], name: `x${text}` };
        const answer = await test.api.post('/v1/routes', {
          ...CART,
          items: [item],
          metadata: { k: text, [`n${text}`]: 'v' },
        });
        expect([answer.status, answer.body.code]).toEqual([400, 'request_invalid']);
        expect(pointers(answer)).toEqual(['/items/0/name', '/metadata/k', `/metadata/n${text}`]);
      },
    );

    it.each(store!.map((text) => [JSON.stringify(text).slice(0, 60), text]))(
      '%s is kept exactly, and found by',
      async (_shown, text) => {
        const kept = text.slice(0, 100);
        const metadata = { k: kept, ...(text === '__proto__' ? {} : { [kept.slice(0, 40)]: 'v' }) };
        const body = { ...CART, items: [{ ...CART.items[0], id: kept.slice(0, 60) }], reference: kept, metadata };
        const { status, body: route } = await test.api.post('/v1/routes', body);
        expect(status).toBe(202);
        const read = await test.api.get(`/v1/routes/${route.id}`);
        expect([read.body.reference, read.body.metadata]).toEqual([kept, metadata]);
        for (const query of [
          `reference=${encodeURIComponent(kept)}`,
          `item=${encodeURIComponent(kept.slice(0, 60))}`,
        ]) {
          const list = await test.api.get(`/v1/routes?${query}`);
          expect(list.body.data.map(({ id }: { id: string }) => id)).toContain(route.id);
        }
      },
    );

    it.each([
      'routes?reference=%00',
      'routes?cursor=%00',
      'routes?item=a%00',
      'routes?item=a%1b',
      'routes?made%00up=1',
      'deliveries/%00',
      'webhook-endpoints/%00',
      'routes/%00/timeline',
      'routes/a%00',
    ])('/v1/%s is refused', async (path) => {
      const answer = await test.api.get(`/v1/${path}`);
      expect([answer.status, answer.body.code]).toEqual([400, 'request_invalid']);
    });

    it('/admin/v1/dead-letters?reason=%00 is refused by the parameter that holds it', async () => {
      const answer = await test.api.get('/admin/v1/dead-letters?reason=%00');
      expect([answer.status, pointers(answer)]).toEqual([400, ['/reason']]);
    });

    it('is UTF-8: other bytes are refused, also inside a string', async () => {
      const bytes = Buffer.from(JSON.stringify({ ...CART, reference: 'x~y' }));
      bytes[bytes.indexOf('~')] = 0xff;
      const { head, body } = await post('application/json', bytes);
      expect(head).toMatch(/^HTTP\/1.1 400 [^]*application\/problem\+json/);
      expect(body).toMatchObject({ code: 'request_invalid', errors: [{ detail: 'the body is not in UTF-8' }] });
    });
  });

  it.each(['iso-8859-1', 'utf-7', 'UTF-16', '"latin1"'])('takes no JSON in %s', async (charset) => {
    const { head, body } = await post(`application/json; charset=${charset}`, Buffer.from(JSON.stringify(CART)));
    expect(head).toMatch(/^HTTP\/1.1 415 [^]*application\/problem\+json/);
    expect(body).toMatchObject({ code: 'media_type_unsupported' });
  });

  it.each(['application/json; charset=utf-8', 'application/json;charset="UTF-8"'])('takes %s', async (type) => {
    const { head } = await post(type, Buffer.from(JSON.stringify(CART)));
    expect(head).toMatch(/^HTTP\/1.1 202 /);
  });

  it.each(['text/plain', 'application/xml', 'multipart/form-data; boundary=x'])('takes no %s', async (type) => {
    const answer = await test.api.post('/v1/routes', JSON.stringify(CART), { 'content-type': type });
    expect([answer.status, answer.body.code]).toEqual([415, 'media_type_unsupported']);
  });

  it('keeps metadata that is named as what every object has', async () => {
    const metadata = { constructor: 'x', prototype: 'y', toString: 'z', hasOwnProperty: 'h', k: 'v' };
    const route = await test.api.post('/v1/routes', { ...CART, metadata });
    expect(route.status).toBe(202);
    expect((await test.api.get(`/v1/routes/${route.body.id}`)).body.metadata).toEqual(metadata);
    const plan = await test.api.post('/v1/plans', { ...HOUSEHOLD, days: 1, metadata });
    expect((await test.api.get(`/v1/plans/${plan.body.id}`)).body.metadata).toEqual(metadata);
  });

  it.each([
    ['PUT', '/v1/routes', 'GET, HEAD, POST'],
    ['DELETE', `/v1/routes/${NO_ROUTE}`, 'GET, HEAD'],
    ['GET', `/v1/routes/${NO_ROUTE}/cancel?x=1`, 'POST'],
    ['PATCH', '/v1/intake', 'DELETE, GET, HEAD, PUT'],
    ['OPTIONS', '/v1/plans', 'GET, HEAD, POST'],
    ['PUT', '/functions/v1/loopgpt_route_order', 'POST'],
  ])('answers %s %s with 405 and what it takes', async (method, path, allow) => {
    const answer = await test.api.send(method, path);
    expect([answer.status, answer.body.code, answer.headers.allow]).toEqual([405, 'method_not_allowed', allow]);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it('knows no other path by any method', async () => {
    const answer = await test.api.send('PUT', '/v1/nothing');
    expect([answer.status, answer.body.code, answer.headers.allow]).toEqual([404, 'not_found', undefined]);
  });

  it.each([
    ['/v1/routes/%zz', 400, 'request_invalid'],
    ['/v1/routes/%ff', 400, 'request_invalid'],
    [`/v1/routes/${'a'.repeat(300)}`, 404, 'route_not_found'],
    [`/v1/plans/${'a'.repeat(5000)}`, 404, 'plan_not_found'],
  ])('answers %.30s with a problem', async (path, status, code) => {
    const answer = await test.api.get(path);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.headers['x-request-id']).toBe(answer.body.instance);
  });

  it.each([
    ['two hosts', 'GET /v1/routes HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close', 400, 'request_invalid'],
    ['no host', 'GET /v1/routes HTTP/1.1\r\nConnection: close', 400, 'request_invalid'],
    ['no HTTP', 'what is this', 400, 'request_invalid'],
    ['a header that is none', 'GET / HTTP/1.1\r\nHost: localhost\r\nbad\u0000name: x', 400, 'request_invalid'],
    ['too large headers', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}`, 431, 'headers_too_large'],
  ])('answers %s with a problem', async (_what, head, status, code) => {
    const answer = await raw(head);
    expect(answer.head).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*application/problem\\+json`, 'i'));
    expect(answer.body).toMatchObject({ status, code });
  });

  it.each([
    '/v1/routes?cursor=zzz',
    `/v1/routes?cursor=plan_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9`,
    '/v1/routes?cursor=',
    '/v1/plans?cursor=zzz',
    '/v1/events?after=zzz',
    '/v1/deliveries?cursor=zzz',
    '/v1/webhook-endpoints?cursor=zzz',
    '/admin/v1/dead-letters?cursor=zzz',
    '/admin/v1/acts?before=zzz',
  ])('refuses the cursor of %s', async (path) => {
    const answer = await test.api.get(path);
    expect([answer.status, pointers(answer)]).toEqual([400, [expect.stringMatching(/^\/(cursor|after|before)$/)]]);
  });

  it.each(['foo="a, wait=5"', 'return=minimal; wait=5', 'nowait=5'])(
    'waits for nobody who prefers %s',
    async (prefer) => {
      const answer = await test.api.post('/v1/routes', CART, { prefer });
      expect([answer.status, answer.headers['preference-applied']]).toEqual([202, undefined]);
      const closed = await test.api.route(CART);
      expect((await test.api.get(`/v1/routes/${closed.id}`, { prefer })).headers['preference-applied']).toBeUndefined();
    },
  );

  describe('a plan', () => {
    it.each([
      ['9999-12-25', 10],
      ['0001-01-01', 1],
      [inDays(-3), 1],
      [inDays(368), 1],
    ])('does not begin on %s', async (startsOn, days) => {
      const answer = await test.api.post('/v1/plans', { ...HOUSEHOLD, startsOn, days });
      expect([answer.status, pointers(answer)]).toEqual([400, ['/startsOn']]);
    });

    it('begins today where its caller is', async () => {
      const zones = { 'Pacific/Kiritimati': 14, 'Pacific/Pago_Pago': -11 };
      for (const [timezone, hours] of Object.entries(zones)) {
        const before = new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 10);
        const { body } = await test.api.post('/v1/plans', { ...HOUSEHOLD, days: 1, timezone });
        const [row] = await rowsOf<{ startsOn: string }>(
          test.stores.adminUrl,
          `SELECT request->'plan'->>'startsOn' AS "startsOn" FROM meal_plans WHERE id = $1`,
          [body.id],
        );
        const after = new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 10);
        expect([before, after]).toContain(row!.startsOn);
      }
    });

    it('knows no time zone of its own making', async () => {
      const answer = await test.api.post('/v1/plans', { ...HOUSEHOLD, timezone: 'Mars/Base' });
      expect([answer.status, pointers(answer)]).toEqual([400, ['/timezone']]);
    });
  });

  it.each(['/v1/routes', '/v1/plans'])('%s takes no secret that it could not sign with', async (path) => {
    const body = path === '/v1/routes' ? CART : { ...HOUSEHOLD, days: 1 };
    const whole = Buffer.alloc(32, 7).toString('base64');
    for (const secret of [whole.replace('=', ''), `${whole}=`, 'A'.repeat(33), Buffer.alloc(66).toString('base64')]) {
      const webhook = { url: 'http://127.0.0.1:9/hook', secret: `whsec_${secret}` };
      const answer = await test.api.post(path, { ...body, webhook });
      expect([answer.status, pointers(answer)]).toEqual([400, ['/webhook/secret']]);
    }
  });

  it.each(cases.map((one) => [one.it, one] as const))('does right by a case that failed: %s', async (name, one) => {
    const { get, put, metadata, contentType, prefer, right } = one;
    if (get) {
      const answer = await test.api.get(get.replace('<300 × a>', 'a'.repeat(300)));
      expect(answer.status).toBe(Number(/^\d+/.exec(String(right))![0]));
      expect(answer.headers['content-type']).toContain('application/problem+json');
    } else if (put) {
      const answer = await test.api.send('PUT', put);
      expect([answer.status, answer.headers.allow]).toEqual([405, expect.stringContaining('POST')]);
    } else if (metadata) {
      const { body } = await test.api.post('/v1/routes', { ...CART, metadata });
      expect(body.metadata).toEqual(metadata);
    } else if (contentType) {
      const answer = await test.api.post('/v1/routes', CART, { 'content-type': contentType });
      expect(answer.status).toBe(right);
    } else if (prefer) {
      const answer = await test.api.post('/v1/routes', CART, { prefer });
      expect([answer.status, answer.headers['preference-applied']]).toEqual([202, undefined]);
    } else expect(IN_WORDS).toContain(name);
  });
});
