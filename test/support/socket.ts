import { WebSocket } from 'ws';

/** A client of the WebSocket that keeps every message but the beats as the text it came as. `pause` stops it from reading its socket. */
export class SocketClient {
  readonly texts: string[] = [];
  code = 0;

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      const text = data.toString('utf8');
      if (text !== '{"type":"beat"}') this.texts.push(text);
    });
    socket.on('close', (code) => (this.code = code));
    // A connection cut off in the middle is what some tests are about.
    socket.on('error', () => undefined);
  }

  /** Opens a connection; rejects with the status and the problem when it is refused. */
  static open(url: string, headers: Record<string, string> = {}, protocols: string[] = []): Promise<SocketClient> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}`, protocols, { headers });
    const client = new SocketClient(socket);
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(client));
      socket.once('unexpected-response', (request, response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () => reject(new Error(`${response.statusCode} ${body}`)));
        response.on('close', () => request.destroy());
      });
      socket.once('error', reject);
    });
  }

  // Tests look at whatever shape they expect.
  // oxlint-disable-next-line typescript/no-explicit-any
  get messages(): any[] {
    return this.texts.map((text) => JSON.parse(text));
  }

  /** The events of a subject's sequence. */
  events(subject: string): { sequence: number; type: string }[] {
    return this.told(subject).filter(({ sequence }) => sequence > 0);
  }

  /** All that was told of a subject. */
  told(subject: string): { sequence: number; type: string; data: { providerId?: string } }[] {
    return this.messages.filter((one) => one.type === 'event' && one.subject === subject).map(({ event }) => event);
  }

  say(message: object | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  subscribe(subject: string, rest: object = {}): void {
    this.say({ type: 'subscribe', subject, ...rest });
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  close(): void {
    this.socket.terminate();
  }

  async until(reached: (client: this) => boolean, timeoutMs = 10_000): Promise<this> {
    const until = Date.now() + timeoutMs;
    while (!reached(this)) {
      if (Date.now() > until)
        throw new Error(`not reached in ${timeoutMs} ms; code ${this.code}, last: ${this.texts.slice(-3).join(' ')}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return this;
  }
}
