import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LoopGPT, LoopGPTConnectionError, LoopGPTError, type Event, type Gap } from './client.js';

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const CART = { items: [], shippingAddress: { street: '', city: '', state: '', postalCode: '', country: 'US' } };
const json = (status: number, body: object, headers: Record<string, string> = {}): Answer => {
  return (_request, response) => void response.writeHead(status, headers).end(JSON.stringify(body));
};
const frame = (sequence: number, type = 'route.noted') =>
  `id: ${sequence}\nevent: ${type}\ndata: {"type":"${type}","sequence":${sequence},"data":\ndata: {"text":"ä"}}\n\n`;

/** The client against a real server whose every answer the test says. */
describe('the client', () => {
  let server: Server;
  let client: LoopGPT;
  let answers: Answer[];
  let asked: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[];

  beforeEach(async () => {
    [answers, asked] = [[], []];
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        asked.push({ method: request.method!, url: request.url!, headers: request.headers, body });
        const answer = answers.shift();
        if (answer) answer(request, response, body);
        else response.writeHead(500).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    client = new LoopGPT({ baseUrl: `http://127.0.0.1:${port}/`, apiKey: 'lgc_key', maxRetries: 2 });
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('reads a plan in another form than JSON', async () => {
    answers = [(_request, response) => void response.end('BEGIN:VCALENDAR')];
    expect(await client.plans.text('plan_1', 'text/calendar')).toBe('BEGIN:VCALENDAR');
    expect(asked[0]).toMatchObject({ url: '/v1/plans/plan_1', headers: { accept: 'text/calendar' } });
  });

  it('sends a request again under the same idempotency key, after the time it was asked to wait', async () => {
    const busy = { code: 'overloaded', detail: 'later', retryable: true };
    answers = [
      json(503, busy, { 'retry-after': '1' }),
      (request) => request.socket.destroy(),
      json(202, { id: 'req_1' }),
    ];
    const from = Date.now();
    const route = await client.routes.create(CART);
    expect(route.id).toBe('req_1');
    expect(Date.now() - from).toBeGreaterThanOrEqual(1000);
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual(Array(3).fill('POST /v1/routes'));
    expect(new Set(asked.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(asked[0]!.headers.authorization).toBe('Bearer lgc_key');
    answers = [json(202, { id: 'req_2' })];
    await client.routes.create(CART);
    expect(asked[3]!.headers['idempotency-key']).not.toBe(asked[0]!.headers['idempotency-key']);
  });

  it('sends files as a form, the same again under the same key, and what is asked of them in the query', async () => {
    answers.push(
      (_request, response) => void response.writeHead(503).end(),
      json(202, { id: 'imp_1', status: 'open' }),
    );
    const file = new File(['a,b'], 'orders.csv');
    expect((await client.imports.create({ files: [file], dryRun: true })).id).toBe('imp_1');
    expect(asked.map(({ url }) => url)).toEqual(Array(2).fill('/v1/imports?dryRun=true'));
    expect(asked[1]!.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(asked[1]!.body).toMatch(/name="file"; filename="orders\.csv"[\s\S]*a,b/);
    expect(asked[1]!.headers['idempotency-key']).toBe(asked[0]!.headers['idempotency-key']);
  });

  it('throws what the API refused with its code, at once when trying again cannot help', async () => {
    const errors = [{ pointer: '/items', detail: 'too few' }];
    const problem = { code: 'request_invalid', detail: 'mend it', retryable: false, instance: 'abc', errors };
    answers = [json(400, problem)];
    const error = await client.routes
      .create(CART)
      .wait()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(LoopGPTError);
    expect(error).toMatchObject({ status: 400, code: 'request_invalid', message: 'mend it', requestId: 'abc', errors });
    expect(asked).toHaveLength(1);
  });

  it('gives up after its retries with the last error, a proxy’s page included', async () => {
    answers = Array.from({ length: 3 }, () => (_request: IncomingMessage, response: ServerResponse) => {
      response.writeHead(502).end('<html>');
    });
    await expect(client.routes.get('req_1')).rejects.toMatchObject({ status: 502, code: 'unknown' });
    expect(asked).toHaveLength(3);
    answers = [json(503, { code: 'offers_unavailable', retryable: true })];
    await expect(client.offers.find({ postalCode: '8000' }, { retries: 0 })).rejects.toMatchObject({ status: 503 });
    expect(asked).toHaveLength(4);
    const nobody = new LoopGPT({ baseUrl: 'http://127.0.0.1:1', maxRetries: 0 });
    await expect(nobody.routes.get('req_1')).rejects.toBeInstanceOf(LoopGPTConnectionError);
  });

  it('waits by long poll until the route is closed, and not beyond its time', async () => {
    answers = [json(200, { id: 'req_1', status: 'open' }), json(200, { id: 'req_1', status: 'fulfilled' })];
    expect((await client.routes.wait('req_1')).status).toBe('fulfilled');
    expect(asked[0]!.headers.prefer).toBe('wait=25');
    answers = [json(200, { id: 'req_1', status: 'open' })];
    await expect(client.routes.wait('req_1', { timeoutMs: 0 })).rejects.toThrow('still open');
  });

  it('stops at once when told to', async () => {
    const stop = new AbortController();
    answers = [() => setTimeout(() => stop.abort(new Error('enough')), 20)];
    await expect(client.routes.get('req_1', { signal: stop.signal })).rejects.toThrow('enough');
    expect(asked).toHaveLength(1);
  });

  it('reads events however their bytes are cut, resumes a broken stream, and ends when the server says so', async () => {
    const cut: Answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const bytes = Buffer.from(`retry: 1000\n: hello\n\n${frame(1)}${frame(2)}`);
      for (let at = 0; at < bytes.length; at += 7) response.write(bytes.subarray(at, at + 7));
      setTimeout(() => response.destroy(), 50);
    };
    const rest: Answer = (_request, response) =>
      void response.writeHead(200).end(`event: gap\ndata: {"after":2,"next":4}\n\n${frame(4, 'route.decided')}`);
    answers = [cut, rest, (_request, response) => void response.writeHead(204).end()];
    const seen: (Event | Gap)[] = [];
    for await (const event of client.routes.events('req_1')) seen.push(event);
    expect(seen.map((event) => (event.type === 'gap' ? 'gap' : (event as Event).sequence))).toEqual([1, 2, 'gap', 4]);
    expect((seen[0] as Event).data).toEqual({ text: 'ä' });
    expect(asked.map(({ headers }) => headers['last-event-id'])).toEqual(['0', '2', '4']);
  });

  it('goes on after it was dropped for reading slowly, and closes its stream when the loop is left', async () => {
    const dropped: Answer = (_request, response) =>
      void response.writeHead(200).end(`${frame(1)}event: dropped\ndata: {"code":"stream_too_slow"}\n\n`);
    const closed = new Promise<void>((resolve) => {
      answers = [
        dropped,
        (request, response) => {
          request.once('close', resolve);
          response.writeHead(200).write(frame(2));
        },
      ];
    });
    for await (const event of client.routes.events('req_1')) if ((event as Event).sequence === 2) break;
    await closed;
    expect(asked[1]!.headers['last-event-id']).toBe('1');
  });
});
