import { request, type Dispatcher } from 'undici';

export interface Frame {
  id: string | null;
  event: string | null;
  data: string;
}

/** A reader of server-sent events that keeps every frame and comment as it came. `pause` stops it from reading its socket. */
export class SseClient {
  readonly frames: Frame[] = [];
  /** What is told live, without a place in the order: how much of it depends on when the stream was opened. */
  readonly progress: Frame[] = [];
  readonly comments: string[] = [];
  ended = false;
  private text = '';

  private constructor(private readonly answer: Dispatcher.ResponseData) {
    answer.body.setEncoding('utf8');
    answer.body.on('data', (chunk: string) => this.take(chunk));
    answer.body.once('close', () => (this.ended = true));
    // A stream cut off in the middle is what some tests are about.
    answer.body.on('error', () => undefined);
  }

  /** Opens a stream; rejects with the status and the problem when the answer is none. */
  static async open(url: string, headers: Record<string, string> = {}): Promise<SseClient> {
    const answer = await request(url, { headers: { accept: 'text/event-stream', ...headers }, bodyTimeout: 0 });
    if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${await answer.body.text()}`);
    return new SseClient(answer);
  }

  get headers(): Dispatcher.ResponseData['headers'] {
    return this.answer.headers;
  }

  pause(): void {
    this.answer.body.pause();
  }

  resume(): void {
    this.answer.body.resume();
  }

  close(): void {
    this.answer.body.destroy();
  }

  async until(reached: (client: this) => boolean, timeoutMs = 10_000): Promise<this> {
    const until = Date.now() + timeoutMs;
    while (!reached(this)) {
      if (Date.now() > until)
        throw new Error(`not reached in ${timeoutMs} ms; ended: ${this.ended}, frames: ${this.frames.length}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return this;
  }

  private take(chunk: string): void {
    this.text += chunk;
    for (let end = this.text.indexOf('\n\n'); end >= 0; end = this.text.indexOf('\n\n')) {
      this.block(this.text.slice(0, end).split('\n'));
      this.text = this.text.slice(end + 2);
    }
  }

  private block(lines: readonly string[]): void {
    const field = (name: string) => lines.filter((l) => l.startsWith(`${name}: `)).map((l) => l.slice(name.length + 2));
    this.comments.push(...lines.filter((line) => line.startsWith(':')));
    const data = field('data');
    if (data.length === 0) return;
    const frame = { id: field('id')[0] ?? null, event: field('event')[0] ?? null, data: data.join('\n') };
    (frame.event === 'route.quoted' ? this.progress : this.frames).push(frame);
  }
}
