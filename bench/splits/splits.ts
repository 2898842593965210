import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { randomOf } from '../../src/common/random.js';
import { loadMilp } from '../../src/modules/routing/splits/highs.js';
import { solve } from '../../src/modules/routing/splitting/solve.js';
import { SPLIT_STEPS } from '../../src/modules/routing/splitting/split-cart.js';
import { usualSplitProblem } from '../../test/support/splits.js';
import { percentile } from '../statistics.js';

/**
 * How long it takes to prove splits as the product does, in one thread. Carts are composed: 85 % of the lines to be had at each store, within 12 % of a
 * usual price, minimums of nothing to 35, delivery below 9 that a larger basket spares at some, a service fee and a tax at some.
 */
const USAGE = `usage: npm run bench:splits -- [--carts 100] [--seed 1] [--cpu]
  --cpu: the limit is of processor time, for a machine that does much else meanwhile`;
/** How much of the clock may go by for so much of the processor. */
const PATIENCE = 8;
const SIZES = [
  { stores: 5, lines: 60, withinMs: 1000, share: 0.99 },
  { stores: 8, lines: 40, withinMs: 3000, share: 0.95 },
];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      carts: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
      cpu: { type: 'boolean', default: false },
    },
  });
  const [carts, seed] = [Number(values.carts), Number(values.seed)];
  if (!Number.isInteger(carts) || carts < 1 || !Number.isInteger(seed)) throw new Error(USAGE);
  const milp = await loadMilp();
  const load = loadavg().map((value) => value.toFixed(1));
  console.log(
    `${cpus()[0]?.model ?? 'unknown'} × ${cpus().length}, load ${load.join(' ')}, ${carts} carts of each size`,
  );
  let failed = false;
  for (const { stores, lines, withinMs, share } of SIZES) {
    const random = randomOf(seed);
    const done = Array.from({ length: carts }, () => {
      const problem = usualSplitProblem(random, { stores, lines });
      const before = process.cpuUsage();
      const from = performance.now();
      const { best, boundCents } = solve(problem, {
        steps: SPLIT_STEPS,
        milp: { solve: milp, leftMs: () => withinMs * (values.cpu ? PATIENCE : 1) - (performance.now() - from) },
      });
      const { user, system } = process.cpuUsage(before);
      const gapCents = best && boundCents !== null ? best.totalCents - boundCents : Infinity;
      return { ms: performance.now() - from, cpuMs: (user + system) / 1000, gapCents };
    });
    const proven = done.filter((one) => one.gapCents === 0 && (values.cpu ? one.cpuMs : one.ms) <= withinMs).length;
    const [ms, cpuMs] = [done.map((one) => one.ms), done.map((one) => one.cpuMs)];
    const gaps = done.map(({ gapCents }) => gapCents).filter((gap) => gap > 0);
    const line = (of: number[]) => [0.5, 0.95, 0.99, 1].map((at) => percentile(of, at)!.toFixed(0)).join(' / ');
    console.log(
      `${stores} stores × ${lines} lines: ${proven} of ${carts} proven within ${withinMs} ms${values.cpu ? ' of CPU' : ''} (aim ${share * 100} %)`,
    );
    console.log(
      `  ms p50 / p95 / p99 / max ${line(ms)}, of CPU ${line(cpuMs)}${gaps.length > 0 ? `; gaps in cents ${gaps.join(', ')}` : ''}`,
    );
    failed ||= proven / carts < share;
  }
  if (failed) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
