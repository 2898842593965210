import { Batcher } from '../../common/pacing/batcher.js';
import type { Clock } from '../../clock/clock.js';
import type { Repeating } from '../../common/pacing/repeating.js';
import type { Database } from '../database/database.js';
import { isStoreAway } from '../database/store-errors.js';
import { Cache, CACHE_TIMEOUT_MS } from './cache.js';
import { NearCache } from './near.cache.js';

const MAX_ITEMS = 200;

interface Entry {
  key: string;
  value: unknown;
  ttlMs: number;
}

/** Shared through PostgreSQL where there is no Redis, with a few seconds of memory in front. Looks and writes of one moment share a statement. */
export class PostgresCache extends Cache {
  private readonly near = new NearCache();
  private readonly looks: Batcher<string, unknown>;
  private readonly writes: Batcher<Entry, void>;
  private readonly sweeping: Repeating;

  constructor(
    private readonly database: Database,
    clock: Clock,
  ) {
    super();
    this.looks = new Batcher((keys) => this.select(keys), { maxItems: MAX_ITEMS, maxInFlight: 2 });
    this.writes = new Batcher((entries) => this.upsert(entries), { maxItems: MAX_ITEMS });
    this.sweeping = clock.loop('cache.sweep', () => this.sweep());
    this.sweeping.start();
  }

  async get<T>(key: string): Promise<T | undefined> {
    return this.near.through<T>(key, () => orMiss(this.looks.add(key)) as Promise<T | undefined>);
  }

  async set(key: string, value: unknown, ttlMs: number): Promise<void> {
    await this.near.keep(key, value, ttlMs);
    await orMiss(this.writes.add({ key, value, ttlMs }));
  }

  async delete(key: string): Promise<void> {
    await this.near.delete(key);
    await orMiss(this.database.query('DELETE FROM cache_entries WHERE key = $1', [key]));
  }

  async add(counts: ReadonlyMap<string, number>, ttlMs: number): Promise<number[] | null> {
    const rows = await orMiss(
      this.database.query<{ key: string; value: number }>(
        `INSERT INTO cache_entries AS counter (key, value, expires_at)
         SELECT key, value, clock_timestamp() + $2 * interval '1 millisecond'
         FROM json_each($1) ORDER BY key
         ON CONFLICT (key) DO UPDATE SET value = to_json((counter.value #>> '{}')::bigint + (excluded.value #>> '{}')::bigint),
           expires_at = excluded.expires_at
         RETURNING key, value`,
        [JSON.stringify(Object.fromEntries(counts)), ttlMs],
      ),
    );
    if (!rows) return null;
    const totals = new Map(rows.map(({ key, value }) => [key, Number(value)]));
    return [...counts.keys()].map((key) => totals.get(key)!);
  }

  override async close(): Promise<void> {
    await this.sweeping.stop();
  }

  private async select(keys: string[]): Promise<unknown[]> {
    const rows = await this.database.query<{ key: string; value: unknown }>(
      'SELECT key, value FROM cache_entries WHERE key = ANY($1) AND expires_at > clock_timestamp()',
      [keys],
    );
    const values = new Map(rows.map(({ key, value }) => [key, value]));
    return keys.map((key) => values.get(key));
  }

  /** What is known not to be there is kept too: PostgreSQL reads null in a record as no value. */
  private async upsert(entries: Entry[]): Promise<void[]> {
    const latest = [...new Map(entries.map((entry) => [entry.key, entry])).values()];
    await this.database.query(
      `INSERT INTO cache_entries (key, value, expires_at)
       SELECT key, coalesce(value, 'null'), clock_timestamp() + "ttlMs" * interval '1 millisecond'
       FROM json_to_recordset($1) AS e(key text, value json, "ttlMs" float8)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at`,
      [JSON.stringify(latest)],
    );
    return entries.map(() => undefined);
  }

  private async sweep(): Promise<void> {
    await this.database.query('DELETE FROM cache_entries WHERE expires_at < clock_timestamp()');
  }
}

/** A cache that cannot be reached in time has nothing: the value is loaded again. */
async function orMiss<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), CACHE_TIMEOUT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    if (isStoreAway(error)) return undefined;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
