import { anySplitProblem } from '../../../../test/support/splits.js';
import { randomOf } from '../../../common/random.js';
import { choiceOf, type Assignment, type Problem } from './problem.js';
import { search } from './search.js';

/** Every way of buying, looked at: the most lines, then the least cost. */
function byForce(problem: Problem): { covered: number; totalCents: number } | null {
  let best: { covered: number; totalCents: number } | null = null;
  const assignment: (number | null)[] = [];
  const place = (line: number): void => {
    if (line === problem.lines) {
      const choice = choiceOf(problem, assignment as Assignment);
      const covered = assignment.filter((store) => store !== null).length;
      if (!choice || covered === 0) return;
      if (!best || covered > best.covered || (covered === best.covered && choice.totalCents < best.totalCents)) {
        best = { covered, totalCents: choice.totalCents };
      }
      return;
    }
    for (const store of [null, ...problem.stores.keys()]) {
      if (store !== null && problem.stores[store]!.cents[line] === null) continue;
      assignment[line] = store;
      place(line + 1);
    }
    assignment.pop();
  };
  place(0);
  return best;
}

describe('a split', () => {
  it('equals brute force on 10,000 small carts, with unavailable lines, minimums, shares and thresholds', () => {
    const random = randomOf(17);
    let none = 0;
    for (let cart = 0; cart < 10_000; cart++) {
      const problem = anySplitProblem(random, {
        stores: 1 + Math.floor(random() * 4),
        lines: 1 + Math.floor(random() * 5),
      });
      const { best, boundCents, covered, open } = search(problem, { left: 1e6 });
      const forced = byForce(problem);
      if (!forced) none++;
      expect({ cart, open, boundCents, found: best && { covered, totalCents: best.totalCents } }).toEqual({
        cart,
        open: [],
        boundCents: forced?.totalCents ?? null,
        found: forced,
      });
    }
    expect(none).toBeGreaterThan(50);
    expect(none).toBeLessThan(3000);
  });
});
