import { parentPort } from 'node:worker_threads';
import { libraryIn } from '../../nutrition/library.js';
import { welcomed } from '../clearing/clear.js';
import { makePlan } from './make-plan.js';
import type { Asked } from './solver.service.js';
import { swapMeal } from './swap-meal.js';

/** The solver in a thread of its own: hard requests take seconds, in which the process must go on answering and renewing its locks. */
const usual = libraryIn();
/** Others wait: then the best so far is all. Proving it takes some more, so that a thread is held for 5 s at most. */
const MOST_MS = 4000;

parentPort?.on('message', ({ request, from }: Asked) => {
  try {
    const until = performance.now() + MOST_MS;
    const isLate = () => performance.now() > until;
    const library = libraryIn(request.currency, usual);
    const outcome =
      'wish' in from
        ? swapMeal(request, library, from.plan, from.wish, isLate)
        : makePlan(
            from.welcome ? welcomed({ ...from.welcome, request, library }) : request,
            library,
            from.draft,
            isLate,
          );
    parentPort?.postMessage({ outcome });
  } catch (error) {
    parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
});

parentPort?.postMessage('ready');
