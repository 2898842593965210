import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../../../config.js';
import { parseWeights } from '../../../operations/deciding/fairness.js';
import { Turns } from '../../../operations/deciding/turns.js';
import { builtFile } from '../../../platform/data-file.js';
import type { DraftPlan, Plan, PlanOutcome, PlanRequest } from './plan.js';
import type { SwapWish } from './swap-meal.js';

const late = () => new Error('the plan was not solved in time');
const stopping = () => new Error('the process is stopping');

type Answer = 'ready' | { outcome: PlanOutcome } | { error: string };
/** What a plan is made from: a draft, nothing, or a plan of which one meal is swapped. */
export type From = { draft: DraftPlan | null } | { plan: Plan; wish: SwapWish };
interface Task {
  request: PlanRequest;
  from: From;
  solved: (outcome: PlanOutcome) => void;
  failed: (error: Error) => void;
}

/** Threads run what was built, also when the rest of the process runs from its sources. */
const FILE = builtFile('src', 'modules', 'planning', 'solver', 'solver.worker.js');
/** One core is left to the process itself where there are more than two. Each thread reads the library of foods for itself. */
const MAX_TURNS = Math.min(4, Math.max(2, availableParallelism() - 1));
/** One more than have a turn: it is for small plans of who has none under way, which begin beside hard ones of however many others. */
const MAX_THREADS = MAX_TURNS + 1;
/** Two people for a week, three meals a day. */
const SMALL_WORK = 42;

/**
 * `makePlan` and `swapMeal` in threads, one request at a time in each, in fair turns by tenant and work; one turn is always left to the other tenants. All
 * threads are started with the first request, one after another, for it takes one as long to be ready as to solve many small plans; the
 * first that is ready takes who waits longest. A request that is not solved by its `signal` fails alone: one that waits leaves the line, one under way ends its thread.
 */
@Injectable()
export class Solver implements OnApplicationShutdown {
  private readonly turns: Turns;
  private starting: Worker | null = null;
  private readonly idle: Worker[] = [];
  private readonly running = new Map<Worker, Task>();
  private readonly waiting = new Set<Task>();
  private stopped = false;

  constructor(config: Config) {
    const weights = parseWeights(config.values.LOOPGPT_TENANT_WEIGHTS);
    this.turns = new Turns({ room: MAX_TURNS, most: MAX_TURNS - 1, small: SMALL_WORK, weights });
  }

  /** `tenantId`: whose turn it is; without, everybody's. */
  solve(request: PlanRequest, from: From, signal: AbortSignal, tenantId = ''): Promise<PlanOutcome> {
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    const { people, days, mealsPerDay } = request;
    const work = people.length * days * mealsPerDay;
    return this.turns
      .run(tenantId, { work, takes: 1 }, () => this.solveAtOnce(request, from, signal), signal)
      .catch((error: unknown) => {
        throw signal.aborted ? late() : error;
      });
  }

  private async solveAtOnce(request: PlanRequest, from: From, signal: AbortSignal): Promise<PlanOutcome> {
    signal.throwIfAborted();
    if (this.stopped) throw stopping();
    let task: Task | undefined;
    const stop = () => this.drop(task!);
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await new Promise<PlanOutcome>((solved, failed) => {
        task = { request, from, solved, failed };
        this.waiting.add(task);
        this.next();
      });
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    for (const { failed } of this.waiting) failed(stopping());
    this.waiting.clear();
    const threads = [...(this.starting ? [this.starting] : []), ...this.idle, ...this.running.keys()];
    await Promise.all(threads.map((worker) => this.end(worker, stopping())));
  }

  private next(): void {
    if (this.waiting.size > 0) this.grow();
    for (const task of this.waiting) {
      const worker = this.idle.pop();
      if (!worker) return;
      this.waiting.delete(task);
      this.running.set(worker, task);
      worker.postMessage({ request: task.request, from: task.from });
    }
  }

  private drop(task: Task): void {
    const worker = [...this.running.keys()].find((one) => this.running.get(one) === task);
    if (worker !== undefined) void this.end(worker, late());
    this.waiting.delete(task);
    task.failed(late());
  }

  /** Starts a thread, and the next one when that is ready. */
  private grow(): void {
    if (this.starting || this.stopped || this.idle.length + this.running.size >= MAX_THREADS) return;
    const worker = new Worker(FILE);
    worker.unref();
    this.starting = worker;
    worker.on('message', (answer: Answer) => {
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
