import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** How a request goes by its head: a WebSocket, a stream of many, or a plain one. */
type Way = 'websocket' | 'sse' | 'polling';

/** A proxy that lets some ways of following through and not others: what goes by one that is cut is reset, and so is what is asked by it later. */
export class WayProxy {
  /** Of connections that were reset while they were in use. */
  cuts = 0;
  private readonly blocked = new Set<Way>();
  private readonly open = new Map<Socket, Way>();
  private readonly server = createServer((near) => this.pass(near));

  private constructor(private readonly target: URL) {}

  static async start(url: string): Promise<WayProxy> {
    const proxy = new WayProxy(new URL(url));
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Resets all that goes by these ways now, and lets none by them from now on. */
  block(...ways: Way[]): void {
    for (const way of ways) this.blocked.add(way);
    this.cut(...ways);
  }

  /** Resets all that goes by these ways now; they may be taken again. */
  cut(...ways: Way[]): void {
    for (const [socket, way] of this.open) {
      if (!ways.includes(way)) continue;
      this.cuts++;
      socket.resetAndDestroy();
    }
  }

  mend(): void {
    this.blocked.clear();
  }

  async close(): Promise<void> {
    for (const socket of this.open.keys()) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private pass(near: Socket): void {
    const far = connect(Number(this.target.port), this.target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
    near.on('close', () => this.open.delete(near));
    near.on('data', (chunk: Buffer) => {
      const way = wayOf(chunk.toString('latin1'));
      if (way) this.open.set(near, way);
      if (way && this.blocked.has(way)) near.resetAndDestroy();
      else far.write(chunk);
    });
    far.pipe(near);
  }
}

function wayOf(text: string): Way | null {
  if (!/^[A-Z]+ \/\S* HTTP\/1\.1\r\n/.test(text)) return null;
  if (/^upgrade: websocket\r$/im.test(text)) return 'websocket';
  return text.startsWith('GET /v1/stream/events') ? 'sse' : 'polling';
}
