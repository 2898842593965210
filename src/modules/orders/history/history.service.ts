import { Injectable } from '@nestjs/common';
import { AppError } from '../../../common/errors.js';
import { fingerprintOf } from '../../../common/fingerprint.js';
import { grouped } from '../../../common/grouped.js';
import { newId } from '../../../common/ids.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { merge, type Merged, type Source } from '../merging/merge.js';
import { rankOf } from '../reading/formats/format-ids.js';
import type { SourcedOrder } from '../reading/read.js';
import type { ReadOrder } from '../reading/reading.js';
import {
  HistoryRepository,
  type NewLine,
  type NewOrder,
  type OrderKey,
  type StoredSource,
} from './history.repository.js';
import { Products, keysOf, trigramsOf } from './known-products.js';

const BATCH = 200;
const LOOK_AGAIN_MS = 200;
/** A caller waits so long for another change of the same history; a job goes on waiting until it is stopped. */
const PATIENCE_MS = 3000;

export interface Counts {
  new: number;
  changed: number;
  same: number;
  lines: number;
  evidence: number;
}

/**
 * A tenant's orders: each made of all accounts of it, again whenever one comes or goes, so that it never matters in which order files
 * were imported. Changes of one history come one after another.
 */
@Injectable()
export class HistoryService {
  constructor(
    private readonly repository: HistoryRepository,
    private readonly database: Database,
  ) {}

