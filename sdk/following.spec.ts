import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, WebSocket as Socket } from 'ws';
import { WebSocket } from 'undici';
import { LoopGPT, type Event, type Gap } from './client.js';

const [ONE, TWO] = ['req_1', 'plan_2'];
const event = (subject: string, sequence: number, type = 'x') => ({
  type: 'event',
  subject,
  event: {
    id: `evt_${sequence}`,
    type,
    subject,
    sequence,
    data: {},
  },
});
const ended = (subject: string) => ({ type: 'ended', subject, why: 'done' });

/** The client against a real server that says what the test says. */
describe('following many on one WebSocket', () => {
  let server: Server;
  let sockets: WebSocketServer;
  let client: LoopGPT;
  let heard: { type: string; subject: string; after: number; stay: boolean }[];
  /** What each connection does, once the client has said all it follows. */
  let lines: ((socket: Socket) => void)[];
  let protocols: string | undefined;

  beforeEach(async () => {
    [heard, lines] = [[], []];
    server = createServer((_request, response) => {
      response.writeHead(403).end(JSON.stringify({ code: 'origin_not_allowed', detail: 'not from here' }));
    });
    sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'loopgpt.v1' });
    server.on('upgrade', (request, socket, head) => {
      const line = lines.shift();
      if (!line) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      protocols = request.headers['sec-websocket-protocol'];
      sockets.handleUpgrade(request, socket, head, (opened) => {
        opened.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString())));
        opened.once('message', () => setTimeout(() => line(opened), 20));
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    client = new LoopGPT({ baseUrl: `http://127.0.0.1:${port}`, apiKey: 'lgc_key', maxRetries: 0, WebSocket });
  });
  afterEach(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.close();
  });

  const says = (socket: Socket, ...messages: object[]) => {
    for (const message of messages) socket.send(JSON.stringify(message));
  };
  const placeOf = (one: Event | Gap) => (one.type === 'gap' ? 'gap' : `${one.subject} ${(one as Event).sequence}`);
  const all = async (following: AsyncIterable<Event | Gap>) => {
    const seen: string[] = [];
    for await (const one of following) seen.push(placeOf(one));
    return seen;
  };

  it('tells each event once and in order over lines that break, and ends when all have ended', async () => {
    lines = [
      (socket) => {
        says(socket, { type: 'beat' }, event(ONE, 1), event(TWO, 1), event(TWO, 2));
        setTimeout(() => socket.terminate(), 50);
      },
      (socket) =>
        says(
          socket,
          event(TWO, 2),
          { type: 'gap', subject: TWO, after: 2, next: 5 },
          event(TWO, 5),
          ended(TWO),
          ended(ONE),
        ),
    ];
    expect(await all(client.follow([ONE, TWO]))).toEqual([`${ONE} 1`, `${TWO} 1`, `${TWO} 2`, 'gap', `${TWO} 5`]);
    expect(protocols).toBe('loopgpt.v1, lgc_key');
    expect(heard.map(({ type, subject, after }) => `${type} ${subject} ${after}`)).toEqual([
      `subscribe ${ONE} 0`,
      `subscribe ${TWO} 0`,
      `subscribe ${ONE} 1`,
      `subscribe ${TWO} 2`,
    ]);
  });

  it('takes more on the way, stays where it is told to, and closes the line when the loop is left', async () => {
    const closed = new Promise<void>((resolve) => {
      lines = [
        (socket) => {
          socket.once('close', () => resolve());
          says(socket, event(ONE, 1));
        },
      ];
    });
    const following = client.follow([ONE], { stay: true });
    for await (const _ of following) {
      following.add(TWO, { after: 3, stay: false });
      await new Promise((resolve) => setTimeout(resolve, 50));
      following.remove(ONE);
      break;
    }
    await closed;
    expect(heard.map(({ type, subject, after, stay }) => [type, subject, after, stay])).toEqual([
      ['subscribe', ONE, 0, true],
      ['subscribe', TWO, 3, false],
      ['unsubscribe', ONE, undefined, undefined],
    ]);
  });

  it('throws what is refused by its code and goes on with the others when it is iterated again', async () => {
    const problem = { status: 404, code: 'route_not_found', detail: 'none such', retryable: false, instance: 'i' };
    lines = [
      (socket) => says(socket, { type: 'error', subject: ONE, problem, retryAfterSeconds: null }),
      (socket) => says(socket, event(TWO, 1), ended(TWO)),
    ];
    const following = client.follow([ONE, TWO]);
    await expect(all(following)).rejects.toMatchObject({ code: 'route_not_found', message: `none such (${ONE})` });
    expect(await all(following)).toEqual([`${TWO} 1`]);
  });

  it('asks again for what may be had later, and not at all when it was told that it says too much', async () => {
    const problem = { status: 429, code: 'rate_limited', detail: 'later', retryable: true, instance: 'i' };
    lines = [
      (socket) => {
        says(socket, { type: 'error', subject: ONE, problem, retryAfterSeconds: 0 });
        socket.once('message', () => socket.close(1008));
      },
    ];
    await expect(all(client.follow([ONE]))).rejects.toThrow('closed with 1008');
    expect(heard).toHaveLength(2);
  });

  it('says why no line was made, and that there is nothing to make one with', async () => {
    await expect(all(client.follow([ONE]))).rejects.toMatchObject({ code: 'origin_not_allowed', status: 403 });
    const bare = new LoopGPT({ baseUrl: 'http://127.0.0.1:1', WebSocket: undefined });
    if (!('WebSocket' in globalThis))
      await expect(all(bare.follow([ONE], { ways: ['websocket'] }))).rejects.toThrow('There is no WebSocket here');
    const stopped = client.follow([ONE], { signal: AbortSignal.abort(new Error('enough')) });
    await expect(all(stopped)).rejects.toThrow('enough');
  });
});
