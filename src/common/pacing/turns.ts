const waiting: (() => void)[] = [];

/**
 * Resolves in a turn of the event loop of its own: of all who wait, one goes on in each turn. Work that is many short pieces takes one
 * turn for each, so that no piece of another's waits behind all of them.
 */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(next);
  });
}

function next(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(next);
}

/** The results of a work for each item, each in a turn of its own; a single one at once. */
export async function inTurns<In, Out>(items: readonly In[], work: (item: In, index: number) => Out): Promise<Out[]> {
  const results: Out[] = [];
  for (const [index, item] of items.entries()) {
    if (index > 0) await turn();
    results.push(work(item, index));
  }
  return results;
}
