/** Who waits, by lane; whose turn was last is the last. */
const lanes = new Map<string, (() => void)[]>();

/**
 * Resolves in a turn of the event loop of its own: of all who wait, one goes on in each turn. Work that is many short pieces takes one
 * turn for each, so that no piece of another's waits behind all of them. Lanes take turns, however many wait in one.
 */
export function turn(lane = ''): Promise<void> {
  return new Promise((resolve) => {
    const waiting = lanes.get(lane);
    if (waiting) waiting.push(resolve);
    else if (lanes.set(lane, [resolve]).size === 1) setImmediate(next);
  });
}

function next(): void {
  const [first] = lanes;
  if (!first) return;
  const [lane, waiting] = first;
  lanes.delete(lane);
  waiting.shift()!();
  if (waiting.length > 0) lanes.set(lane, waiting);
  if (lanes.size > 0) setImmediate(next);
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
