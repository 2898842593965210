import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CallBudgets, type CallLimits } from '../../src/modules/providers/calling/call-budgets.js';
import type { Database } from '../../src/platform/database/database.js';
import { createStores, migrated, rowsOf, type Stores } from '../support/stores.js';

const run = promisify(execFile);
const LIMITS: CallLimits = { budget: 'KROGER_API@api.kroger.com', perDay: null, perTenant: null, perSecond: null };
const NEVER = new AbortController().signal;

describe('call budgets', () => {
  let stores: Stores;
  let database: Database;
  let budgets: CallBudgets;

  beforeAll(async () => {
    stores = await createStores();
    database = await migrated(stores);
    budgets = new CallBudgets(database);
  }, 60_000);
  afterAll(async () => {
    await database?.close();
    await stores?.drop();
  });

  it('let 20 workers in 4 processes make exactly the 1,000 calls allowed', async () => {
    const limits = { ...LIMITS, budget: 'shared', perDay: 1000 };
    const worker = `
      const { readConfig } = require('./dist/src/read-config.js');
      const { Database } = require('./dist/src/platform/database/database.js');
      const { Metrics } = require('./dist/src/platform/telemetry/metrics.js');
      const { CallBudgets } = require('./dist/src/modules/providers/calling/call-budgets.js');
      (async () => {
        const database = await Database.connect(readConfig(), new Metrics());
        const budgets = new CallBudgets(database);
        const take = async () => {
          let made = 0;
          while ((await budgets.take(${JSON.stringify(limits)}, 'ten_a', new AbortController().signal)) === null) made++;
          return made;
        };
        console.log(JSON.stringify(await Promise.all(Array.from({ length: 5 }, take))));
        await database.close();
      })();`;
    const env = { PATH: process.env.PATH, LOOPGPT_ENV: 'test', ...stores.env };
    const outputs = await Promise.all(Array.from({ length: 4 }, () => run(process.execPath, ['-e', worker], { env })));
    const made = outputs.map(({ stdout }) => (JSON.parse(stdout) as number[]).reduce((sum, one) => sum + one, 0));
    expect(made.reduce((sum, one) => sum + one, 0)).toBe(1000);
    expect(await budgets.useOf(limits)).toMatchObject({ usedToday: 1000, remainingToday: 0 });
  }, 60_000);

  it('count what is no tenant’s in the day, and in nobody’s part of it', async () => {
    const limits = { ...LIMITS, budget: 'tried', perDay: 3, perTenant: 1 };
    expect(await budgets.take(limits, null, NEVER)).toBeNull();
    expect(await budgets.take(limits, null, NEVER)).toBeNull();
    expect(await budgets.take(limits, 'ten_a', NEVER)).toBeNull();
    expect(await budgets.take(limits, null, NEVER)).toBe('the calls allowed today are used up');
    const shares = await rowsOf(stores.adminUrl, `SELECT tenant_id FROM call_budget_shares WHERE budget = 'tried'`);
    expect(shares).toEqual([{ tenant_id: 'ten_a' }]);
  });

  it('keep a part of the day for the other tenants once there are any, and give a lone one all of it', async () => {
    const limits = { ...LIMITS, budget: 'fair', perDay: 10, perTenant: 6 };
    const taken = async (tenant: string, budget: string) => {
      let made = 0;
      while ((await budgets.take({ ...limits, budget }, tenant, NEVER)) === null) made++;
      return made;
    };
    expect(await budgets.take(limits, 'ten_b', NEVER)).toBeNull();
    expect(await taken('ten_a', 'fair')).toBe(6);
    expect(await budgets.take(limits, 'ten_a', NEVER)).toContain("tenant's part");
    expect(await taken('ten_b', 'fair')).toBe(3);
    expect(await taken('ten_a', 'lone')).toBe(10);
  });

  it('begin again on the next day', async () => {
    const limits = { ...LIMITS, budget: 'daily', perDay: 2, perTenant: 1 };
    expect(await budgets.take(limits, 'ten_a', NEVER)).toBeNull();
    expect(await budgets.take(limits, 'ten_b', NEVER)).toBeNull();
    expect(await budgets.take(limits, 'ten_a', NEVER)).toContain('today');
    for (const table of ['call_budgets', 'call_budget_shares']) {
      await rowsOf(stores.adminUrl, `UPDATE ${table} SET day = day - 2 WHERE budget = 'daily'`);
    }
    expect(await budgets.useOf(limits)).toMatchObject({ usedToday: 0, remainingToday: 2 });
    expect(await budgets.take(limits, 'ten_a', NEVER)).toBeNull();
    expect(await budgets.useOf(limits)).toMatchObject({ usedToday: 1, remainingToday: 1 });
  });

  it('spread calls over the seconds, and stop waiting when the answer is no longer wanted', async () => {
    const limits = { ...LIMITS, budget: 'seconds', perSecond: 3 };
    const taken = await Promise.all(Array.from({ length: 7 }, () => budgets.take(limits, 'ten_a', NEVER)));
    expect(taken).toEqual(Array(7).fill(null));
    const [{ seconds }] = (await rowsOf<{ seconds: number }>(
      stores.adminUrl,
      `SELECT used AS seconds FROM call_budgets WHERE budget = 'seconds'`,
    )) as [{ seconds: number }];
    expect(seconds).toBe(7);
    const aborted = AbortSignal.abort();
    const refusals = await Promise.all(Array.from({ length: 8 }, () => budgets.take(limits, 'ten_a', aborted)));
    expect(refusals.filter((refusal) => refusal?.includes('this second')).length).toBeGreaterThanOrEqual(2);
  });

  it('refuse a call that cannot be counted', async () => {
    const gone = new CallBudgets({
      query: () => Promise.reject(Object.assign(new Error('terminating connection'), { code: '57P01' })),
    } as unknown as Database);
    expect(await gone.take({ ...LIMITS, perDay: 1 }, 'ten_a', NEVER)).toBe('the count of calls cannot be reached');
  });
});
