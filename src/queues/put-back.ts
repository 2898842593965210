import type { Job } from 'bullmq';
import { isStoreAway } from '../platform/database/store-errors.js';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 1000;
/** The queue's own store may be the one that is away; past this the stalled check hands the job to whoever is there. */
const GIVE_UP_MS = 60_000;

/**
 * Puts an active job back for a moment without using up an attempt. The worker then throws `DelayedError`, which tells BullMQ that the
 * job has been moved. Where this cannot be done any more (the lock lapsed meanwhile), the stalled check has the job run again.
 */
export async function putBack(job: Pick<Job, 'moveToDelayed' | 'attemptsStarted'>, token?: string): Promise<void> {
  const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** Math.max(job.attemptsStarted - 1, 0), LONGEST_PAUSE_MS);
  const until = performance.now() + GIVE_UP_MS;
  for (;;) {
    try {
      return await job.moveToDelayed(Date.now() + pauseMs * (0.75 + Math.random() / 2), token);
    } catch (error) {
      if (!isStoreAway(error) || performance.now() > until) return;
      await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS));
    }
  }
}
