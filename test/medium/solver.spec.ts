import { readConfig } from '../../src/config.js';
import { CreatePlan } from '../../src/modules/planning/planning.dto.js';
import { requestOf } from '../../src/modules/planning/plan-request.js';
import { Solver } from '../../src/modules/planning/solver/solver.service.js';
import { HOUSEHOLD } from '../support/household.js';

const CONFIG = readConfig({ LOOPGPT_ENV: 'test', DATABASE_URL: 'postgres://unused' });
const NEVER = new AbortController().signal;
const request = (seed: number) =>
  requestOf(CreatePlan.parse({ ...HOUSEHOLD, seed }), null, { today: '2026-12-01', seed })!.plan;

/** Real threads, running what was built. */
describe('the solver', () => {
  let solver: Solver;

  beforeEach(() => void (solver = new Solver(CONFIG)));
  afterEach(() => solver.onApplicationShutdown());

  it('solves all that come at once, each as if it were alone', async () => {
    const seeds = [1, 2, 3, 4, 5, 6];
    const outcomes = await Promise.all(seeds.map((seed) => solver.solve(request(seed), null, NEVER)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(seeds.map(() => 'planned'));
    expect(await solver.solve(request(3), null, NEVER)).toEqual(outcomes[2]);
  });

  it('serves a quiet tenant beside one that has many waiting', async () => {
    const order: string[] = [];
    const ask = (tenantId: string, seed: number) =>
      solver.solve(request(seed), null, NEVER, tenantId).then(() => order.push(tenantId));
    const loud = Array.from({ length: 6 }, (_, seed) => ask('loud', seed));
    await Promise.all([...loud, ask('quiet', 7)]);
    expect(order.indexOf('quiet')).toBeLessThanOrEqual(2);
  });

  it('fails who is out of time alone, under way or in line', async () => {
    const [underWay, inLine] = [new AbortController(), new AbortController()];
    const all = [underWay.signal, NEVER, NEVER, NEVER, NEVER, inLine.signal, NEVER].map((signal, seed) =>
      solver.solve(request(seed), null, signal).then(
        ({ kind }) => kind,
        (error: Error) => error.message,
      ),
    );
    underWay.abort();
    inLine.abort();
    const late = 'the plan was not solved in time';
    expect(await Promise.all(all)).toEqual([late, ...Array.from({ length: 4 }, () => 'planned'), late, 'planned']);
    await expect(solver.solve(request(1), null, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  });
});