  /** One transaction with the history to itself. Throws `history_busy` when another change does not end, and what `work` throws. */
  async change(
    tenantId: string,
    work: (tx: Tx, history: History) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<void> {
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const isDone = await this.database.system(async (tx) => {
        if (!(await this.repository.lock(tx, tenantId))) return false;
        await work(tx, new History(this.repository, tx, tenantId, signal));
        return true;
      });
      if (isDone) return;
      signal?.throwIfAborted();
      if (!signal && Date.now() > until) throw new AppError('history_busy', tenantId, { retryAfterSeconds: 2 });
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }
}

/** The history as it changes within one transaction. */
export class History {
  constructor(
    private readonly repository: HistoryRepository,
    private readonly tx: Tx,
    private readonly tenantId: string,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** What is known of the days of orders that name no number. */
  days(orders: readonly ReadOrder[]) {
    const days = orders
      .filter(({ numberKey, orderedOn }) => numberKey === null && orderedOn !== null)
      .map(({ retailer, orderedOn }) => ({ retailer, orderedOn: orderedOn! }));
    return days.length === 0 ? [] : this.repository.days(this.tx, this.tenantId, days);
  }

  /** Adds the accounts of one import. */
  async add(importId: string, orders: readonly SourcedOrder[]): Promise<Counts> {
    const counts: Counts = { new: 0, changed: 0, same: 0, lines: 0, evidence: 0 };
    const bySlot = grouped(orders, (order) => slotOf({ retailer: order.retailer, numberKey: order.numberKey! }));
    const slots = [...bySlot.values()];
    for (let at = 0; at < slots.length; at += BATCH) {
      this.signal?.throwIfAborted();
      const sources = slots
        .slice(at, at + BATCH)
        .flat()
        .map(sourceOf);
      const unique = [...new Map(sources.map((s) => [`${slotOf(s)} ${s.format} ${s.hash}`, s])).values()];
      await this.repository.addSources(this.tx, this.tenantId, importId, unique);
      await this.remake(keysIn(unique), counts);
    }
    return counts;
  }

  /** Takes out what only this import brought. */
  async remove(importId: string): Promise<void> {
    const keys = await this.repository.removeSources(this.tx, this.tenantId, importId);
    const counts: Counts = { new: 0, changed: 0, same: 0, lines: 0, evidence: 0 };
    for (let at = 0; at < keys.length; at += BATCH) await this.remake(keys.slice(at, at + BATCH), counts);
    await this.repository.forgetProducts(this.tx, this.tenantId);
  }

  /** Makes these orders of their accounts as they are now. */
  private async remake(keys: readonly OrderKey[], counts: Counts): Promise<void> {
    const accounts = grouped(await this.repository.sources(this.tx, this.tenantId, keys), slotOf);
    const stored = new Map(
      (await this.repository.orders(this.tx, this.tenantId, keys)).map((row) => [slotOf(row), row]),
    );
    const changed: { id: string; key: OrderKey; merged: Merged; hash: string }[] = [];
    const gone: string[] = [];
    for (const key of keys) {
      const known = stored.get(slotOf(key));
      const merged = merge((accounts.get(slotOf(key)) ?? []).map(rankedOf));
      if (!merged) {
        counts.evidence++;
        if (known) gone.push(known.id);
        continue;
      }
      const hash = fingerprintOf(merged);
      if (known?.hash === hash) {
        counts.same++;
        continue;
      }
      counts[known ? 'changed' : 'new']++;
      counts.lines += merged.lines.length;
      changed.push({ id: known?.id ?? newId('ord'), key, merged, hash });
    }
    if (gone.length > 0) await this.repository.removeOrders(this.tx, this.tenantId, gone);
    if (changed.length === 0) return;
    await this.repository.putOrders(this.tx, this.tenantId, changed.map(rowOf));
    const lines = await this.linesOf(changed);
    await this.repository.putLines(
      this.tx,
      this.tenantId,
      changed.map(({ id }) => id),
      lines,
    );
  }

  private async linesOf(orders: readonly { id: string; key: OrderKey; merged: Merged }[]): Promise<NewLine[]> {
    const lines: NewLine[] = [];
    for (const [retailer, own] of grouped(orders, ({ key }) => key.retailer)) {
      const keys = [...new Set(own.flatMap(({ merged }) => merged.lines.flatMap(keysOf)))];
      const known = await this.repository.products(this.tx, this.tenantId, retailer, keys);
      const products = new Products(known, () => newId('prd'));
      const named = own.flatMap(({ id, merged }) =>
        merged.lines.map((line, at) => ({ id, position: at + 1, line, product: products.of(line) })),
      );
      await this.putProducts(retailer, products);
      for (const { id, position, line, product } of named) {
        const productId = product && products.finalId(product.id);
        const { state, lineCents } = line;
        lines.push({ orderId: id, position, productId, state, lineCents, facts: line });
      }
    }
    return lines;
  }

  private async putProducts(retailer: string, products: Products): Promise<void> {
    const { tx, tenantId } = this;
    const written = [...new Set([...products.made, ...products.renamed])].filter(({ id }) => !products.joined.has(id));
    const rows = written.map(({ id, name, isNamed, size, gtin }) => {
      return { id, name, isNamed, size, gtin, trigrams: trigramsOf(name) };
    });
    if (rows.length > 0) await this.repository.putProducts(tx, tenantId, retailer, rows);
    const pairs = [...products.joined.keys()].map((from) => ({ from, to: products.finalId(from) }));
    if (pairs.length > 0) await this.repository.joinProducts(tx, tenantId, pairs);
    const keys = products.keyed.map(({ key, productId }) => ({ key, productId: products.finalId(productId) }));
    if (keys.length > 0) await this.repository.putKeys(tx, tenantId, retailer, keys);
  }
}

const slotOf = ({ retailer, numberKey }: OrderKey): string => `${retailer} ${numberKey}`;

const keysIn = (sources: readonly StoredSource[]): OrderKey[] => [
  ...new Map(
    sources.map(({ retailer, numberKey }) => [slotOf({ retailer, numberKey }), { retailer, numberKey }]),
  ).values(),
];

function sourceOf({ format, ...account }: SourcedOrder): StoredSource {
  const { retailer, numberKey } = account;
  return { retailer, numberKey: numberKey!, format, hash: fingerprintOf(account), account };
}

const rankedOf = ({ format, hash, account }: StoredSource): Source => ({
  format,
  hash,
  rank: rankOf(format),
  order: account,
});

function rowOf({ id, key, merged, hash }: { id: string; key: OrderKey; merged: Merged; hash: string }): NewOrder {
  const { lines: _, ...facts } = merged;
  const { orderedOn, storeNumber, totalCents, reconciled } = merged;
  // What a retailer's files do not say of their currency is that of its home.
  const currency = merged.currency ?? 'USD';
  return { id, ...key, orderedOn, storeNumber, currency, totalCents, reconciled, facts: { ...facts, currency }, hash };
}
