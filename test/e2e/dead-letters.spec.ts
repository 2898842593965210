import { newId } from '../../src/common/ids.js';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { rowsOf } from '../support/stores.js';

const WHY = 'the listener is mended';

/** Records that could not be handled are kept, shown, and put back once. */
describe('dead letters', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp();
  }, 60_000);
  afterAll(() => test?.close());
  beforeEach(() => rowsOf(test.stores.adminUrl, 'DELETE FROM dead_letters'));

  /** Letters about routes nobody has: a listener hears them and makes nothing of them. */
  async function park(count: number, event: object = {}, source = 'quotes.v1/aggregator'): Promise<string[]> {
    const ids = Array.from({ length: count }, () => newId('dlq'));
    for (const id of ids) {
      const record = {
        id: newId('evt'),
        name: 'route.cancelled',
        tenantId: 'ten_development',
        subject: newId('req'),
        sequence: 1,
        time: new Date().toISOString(),
        traceparent: '',
        data: JSON.stringify({
          id: 'req_1',
          status: 'cancelled',
          reference: null,
          metadata: {},
          createdAt: new Date().toISOString(),
          deadlineAt: new Date().toISOString(),
          closedAt: new Date().toISOString(),
          traceId: '',
          outcome: null,
          quotes: [],
        }),
        ...event,
      };
      await rowsOf(
        test.stores.adminUrl,
        `INSERT INTO dead_letters (id, tenant_id, source, record, reason) VALUES ($1, 'ten_development', $2, $3, 'Error: boom')`,
        [id, source, JSON.stringify(record)],
      );
    }
    return ids;
  }
  const redrive = (body: object) => test.api.post('/admin/v1/dead-letters/redrive', { why: WHY, ...body });

  it('are listed by topic and reason, page by page, and shown with their record', async () => {
    const ids = await park(3);
    const [other] = await park(1, {}, 'routes.v1/notifications');
    const first = await test.api.get('/admin/v1/dead-letters?topic=quotes.v1&reason=boom&limit=2');
    const second = await test.api.get(`/admin/v1/dead-letters?topic=quotes.v1&limit=2&cursor=${first.body.nextCursor}`);
    const shown = [...first.body.data, ...second.body.data].map(({ id }: { id: string }) => id);
    expect(shown).toEqual([...ids].reverse());
    expect(second.body.nextCursor).toBeNull();
    expect((await test.api.get('/admin/v1/dead-letters?reason=bang')).body.data).toEqual([]);
    const { body } = await test.api.get(`/admin/v1/dead-letters/${other}`);
    expect(body).toMatchObject({
      event: 'route.cancelled',
      reason: 'Error: boom',
      record: { name: 'route.cancelled' },
    });
    expect((await test.api.get(`/admin/v1/dead-letters/${newId('dlq')}`)).body.code).toBe('dead_letter_not_found');
  });

  it('are only counted by a dry run', async () => {
    await park(3);
    const dry = await redrive({ dryRun: true, limit: 2 });
    expect(dry.body).toEqual({ dryRun: true, redriven: 2, skipped: [], more: true, act: null });
    expect((await test.api.get('/admin/v1/dead-letters?waiting=true')).body.data).toHaveLength(3);
  });

  it('are redriven once by two who ask at once on two instances, and again by nobody; every redrive is on record', async () => {
    const second = await test.another();
    const ids = await park(30);
    const body = { why: WHY, perSecond: 1000 };
    const answers = await Promise.all(
      [test.api, second.api, test.api].map((api) => api.post('/admin/v1/dead-letters/redrive', body)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.reduce((sum, answer) => sum + answer.body.redriven, 0)).toBe(30);
    expect((await redrive({ ids })).body).toMatchObject({ redriven: 0, act: null });
    const redriven = (await test.api.get('/admin/v1/dead-letters?waiting=false&limit=100')).body.data;
    expect(redriven).toHaveLength(30);
    const { data: acts } = (await test.api.get('/admin/v1/acts')).body;
    const noted = acts.filter(({ note }: { note: string | null }) => note?.includes('dead letters'));
    for (const { redrivenBy } of redriven) expect(noted.map(({ id }: { id: string }) => id)).toContain(redrivenBy);
    expect(noted[0]).toMatchObject({ actor: 'none', why: WHY });
    await test.closeOthers();
  }, 60_000);

  it('that no listener could read stay where they are, with the reason', async () => {
    const [unknown] = await park(1, { name: 'route.sung' });
    const { body } = await redrive({});
    expect(body).toMatchObject({
      redriven: 0,
      skipped: [{ id: unknown, reason: expect.stringContaining('route.sung') }],
    });
  });

  it('go no faster than asked, and no call takes longer than ten seconds', async () => {
    await park(12);
    const startedAt = Date.now();
    expect((await redrive({ perSecond: 5, limit: 12 })).body.redriven).toBe(12);
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(1900);
    expect((await redrive({ perSecond: 5, limit: 51 })).status).toBe(400);
  });

  it('are handled when they come back: the answer that could not be stored is stored', async () => {
    await test.simulator.control.setFault('*', { mode: 'slow', ms: 3000 });
    const { body: route } = await test.api.post('/v1/routes', { ...CART, deadlineMs: 20_000 });
    const answer = {
      providerId: 'MEALME',
      latencyMs: 5,
      calls: 1,
      result: {
        ok: false,
        failure: {
          reason: 'timeout',
          detail: 'late',
          retryAfterMs: null,
        },
      },
    };
    const data = JSON.stringify({ routeId: route.id, answer });
    await park(1, { name: 'quote.received', subject: route.id, data });
    expect((await redrive({})).body.redriven).toBe(1);
    const stored = () => rowsOf(test.stores.adminUrl, 'SELECT 1 FROM quotes WHERE route_id = $1', [route.id]);
    for (let wait = 0; wait < 50 && (await stored()).length === 0; wait++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const [quote] = (await test.api.get(`/v1/routes/${route.id}`)).body.quotes;
    expect(quote).toMatchObject({ providerId: 'MEALME', detail: 'late' });
    await test.api.post(`/v1/routes/${route.id}/cancel`);
    await test.simulator.control.reset();
  }, 60_000);
});
