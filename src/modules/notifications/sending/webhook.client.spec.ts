import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { buildConnector } from 'undici';
import { startDns, type DnsServer } from '../../../../test/support/webhooks/dns-server.js';
import { FORBIDDEN_HOSTS } from '../../../../test/support/webhooks/forbidden-hosts.js';
import { Receiver } from '../../../../test/support/receiver.js';
import { startTrap } from '../../../../test/support/webhooks/trap.js';
import { AddressClient } from '../../../platform/outgoing/address.client.js';
import { PublicUrls } from '../../../platform/outgoing/public-url.js';
import { ANYWHERE, type UrlPolicy } from '../../../platform/outgoing/url-rules.js';
import { WebhookClient } from './webhook.client.js';

const PUBLIC_ADDRESS = '93.184.216.34';
const never = new AbortController().signal;
const message = (url: string) => ({ url, headers: { 'webhook-id': 'evt_1' }, body: Buffer.from('{"a":1}') });

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function receiver(answer?: Answer): Promise<Receiver> {
  const started = await Receiver.start();
  if (answer) started.answer = (_call, request, response) => answer(request, response);
  closing.push(() => started.close());
  return started;
}

async function trap() {
  const started = await startTrap();
  closing.push(started.close);
  return started;
}

async function dns(answer: Parameters<typeof startDns>[0]): Promise<DnsServer> {
  const started = await startDns(answer);
  closing.push(started.close);
  return started;
}

async function tcp(onSocket: (socket: Socket) => void): Promise<number> {
  const server = createTcpServer(onSocket).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
}

/** Allows what production allows, but also http and the given port, so that loopback traps can be aimed at. */
const publicOn = (port: number): UrlPolicy => ({ protocols: ['https:', 'http:'], ports: [port], allowPrivate: false });
const development = (timeoutMs?: number) =>
  new WebhookClient(
    new PublicUrls(ANYWHERE, new AddressClient('system')),
    buildConnector({ timeout: 1000 }),
    timeoutMs,
  );

const publicUrls = (port: number, names: DnsServer) =>
  new PublicUrls(publicOn(port), new AddressClient('dns', [names.address]));

/** Records where sockets would go and, instead of leaving the machine, connects them to a local port. */
function recordingDial(localPort: number) {
  const dialled: string[] = [];
  const real = buildConnector({ timeout: 1000 });
  const dial: buildConnector.connector = (options, callback) => {
    dialled.push(options.hostname);
    real({ ...options, hostname: '127.0.0.1', port: String(localPort) }, callback);
  };
  return { dial, dialled };
}

