import type { QuoteFailure } from '../provider.js';

type Step<T> = { ok: true; value: T } | { ok: false; failure: QuoteFailure };

/** Runs `work` over all items, at most `limit` at once, and stops starting more at the first failure, which is the answer then. */
export async function inParallel<In, Out>(
  items: readonly In[],
  limit: number,
  work: (item: In) => Promise<Step<Out>>,
): Promise<{ ok: true; values: Out[] } | { ok: false; failure: QuoteFailure }> {
  const values: Out[] = [];
  let failure: QuoteFailure | null = null;
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length && !failure) {
      const index = next++;
      const step = await work(items[index]!);
      if (step.ok) values[index] = step.value;
      else failure ??= step.failure;
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  return failure ? { ok: false, failure } : { ok: true, values };
}
