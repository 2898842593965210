import { anySplitProblem } from '../../../../test/support/splits.js';
import { randomOf } from '../../../common/random.js';
import { loadMilp } from '../splits/highs.js';
import { secondBest, solve } from './solve.js';

/** The real solver. Without steps the search leaves it all that its bounds do not settle. */
describe('what is left to a solver', () => {
  it('comes out as the search does, the second best too', async () => {
    const milp = { solve: await loadMilp(), leftMs: () => 5000 };
    const random = randomOf(5);
    for (let cart = 0; cart < 60; cart++) {
      const problem = anySplitProblem(random, {
        stores: 2 + Math.floor(random() * 3),
        lines: 2 + Math.floor(random() * 5),
      });
      const [searched, solved] = [{ steps: 1e6 }, { steps: 0, milp }].map((means) => {
        const { best, boundCents, covered } = solve(problem, means);
        const second = best && secondBest(problem, means, best, covered);
        return {
          cents: best?.totalCents,
          boundCents,
          covered,
          second: second?.choice.totalCents,
          sure: second?.boundCents,
        };
      });
      expect({ cart, ...solved }).toEqual({ cart, ...searched });
      expect(solved!.boundCents).toBe(solved!.cents ?? null);
    }
  }, 60_000);
});
