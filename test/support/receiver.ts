import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedWebhook {
  headers: Record<string, string>;
  body: string;
  at: number;
}

/** A webhook receiver that keeps what it gets and answers as told. */
export class Receiver {
  readonly received: ReceivedWebhook[] = [];
  /** How to answer the n-th call (from 0); 204 by default. */
  answer: (call: number, request: IncomingMessage, response: ServerResponse) => void = (_call, _request, response) => {
    response.writeHead(204).end();
  };
  private calls = 0;
  private readonly waiting = new Set<() => void>();

  private constructor(
    readonly url: string,
    private readonly stop: () => Promise<void>,
  ) {}

  static async start(): Promise<Receiver> {
    let receiver: Receiver | undefined;
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => receiver?.take(request, response, Buffer.concat(chunks).toString('utf8')));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    receiver = new Receiver(`http://127.0.0.1:${port}/hook`, async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return receiver;
  }

  /** The webhooks received once there are `count` of them. */
  async waitFor(count: number, timeoutMs = 10_000): Promise<ReceivedWebhook[]> {
    const until = Date.now() + timeoutMs;
    while (this.received.length < count) {
      if (Date.now() > until) throw new Error(`${this.received.length} of ${count} webhooks after ${timeoutMs} ms`);
      await new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          this.waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, 100);
        this.waiting.add(wake);
      });
    }
    return this.received;
  }

  close(): Promise<void> {
    return this.stop();
  }

  private take(request: IncomingMessage, response: ServerResponse, body: string): void {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    this.received.push({ headers, body, at: performance.now() });
    this.answer(this.calls++, request, response);
    for (const wake of this.waiting) wake();
  }
}
