import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { DraftPlan, PlanOutcome, PlanRequest } from './plan.js';

type Answer = { id: number; outcome: PlanOutcome } | { id: number; error: string };
interface Waiting {
  resolve: (outcome: PlanOutcome) => void;
  reject: (error: Error) => void;
}

/** Threads run what was built, also when the rest of the process runs from its sources. */
const FILE = __filename.endsWith('.ts')
  ? join(process.cwd(), 'dist', 'src', 'modules', 'planning', 'solver.worker.js')
  : join(__dirname, 'solver.worker.js');

/**
 * `makePlan` in a thread, one request after the other. Started when first asked. A request that is not solved by its `signal` ends the
 * thread and fails, with all that waited behind it: their jobs try again.
 */
@Injectable()
export class Solver implements OnApplicationShutdown {
  private worker: Worker | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private asked = 0;

  async solve(request: PlanRequest, draft: DraftPlan | null, signal: AbortSignal): Promise<PlanOutcome> {
    signal.throwIfAborted();
    const worker = (this.worker ??= this.started());
    const id = ++this.asked;
    const stop = () => void this.end(new Error('the plan was not solved in time'));
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await new Promise<PlanOutcome>((resolve, reject) => {
        this.waiting.set(id, { resolve, reject });
        worker.postMessage({ id, request, draft });
      });
    } finally {
      signal.removeEventListener('abort', stop);
      this.waiting.delete(id);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.end(new Error('the process is stopping'));
  }

  private started(): Worker {
    const worker = new Worker(FILE);
    worker.unref();
    worker.on('message', (answer: Answer) => {
      const waiting = this.waiting.get(answer.id);
      if ('outcome' in answer) waiting?.resolve(answer.outcome);
      else waiting?.reject(new Error(answer.error));
    });
    worker.on('error', (error: Error) => void this.end(error));
    return worker;
  }

  private async end(error: Error): Promise<void> {
    const { worker } = this;
    this.worker = null;
    for (const { reject } of this.waiting.values()) reject(error);
    await worker?.terminate();
  }
}
