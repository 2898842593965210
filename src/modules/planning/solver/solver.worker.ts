import { parentPort } from 'node:worker_threads';
import { shippedLibrary } from '../../nutrition/library.js';
import { makePlan } from './make-plan.js';
import type { DraftPlan, PlanRequest } from './plan.js';

/** The solver in a thread of its own: hard requests take seconds, in which the process must go on answering and renewing its locks. */
const library = shippedLibrary();

parentPort?.on('message', ({ request, draft }: { request: PlanRequest; draft: DraftPlan | null }) => {
  try {
    parentPort?.postMessage({ outcome: makePlan(request, library, draft) });
  } catch (error) {
    parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
});
