import { parentPort } from 'node:worker_threads';
import { libraryIn, type Library } from '../../nutrition/library.js';
import { welcomed } from '../clearing/clear.js';
import { makePlan } from './make-plan.js';
import type { Asked } from './solver.service.js';
import { swapChoices, swapMeal } from './swap-meal.js';

/** The solver in a thread of its own: hard requests take seconds, in which the process must go on answering and renewing its locks. */
const usual = libraryIn();
/** Others wait: then the best so far is all. Proving it takes some more, so that a thread is held for 5 s at most. */
const MOST_MS = 4000;

parentPort?.on('message', ({ request, from }: Asked) => {
  try {
    const until = performance.now() + MOST_MS;
    const isLate = () => performance.now() > until;
    const library = libraryIn(request.currency, usual);
    parentPort?.postMessage({ outcome: outcomeOf(request, from, library, isLate) });
  } catch (error) {
    parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
});

function outcomeOf(request: Asked['request'], from: Asked['from'], library: Library, isLate: () => boolean) {
  if ('most' in from) return swapChoices(request, library, from.plan, from.wish, from.most, isLate);
  if ('wish' in from) return swapMeal(request, library, from.plan, from.wish, isLate);
  const asked = from.welcome ? welcomed({ ...from.welcome, request, library }) : request;
  return makePlan(asked, library, from.draft, isLate);
}

parentPort?.postMessage('ready');
