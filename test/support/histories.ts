import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fingerprintOf } from '../../src/common/canonical-json.js';
import { newId } from '../../src/common/ids.js';
import { HistoryRepository } from '../../src/modules/orders/history/history.repository.js';
import { HistoryService } from '../../src/modules/orders/history/history.service.js';
import { JoinsRepository } from '../../src/modules/orders/history/products/joins.repository.js';
import { JoinsService } from '../../src/modules/orders/history/products/joins.service.js';
import type { Counts } from '../../src/modules/orders/history/tally.js';
import { batchesOf, numbered } from '../../src/modules/orders/imports/numbered.js';
import type { Read } from '../../src/modules/orders/reading/read.js';
import type { SourceFile } from '../../src/modules/orders/reading/reading.js';
import type { Database } from '../../src/platform/database/database.js';
import { pricesOn } from './prices.js';
import { ReadingThread } from './reading-thread.js';

/** The sample household, where it lies beside the project. */
export const HOUSEHOLD = join(process.cwd(), 'test', 'fixtures', 'orders', 'household');
export const isHouseholdThere = existsSync(HOUSEHOLD);

/** A file of the household, or all of a folder, in the order of their names. */
export function filesAt(path: string): SourceFile[] {
  const whole = join(HOUSEHOLD, path);
  const names = statSync(whole).isDirectory()
    ? readdirSync(whole)
        .toSorted()
        .map((name) => join(whole, name))
    : [whole];
  return names.map((name) => ({ name: basename(name), bytes: readFileSync(name) }));
}

export interface Sent {
  importId: string;
  counts: Counts;
}
export interface OrderRow {
  number: string;
  facts: Record<string, unknown>;
  lines: Record<string, unknown>[];
}

/** Histories of tenants of their own, changed as imports change them, without their queue. */
export class Histories {
  readonly service: HistoryService;
  private tenants = 0;
  private readonly thread = ReadingThread.start();
  private readonly readings = new Map<string, Read>();

  constructor(private readonly database: Database) {
    this.service = new HistoryService(
      new HistoryRepository(),
      pricesOn(database),
      new JoinsService(new JoinsRepository()),
      database,
    );
  }

  async tenant(): Promise<string> {
    const id = `ten_h${++this.tenants}`;
    await this.database.query('INSERT INTO tenants (id, name) VALUES ($1, $1)', [id]);
    return id;
  }

  /** One import of these files; throws what they are refused with. */
  async send(tenantId: string, files: readonly SourceFile[], withoutNumbers: 'ask' | 'accept' = 'ask'): Promise<Sent> {
    const found = await this.read(files);
    const importId = newId('imp');
    let counts: Counts;
    await this.service.change(tenantId, async (_tx, history) => {
      counts = await history.add(importId, batchesOf(numbered(found.orders, withoutNumbers)));
    });
    return { importId, counts: counts! };
  }

  /** Each file is read once, however often it is sent. */
  private async read(files: readonly SourceFile[]): Promise<Read> {
    const print = fingerprintOf(files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('base64')]));
    const known = this.readings.get(print);
    if (known) return known;
    const found = await this.thread.read(files);
    if ('refused' in found) throw new Error(`${files[0]?.name}: ${found.refused}`);
    this.readings.set(print, found);
    return found;
  }

  close(): Promise<void> {
    return this.thread.close();
  }

  undo(tenantId: string, importId: string): Promise<void> {
    return this.service.change(tenantId, (_tx, history) => history.remove(importId));
  }

  orders(tenantId: string): Promise<OrderRow[]> {
    return this.database.query<OrderRow>(
      `SELECT o.number_key AS number, o.facts,
         (SELECT COALESCE(jsonb_agg(l.facts ORDER BY l.position), '[]') FROM order_lines l WHERE l.order_id = o.id) AS lines
       FROM orders o WHERE o.tenant_id = $1 ORDER BY o.number_key`,
      [tenantId],
    );
  }

  async figures(tenantId: string): Promise<Record<'orders' | 'lines' | 'products' | 'stores', number>> {
    const [row] = await this.database.query<Record<'orders' | 'lines' | 'products' | 'stores', number>>(
      `SELECT (SELECT count(*)::int FROM orders WHERE tenant_id = $1) AS orders,
         (SELECT count(*)::int FROM order_lines WHERE tenant_id = $1) AS lines,
         (SELECT count(*)::int FROM products WHERE tenant_id = $1) AS products,
         (SELECT count(DISTINCT store_number)::int FROM orders WHERE tenant_id = $1) AS stores`,
      [tenantId],
    );
    return row!;
  }

  /** Of all that is known but for ids: the same for two histories that say the same. */
  async print(tenantId: string): Promise<string> {
    return fingerprintOf(await this.orders(tenantId));
  }
}
