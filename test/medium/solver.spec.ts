import { readConfig } from '../../src/read-config.js';
import { CreatePlan } from '../../src/modules/planning/planning.dto.js';
import { requestOf } from '../../src/modules/planning/plan-request.js';
import { Solver } from '../../src/modules/planning/solver/solver.service.js';
import { HOUSEHOLD } from '../support/household.js';

const CONFIG = readConfig({ LOOPGPT_ENV: 'test', DATABASE_URL: 'postgres://unused' });
const NEVER = new AbortController().signal;
const request = (seed: number) =>
  requestOf(CreatePlan.parse({ ...HOUSEHOLD, seed }), null, { today: '2026-12-01', seed })!.plan;

/** Takes a thread as long as any may have it: six people for two weeks, on little money. */
const hard = (seed: number) =>
  requestOf(
    CreatePlan.parse({
      people: Array.from({ length: 6 }, (_, index) => ({
        id: `person-${index}`,
        sex: index % 2 === 0 ? 'female' : 'male',
        ageYears: 25 + index * 7,
        heightCm: 160 + index * 5,
        weightKg: 55 + index * 9,
      })),
      days: 14,
      mealsPerDay: 3,
      budgetCents: 14 * 6 * 300,
      maxRepeats: 2,
      seed,
    }),
    null,
    { today: '2026-12-01', seed },
  )!.plan;

/** Who asks for hard plans until it leaves, and whose were done meanwhile. */
function crowd(solver: Solver) {
  const leaving = new AbortController();
  const done: string[] = [];
  const asked: Promise<unknown>[] = [];
  const ask = (tenantId: string, seed: number) =>
    void asked.push(
      solver.solve(hard(seed), { draft: null }, leaving.signal, tenantId).then(() => done.push(tenantId)),
    );
  const leave = () => {
    leaving.abort();
    return Promise.allSettled(asked);
  };
  return { ask, done, leave };
}

/** Real threads, running what was built. */
describe('the solver', () => {
  let solver: Solver;

  beforeEach(() => void (solver = new Solver(CONFIG)));
  afterEach(() => solver.onApplicationShutdown());

  it('solves all that come at once, each as if it were alone', async () => {
    const seeds = [1, 2, 3, 4, 5, 6];
    const outcomes = await Promise.all(seeds.map((seed) => solver.solve(request(seed), { draft: null }, NEVER)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(seeds.map(() => 'planned'));
    expect(await solver.solve(request(3), { draft: null }, NEVER)).toEqual(outcomes[2]);
  });

  it('serves a quiet tenant before the second plan of one that has many hard ones waiting', async () => {
    const { ask, done, leave } = crowd(solver);
    for (let seed = 0; seed < 4; seed++) ask('loud', seed);
    await solver.solve(request(7), { draft: null }, NEVER, 'quiet');
    expect(done.length).toBeLessThan(2);
    await leave();
  });

  it('serves a quiet tenant’s small plan beside hard ones of more tenants than have a turn at once', async () => {
    const { ask, done, leave } = crowd(solver);
    const tenants = ['ann', 'bob', 'cid', 'dan', 'eva'];
    for (const [seed, tenantId] of [...tenants, ...tenants].entries()) ask(tenantId, seed);
    await solver.solve(request(7), { draft: null }, NEVER, 'quiet');
    expect(done.length).toBeLessThan(5);
    await leave();
  });

  it('fails who is out of time alone, under way or in line', async () => {
    const [underWay, inLine] = [new AbortController(), new AbortController()];
    const all = [underWay.signal, NEVER, NEVER, NEVER, NEVER, inLine.signal, NEVER].map((signal, seed) =>
      solver.solve(request(seed), { draft: null }, signal).then(
        ({ kind }) => kind,
        (error: Error) => error.message,
      ),
    );
    underWay.abort();
    inLine.abort();
    const late = 'the plan was not solved in time';
    expect(await Promise.all(all)).toEqual([late, ...Array.from({ length: 4 }, () => 'planned'), late, 'planned']);
    await expect(solver.solve(request(1), { draft: null }, AbortSignal.abort(new Error('gone')))).rejects.toThrow(
      'gone',
    );
  });
});
