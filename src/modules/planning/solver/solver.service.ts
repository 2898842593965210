import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../../../config.js';
import { parseWeights } from '../../../operations/fairness.js';
import { Turns } from '../../../operations/turns.js';
import type { DraftPlan, PlanOutcome, PlanRequest } from './plan.js';

const late = () => new Error('the plan was not solved in time');

type Answer = { outcome: PlanOutcome } | { error: string };
interface Task {
  request: PlanRequest;
  draft: DraftPlan | null;
  solved: (outcome: PlanOutcome) => void;
  failed: (error: Error) => void;
}

/** Threads run what was built, also when the rest of the process runs from its sources. */
const FILE = __filename.endsWith('.ts')
  ? join(process.cwd(), 'dist', 'src', 'modules', 'planning', 'solver', 'solver.worker.js')
  : join(__dirname, 'solver.worker.js');
/** One core is left to the process itself where there are more than two. Each thread reads the library of foods for itself. */
const MAX_THREADS = Math.min(4, Math.max(2, availableParallelism() - 1));

/**
 * `makePlan` in threads, one request at a time in each, in fair turns by tenant and work; one thread is always left to the other tenants. A
 * thread is started when none is free. A request that is not solved by its `signal` fails alone: one that waits leaves the line, one under way ends its thread.
 */
@Injectable()
export class Solver implements OnApplicationShutdown {
  private readonly turns: Turns;
  private readonly idle: Worker[] = [];
  private readonly running = new Map<Worker, Task>();
  private readonly waiting = new Set<Task>();

  constructor(config: Config) {
    const weights = parseWeights(config.values.LOOPGPT_TENANT_WEIGHTS);
    this.turns = new Turns({ room: MAX_THREADS, most: MAX_THREADS - 1, weights });
  }

  /** `tenantId`: whose turn it is; without, everybody's. */
  solve(request: PlanRequest, draft: DraftPlan | null, signal: AbortSignal, tenantId = ''): Promise<PlanOutcome> {
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    const { people, days, mealsPerDay } = request;
    const work = people.length * days * mealsPerDay;
    return this.turns
      .run(tenantId, { work, takes: 1 }, () => this.solveAtOnce(request, draft, signal), signal)
      .catch((error: unknown) => {
        throw signal.aborted ? late() : error;
      });
  }

  private async solveAtOnce(request: PlanRequest, draft: DraftPlan | null, signal: AbortSignal): Promise<PlanOutcome> {
    signal.throwIfAborted();
    let task: Task | undefined;
    const stop = () => this.drop(task!);
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await new Promise<PlanOutcome>((solved, failed) => {
        task = { request, draft, solved, failed };
        this.waiting.add(task);
        this.next();
      });
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    const stopping = new Error('the process is stopping');
    for (const { failed } of this.waiting) failed(stopping);
    this.waiting.clear();
    await Promise.all([...this.idle, ...this.running.keys()].map((worker) => this.end(worker, stopping)));
  }

  private next(): void {
    for (const task of this.waiting) {
      if (this.idle.length === 0 && this.running.size >= MAX_THREADS) return;
      const worker = this.idle.pop() ?? this.started();
      this.waiting.delete(task);
      this.running.set(worker, task);
      worker.postMessage({ request: task.request, draft: task.draft });
    }
  }

  private drop(task: Task): void {
    const worker = [...this.running.keys()].find((one) => this.running.get(one) === task);
    if (worker !== undefined) void this.end(worker, late());
    this.waiting.delete(task);
    task.failed(late());
  }

  private started(): Worker {
    const worker = new Worker(FILE);
    worker.unref();
    worker.on('message', (answer: Answer) => {
      const task = this.running.get(worker);
      this.running.delete(worker);
      this.idle.push(worker);
      if ('outcome' in answer) task?.solved(answer.outcome);
      else task?.failed(new Error(answer.error));
      this.next();
    });
    worker.on('error', (error: Error) => void this.end(worker, error));
    return worker;
  }

  /** What it was solving fails; who waits goes to another thread. */
  private async end(worker: Worker, error: Error): Promise<void> {
    this.running.get(worker)?.failed(error);
    this.running.delete(worker);
    const free = this.idle.indexOf(worker);
    if (free >= 0) this.idle.splice(free, 1);
    this.next();
    await worker.terminate();
  }
}
