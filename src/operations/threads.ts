import { Worker } from 'node:worker_threads';
import { Turns, type Bounds } from './deciding/turns.js';

/** What a thread says: that it is ready, or how what it was sent came out. */
export type ThreadAnswer<Outcome> = 'ready' | { outcome: Outcome } | { error: string };

export interface ThreadPool {
  /** What a thread runs, as it was built. */
  file: string;
  /** In the sentence that who is not answered in time gets, e.g. "the plan was not solved in time". */
  late: string;
  /** Threads at most: one more than have a turn, if small work of who has none under way shall begin at once. */
  most: number;
  turns: Bounds;
}

interface Task<Asked, Outcome> {
  asked: Asked;
  solved: (outcome: Outcome) => void;
  failed: (error: Error) => void;
}

const stopping = () => new Error('the process is stopping');

/**
 * Heavy deciding in threads, one request at a time in each, in fair turns by tenant and work. All threads are started with the first
 * request, one after another, for it may take one as long to be ready as to solve many small requests; the first that is ready takes who
 * waits longest. A request that is not answered by its `signal` fails alone: one that waits leaves the line, one under way ends its thread.
 */
export class Threads<Asked, Outcome> {
  private readonly turns: Turns;
  private starting: Worker | null = null;
  private readonly idle: Worker[] = [];
  private readonly running = new Map<Worker, Task<Asked, Outcome>>();
  private readonly waiting = new Set<Task<Asked, Outcome>>();
  private stopped = false;

  constructor(private readonly pool: ThreadPool) {
    this.turns = new Turns(pool.turns);
  }

  /** `tenantId`: whose turn it is; `work`: what it costs, in the measure of the pool's bounds. Rejects when it is late, or its thread broke. */
  run(asked: Asked, tenantId: string, work: number, signal: AbortSignal): Promise<Outcome> {
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    return this.turns
      .run(tenantId, { work, takes: 1 }, () => this.runAtOnce(asked, signal), signal)
      .catch((error: unknown) => {
        throw signal.aborted ? this.late() : error;
      });
  }

  /** Ends all threads; who waits is told. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const { failed } of this.waiting) failed(stopping());
    this.waiting.clear();
    const threads = [...(this.starting ? [this.starting] : []), ...this.idle, ...this.running.keys()];
    await Promise.all(threads.map((worker) => this.end(worker, stopping())));
  }

  private late(): Error {
    return new Error(this.pool.late);
  }

  private async runAtOnce(asked: Asked, signal: AbortSignal): Promise<Outcome> {
    signal.throwIfAborted();
    if (this.stopped) throw stopping();
    let task: Task<Asked, Outcome> | undefined;
    const stop = () => this.drop(task!);
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await new Promise<Outcome>((solved, failed) => {
        task = { asked, solved, failed };
        this.waiting.add(task);
        this.next();
      });
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  private next(): void {
    if (this.waiting.size > 0) this.grow();
    for (const task of this.waiting) {
      const worker = this.idle.pop();
      if (!worker) return;
      this.waiting.delete(task);
      this.running.set(worker, task);
      worker.postMessage(task.asked);
    }
  }

  private drop(task: Task<Asked, Outcome>): void {
    const worker = [...this.running.keys()].find((one) => this.running.get(one) === task);
    if (worker !== undefined) void this.end(worker, this.late());
    this.waiting.delete(task);
    task.failed(this.late());
  }

  /** Starts a thread, and the next one when that is ready. */
  private grow(): void {
    if (this.starting || this.stopped || this.idle.length + this.running.size >= this.pool.most) return;
    const worker = new Worker(this.pool.file);
    worker.unref();
    this.starting = worker;
    worker.on('message', (answer: ThreadAnswer<Outcome>) => {
      const task = this.running.get(worker);
      // What one that was ended had said before is heard after its end.
      if (!task && this.starting !== worker) return;
      this.running.delete(worker);
      this.idle.push(worker);
      if (answer === 'ready') {
        this.starting = null;
        this.grow();
      } else if ('outcome' in answer) task?.solved(answer.outcome);
      else task?.failed(new Error(answer.error));
      this.next();
    });
    worker.on('error', (error: Error) => this.broke(worker, error));
  }

  /** One that ends before it is ready fails who waits longest: another would not be ready either. */
  private broke(worker: Worker, error: Error): void {
    const [oldest] = this.waiting;
    if (this.starting === worker && oldest) {
      this.waiting.delete(oldest);
      oldest.failed(error);
    }
    void this.end(worker, error);
  }

  /** What it was solving fails; who waits goes to another thread. */
  private async end(worker: Worker, error: Error): Promise<void> {
    this.running.get(worker)?.failed(error);
    this.running.delete(worker);
    if (this.starting === worker) this.starting = null;
    const free = this.idle.indexOf(worker);
    if (free >= 0) this.idle.splice(free, 1);
    this.next();
    await worker.terminate();
  }
}
