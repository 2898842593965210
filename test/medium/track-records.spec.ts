import type { Database } from '../../src/platform/database/database.js';
import { TrackRecordsRepository } from '../../src/modules/routing/track-records.repository.js';
import { line, quote } from '../support/decisions.js';
import { createStores, migrated, type Stores } from '../support/stores.js';

const MILK = { id: 'a', name: 'milk', quantity: 1, unit: null };

describe('track records', () => {
  let stores: Stores;
  let database: Database;

  beforeAll(async () => {
    stores = await createStores();
    database = await migrated(stores);
    await database.query(
      `INSERT INTO routes (id, tenant_id, request, policy, metadata, traceparent, deadline_at)
       VALUES ('req_1', 'ten_a', $1, '{}', '{}', '', clock_timestamp() + interval '1 minute')`,
      [JSON.stringify({ items: [MILK] })],
    );
    const offer = quote({
      deliveryCents: null,
      lines: [{ ...line('matched', 'a'), lineTotalCents: 349 }, line('missing', 'b')],
    });
    const store = (provider: string, result: unknown, ago: string) =>
      database.query(
        `INSERT INTO quotes (route_id, tenant_id, provider_id, result, latency_ms, calls, late, received_at)
         VALUES ('req_1', 'ten_a', $1, $2, 10, 1, false, clock_timestamp() - $3::interval)`,
        [provider, JSON.stringify(result), ago],
      );
    await store('MEALME', { ok: true, offer }, '2 seconds');
    await store(
      'KROGER_API',
      { ok: false, failure: { reason: 'timeout', detail: '', retryAfterMs: null } },
      '1 second',
    );
    await store('WALMART_API', { ok: true, offer }, '2 days');
  });
  afterAll(async () => {
    await database.close();
    await stores.drop();
  });

  it('learn from the quotes of the last day what each served line cost and what was told', async () => {
    const found = await new TrackRecordsRepository(database).quotesSince(null, 100);
    expect(found).toEqual([
      {
        at: expect.any(String),
        providerId: 'MEALME',
        items: [MILK],
        lines: [{ lineId: 'a', cents: 349 }],
        deliveryCents: null,
        feesCents: 0,
        taxCents: 0,
        minutes: 60,
      },
    ]);
    expect(await new TrackRecordsRepository(database).quotesSince(found[0]!.at, 100)).toEqual([]);
  });
});