describe('a webhook is sent', () => {
  it('as one POST with the exact bytes, the given headers and nothing hidden in the path', async () => {
    const paths: (string | undefined)[] = [];
    const target = await receiver((request, response) => {
      paths.push(request.url);
      response.writeHead(200).end('thanks');
    });
    const result = await development().post(message(`${target.url}?token=1#part`), never);
    expect(result).toMatchObject({ kind: 'answered', statusCode: 200, retryAfterMs: null, answer: 'thanks' });
    expect(target.received).toHaveLength(1);
    expect(paths).toEqual(['/hook?token=1']);
    expect(target.received[0]?.body).toBe('{"a":1}');
    expect(target.received[0]?.headers).toMatchObject({ 'webhook-id': 'evt_1', 'content-type': 'application/json' });
  });

  it('never to where a redirect points', async () => {
    const elsewhere = await trap();
    const target = await receiver((_, response) =>
      response.writeHead(307, { location: `http://127.0.0.1:${elsewhere.port}/` }).end(),
    );
    expect(await development().post(message(target.url), never)).toMatchObject({ kind: 'answered', statusCode: 307 });
    expect(elsewhere.connections()).toBe(0);
  });

  it('past any proxy named in the environment', async () => {
    const proxy = await trap();
    const target = await receiver();
    const before = { ...process.env };
    Object.assign(process.env, {
      http_proxy: `http://127.0.0.1:${proxy.port}`,
      HTTP_PROXY: `http://127.0.0.1:${proxy.port}`,
    });
    try {
      expect(await development().post(message(target.url), never)).toMatchObject({ statusCode: 204 });
    } finally {
      process.env = before;
    }
    expect(proxy.connections()).toBe(0);
  });

  it('and tells when the receiver wants to be left alone', async () => {
    const target = await receiver((_, response) => response.writeHead(503, { 'retry-after': '120' }).end());
    expect(await development().post(message(target.url), never)).toMatchObject({
      statusCode: 503,
      retryAfterMs: 120_000,
    });
  });

  it('within the time limit even when the receiver drips its headers byte by byte', async () => {
    const answer = `HTTP/1.1 200 OK\r\nx-slow: ${'a'.repeat(1000)}`;
    const port = await tcp((socket) => {
      let at = 0;
      const drip = setInterval(() => socket.write(answer[at++] ?? 'a'), 10);
      socket.on('close', () => clearInterval(drip)).on('error', () => undefined);
      socket.resume();
    });
    const result = await development(300).post(message(`http://127.0.0.1:${port}/`), never);
    expect(result).toMatchObject({ kind: 'failed', reason: 'timeout' });
    expect(result.durationMs).toBeLessThan(1000);
  });

  it('within the time limit when the receiver accepts and then says nothing', async () => {
    const port = await tcp((socket) => socket.on('error', () => undefined).resume());
    const result = await development(300).post(message(`http://127.0.0.1:${port}/`), never);
    expect(result).toMatchObject({ kind: 'failed', reason: 'timeout' });
    expect(result.durationMs).toBeLessThan(1000);
  });

  it('and an endless answer is cut off, keeping its first kilobyte and its status', async () => {
    let sent = 0;
    const target = await receiver((_, response) => {
      response.writeHead(200);
      const pump = (): void => {
        while (!response.destroyed && response.write('x'.repeat(64 * 1024))) sent += 64;
      };
      response.on('drain', pump);
      pump();
    });
    const result = await development().post(message(target.url), never);
    expect(result).toMatchObject({ kind: 'answered', statusCode: 200, answer: 'x'.repeat(1024) });
    expect(sent).toBeLessThan(64 * 1024);
  });

  it('and keeps an answer that a database can hold, whatever bytes it has', async () => {
    const target = await receiver((_, response) => response.writeHead(500).end(Buffer.from([0, 0xff, 0x41, 0])));
    expect(await development().post(message(target.url), never)).toMatchObject({ statusCode: 500, answer: '\ufffdA' });
  });

  it.each([
    ['nobody listens', 'connect', async () => 'http://127.0.0.1:1/'],
    [
      'the connection breaks',
      'connect',
      async () => `http://127.0.0.1:${await tcp((socket) => socket.once('data', () => socket.resetAndDestroy()))}/`,
    ],
    [
      'the answer is not HTTP',
      'protocol',
      async () => `http://127.0.0.1:${await tcp((socket) => socket.once('data', () => socket.end('SSH-2.0-x\r\n')))}/`,
    ],
    [
      'the server has no certificate',
      'tls',
      async () => {
        const server = createTlsServer({}).listen(0, '127.0.0.1');
        await once(server, 'listening');
        closing.push(() => new Promise((resolve) => server.close(resolve)));
        return `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      },
    ],
  ])('and fails as a value when %s', async (_, reason, url) => {
    expect(await development().post(message(await url()), never)).toMatchObject({ kind: 'failed', reason });
  });

  it('and says so when it is interrupted by the sender stopping', async () => {
    const port = await tcp((socket) => socket.on('error', () => undefined).resume());
    const stopping = new AbortController();
    setTimeout(() => stopping.abort(), 50);
    const result = await development().post(message(`http://127.0.0.1:${port}/`), stopping.signal);
    expect(result).toMatchObject({ kind: 'failed', reason: 'interrupted' });
  });
});

describe('a webhook never reaches a forbidden address', () => {
  it.each(FORBIDDEN_HOSTS)('written as %s: %s', async (_, host) => {
    const target = await trap();
    const client = new WebhookClient(new PublicUrls(publicOn(target.port), new AddressClient('system')));
    const result = await client.post(message(`http://${host}:${target.port}/`), never);
    expect(result).toMatchObject({ kind: 'failed', reason: 'refused' });
    expect(target.connections()).toBe(0);
  });

  it.each([
    ['loopback', { A: ['127.0.0.1'], AAAA: [] }],
    ['cloud metadata', { A: ['169.254.169.254'], AAAA: [] }],
    ['IPv6 loopback', { A: [], AAAA: ['::1'] }],
    ['a mapped address', { A: [], AAAA: ['0:0:0:0:0:ffff:7f00:1'] }],
    ['one public and one private address', { A: [PUBLIC_ADDRESS, '10.0.0.1'], AAAA: [] }],
    ['a public IPv4 and a private IPv6 address', { A: [PUBLIC_ADDRESS], AAAA: ['fd00::1'] }],
  ])('hidden behind a name that resolves to %s', async (_, records) => {
    const target = await trap();
    const { dial, dialled } = recordingDial(target.port);
    const server = await dns((_name, type) => records[type]);
    const client = new WebhookClient(publicUrls(80, server), dial);
    const result = await client.post(message('http://receiver.example/'), never);
    expect(result).toMatchObject({ kind: 'failed', reason: 'refused' });
    expect(dialled).toEqual([]);
    expect(target.connections()).toBe(0);
  });

  it('when DNS says something else at the connection than at the registration', async () => {
    const target = await trap();
    const { dial, dialled } = recordingDial(target.port);
    const server = await dns((_name, type, nth) =>
      type === 'AAAA' ? [] : nth === 1 ? [PUBLIC_ADDRESS] : ['127.0.0.1'],
    );
    const urls = publicUrls(80, server);
    await urls.check('http://receiver.example/', '/url');
    const result = await new WebhookClient(urls, dial).post(message('http://receiver.example/'), never);
    expect(result).toMatchObject({ reason: 'refused' });
    expect(dialled).toEqual([]);
    expect(target.connections()).toBe(0);
  });

  it('when DNS changes its mind right after the check: the socket goes to the address that was judged, asked for once', async () => {
    const target = await receiver();
    const { dial, dialled } = recordingDial(Number(new URL(target.url).port));
    const server = await dns((_name, type, nth) =>
      type === 'AAAA' ? [] : nth === 1 ? [PUBLIC_ADDRESS] : ['127.0.0.1'],
    );
    const client = new WebhookClient(publicUrls(80, server), dial);
    expect(await client.post(message('http://receiver.example/hook'), never)).toMatchObject({ statusCode: 204 });
    expect(dialled).toEqual([PUBLIC_ADDRESS]);
    expect(server.questions.sort()).toEqual(['A receiver.example', 'AAAA receiver.example']);
    expect(target.received[0]?.headers.host).toBe('receiver.example');
  });

  it('and each attempt asks again', async () => {
    const target = await receiver();
    const { dial, dialled } = recordingDial(Number(new URL(target.url).port));
    const server = await dns((_name, type, nth) =>
      type === 'AAAA' ? [] : nth === 1 ? [PUBLIC_ADDRESS] : ['127.0.0.1'],
    );
    const client = new WebhookClient(publicUrls(80, server), dial);
    expect(await client.post(message('http://receiver.example/'), never)).toMatchObject({ statusCode: 204 });
    expect(await client.post(message('http://receiver.example/'), never)).toMatchObject({ reason: 'refused' });
    expect(dialled).toEqual([PUBLIC_ADDRESS]);
  });
});

describe('a webhook over TLS', () => {
  it('offers the original name to the judged address', async () => {
    const names: string[] = [];
    const server = createTlsServer({ SNICallback: (name, done) => (names.push(name), done(null)) }).listen(
      0,
      '127.0.0.1',
    );
    await once(server, 'listening');
    closing.push(() => new Promise((resolve) => server.close(resolve)));
    const { dial, dialled } = recordingDial((server.address() as AddressInfo).port);
    const records = await dns((_name, type) => (type === 'A' ? [PUBLIC_ADDRESS] : []));
    const client = new WebhookClient(publicUrls(443, records), dial);
    expect(await client.post(message('https://receiver.example/'), never)).toMatchObject({ reason: 'tls' });
    expect(names).toEqual(['receiver.example']);
    expect(dialled).toEqual([PUBLIC_ADDRESS]);
  });

  it('tries the next address of the host when the first does not answer', async () => {
    const target = await receiver();
    const real = recordingDial(Number(new URL(target.url).port));
    const dial: buildConnector.connector = (options, callback) =>
      options.hostname === '93.184.216.35'
        ? callback(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }), null)
        : real.dial(options, callback);
    const records = await dns((_name, type) => (type === 'A' ? ['93.184.216.35', PUBLIC_ADDRESS] : []));
    const client = new WebhookClient(publicUrls(80, records), dial);
    expect(await client.post(message('http://receiver.example/'), never)).toMatchObject({ statusCode: 204 });
  });
});
