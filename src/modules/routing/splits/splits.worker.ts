import { parentPort } from 'node:worker_threads';
import { splitCart, type SplitTask } from '../splitting/split-cart.js';
import { loadMilp } from './highs.js';

/** Splits with a solver, in a thread of their own: a hard one takes seconds, in which the process must go on answering. */
const MOST_MS = 3000;

const sentence = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function serve(): Promise<void> {
  const solve = await loadMilp();
  parentPort?.on('message', (task: SplitTask) => {
    const until = performance.now() + MOST_MS;
    try {
      const outcome = splitCart(task, { solve, leftMs: () => until - performance.now() });
      parentPort?.postMessage({ outcome });
    } catch (error) {
      parentPort?.postMessage({ error: sentence(error) });
    }
  });
  parentPort?.postMessage('ready');
}

// What cannot be loaded ends the thread, and whoever waits for it is told.
void serve().catch((error: unknown) => {
  setImmediate(() => {
    throw error;
  });
});
