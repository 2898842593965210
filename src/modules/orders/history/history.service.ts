import { Injectable } from '@nestjs/common';
import { AppError } from '../../../common/errors.js';
import { fingerprintOf } from '../../../common/canonical-json.js';
import { grouped } from '../../../common/grouped.js';
import { newId } from '../../../common/ids.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { PricesService, type HistoryProduct } from '../../prices/prices.service.js';
import { isCandidateKey } from '../merging/candidates.js';
import { differingIn } from '../merging/differing.js';
import { merge, type Merged } from '../merging/merge.js';
import type { Decided } from '../reading/differing.js';
import type { SourcedOrder } from '../reading/read.js';
import { ANSWER } from '../reading/formats/format-ids.js';
import { orderOf, type Retailer } from '../reading/reading.js';
import { Accounts, slotOf, type Told } from './accounts.js';
import {
  HistoryRepository,
  type NewLine,
  type NewOrder,
  type OrderKey,
  type StoredSource,
} from './history.repository.js';
import { Products, keysOf, trigramsOf } from './known-products.js';
import { paidLinesOf } from './paid-lines.js';
import { Tally, type Counts } from './tally.js';
import { ProductsAlike } from './products/alike.js';

const BATCH = 100;
const LOOK_AGAIN_MS = 200;
/** A caller waits so long for another change of the same history; a job goes on waiting until it is stopped. */
const PATIENCE_MS = 3000;

/**
 * A tenant's orders: each made of all accounts of it, again whenever one comes or goes, so that it never matters in which order files
 * were imported. Changes of one history come one after another.
 */
@Injectable()
export class HistoryService {
  constructor(
    private readonly repository: HistoryRepository,
    private readonly prices: PricesService,
    private readonly alike: ProductsAlike,
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
        await work(tx, new History(this.repository, this.prices, this.alike, tx, tenantId, signal));
        await this.alike.settle(tx, tenantId, signal);
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
  private readonly accounts: Accounts;

  constructor(
    private readonly repository: HistoryRepository,
    private readonly prices: PricesService,
    private readonly alike: ProductsAlike,
    private readonly tx: Tx,
    private readonly tenantId: string,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.accounts = new Accounts(repository, tx, tenantId);
  }

  /** Adds the accounts of one import, in batches that have all accounts of an order together. */
  async add(importId: string, batches: Iterable<readonly SourcedOrder[]>): Promise<Counts> {
    const tally = new Tally();
    for (const batch of batches) {
      this.signal?.throwIfAborted();
      const sources = batch.map(sourceOf);
      const unique = [...new Map(sources.map((s) => [`${slotOf(s)} ${s.format} ${s.hash}`, s])).values()];
      await this.repository.addSources(this.tx, this.tenantId, importId, unique);
      await this.remake(keysIn(unique), tally);
    }
    const counts = tally.counts();
    // Of names that were cut off, or a till's, there may be products that turned out to be others.
    if (counts.changed > 0) await this.forgetProducts();
    return counts;
  }

  /** What the household says of orders, as an account that counts most, and goes with the import that asked. `at`: RFC 3339. */
  async decide(importId: string, decided: readonly Decided[], at: string): Promise<void> {
    const accounts = decided.map(({ retailer, number: numberKey, field, value }): SourcedOrder => {
      const known = { retailer, numberKey, linesAre: 'unknown' as const, isEvidence: true, asOf: at };
      return { ...orderOf(known), [field]: value, format: ANSWER };
    });
    await this.add(importId, [accounts]);
  }

  /** Takes out what only this import brought. */
  async remove(importId: string): Promise<void> {
    const gone = await this.repository.removeSources(this.tx, this.tenantId, importId);
    const bySlot = [...grouped(gone, slotOf).values()];
    for (let at = 0; at < bySlot.length; at += BATCH) {
      const some = bySlot.slice(at, at + BATCH).flat();
      await this.remake(keysIn(some), new Tally(), some);
    }
    await this.forgetProducts();
  }

  private async forgetProducts(): Promise<void> {
    const forgotten = await this.repository.forgetProducts(this.tx, this.tenantId);
    await this.prices.forget(this.tx, this.tenantId, forgotten);
  }

  /** Makes these orders, and those that candidates come to or go from, of their accounts as they are now. */
  private async remake(keys: readonly OrderKey[], tally: Tally, lost: readonly StoredSource[] = []): Promise<void> {
    const { repository, tx, tenantId } = this;
    const all = await this.accounts.of(keys, lost);
    const rows = await repository.orders(
      tx,
      tenantId,
      all.map(({ key }) => key),
    );
    const stored = new Map(rows.map((row) => [slotOf(row), row]));
    const changed: { id: string; key: OrderKey; merged: Merged; hash: string }[] = [];
    const gone: string[] = [];
    for (const told of all) {
      const slot = slotOf(told.key);
      const known = stored.get(slot);
      const merged = told.taken === null ? merge(told.sources) : null;
      if (!merged) {
        if (known) gone.push(known.id);
        tallyUnmade(told, slot, tally);
        continue;
      }
      const hash = fingerprintOf(merged);
      const result = known?.hash === hash ? 'same' : known ? 'changed' : 'new';
      if (told.isAsked || result !== 'same') tally.made(slot, result, merged.lines.length);
      if (told.isAsked) tally.differs(slot, differsOf(told));
      if (result !== 'same') changed.push({ id: known?.id ?? newId('ord'), key: told.key, merged, hash });
    }
    if (gone.length > 0) await repository.removeOrders(tx, tenantId, gone);
    if (changed.length === 0) return this.prices.paid(tx, tenantId, gone, []);
    await repository.putOrders(tx, tenantId, changed.map(rowOf));
    const lines = await this.linesOf(changed);
    await repository.putLines(
      tx,
      tenantId,
      changed.map(({ id }) => id),
      lines,
    );
    const touched = [...gone, ...changed.map(({ id }) => id)];
    await this.prices.paid(tx, tenantId, touched, paidLinesOf(changed.map(rowOf), lines));
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
      return { id, name, isNamed, size, gtin, trigrams: trigramsOf(name), ...this.alike.describe(name, isNamed) };
    });
    if (rows.length > 0) await this.repository.putProducts(tx, tenantId, retailer, rows);
    const pairs = [...products.joined.keys()].map((from) => ({ from, to: products.finalId(from) }));
    if (pairs.length > 0) await this.repository.joinProducts(tx, tenantId, pairs);
    await this.prices.join(tx, tenantId, pairs);
    const keys = products.keyed.map(({ key, productId }) => ({ key, productId: products.finalId(productId) }));
    if (keys.length > 0) await this.repository.putKeys(tx, tenantId, retailer, keys);
    await this.prices.name(tx, tenantId, namedOf(retailer, products));
  }
}

function tallyUnmade({ key, sources, taken, isAsked }: Told, slot: string, tally: Tally): void {
  const [first] = sources;
  if (taken === 'by one' || !isAsked || !first) tally.dropped(slot);
  else if (taken === 'by several') tally.known(slot);
  else {
    const { orderedOn, lines } = first.order;
    tally.waiting(slot, isCandidateKey(key.numberKey) ? { orderedOn, lines: lines.length } : null);
  }
}

function differsOf({ key, sources }: Told): Pick<Counts, 'differing' | 'answered'> {
  const retailer = key.retailer as Retailer;
  const { numberKey } = key;
  const { open, answered } = differingIn(sources);
  // Who cannot name an order cannot be asked which account of it holds.
  const isNamed = !isCandidateKey(numberKey);
  return {
    differing: isNamed ? open.map((one) => ({ retailer, numberKey, ...one })) : [],
    answered: answered.map((field) => ({ retailer, numberKey, field })),
  };
}

const keysIn = (sources: readonly StoredSource[]): OrderKey[] => [
  ...new Map(
    sources.map(({ retailer, numberKey }) => [slotOf({ retailer, numberKey }), { retailer, numberKey }]),
  ).values(),
];

/** The same account under another name of its file is the same. */
function sourceOf({ format, file, ...account }: SourcedOrder): StoredSource {
  const { retailer, numberKey } = account;
  const named = file === undefined ? account : { ...account, file };
  return { retailer, numberKey: numberKey!, format, hash: fingerprintOf(account), account: named };
}

function rowOf({ id, key, merged, hash }: { id: string; key: OrderKey; merged: Merged; hash: string }): NewOrder {
  const { lines: _, ...facts } = merged;
  const { orderedOn, storeNumber, totalCents, reconciled } = merged;
  // What a retailer's files do not say of their currency is that of its home.
  const currency = merged.currency ?? 'USD';
  return { id, ...key, orderedOn, storeNumber, currency, totalCents, reconciled, facts: { ...facts, currency }, hash };
}

/** Products that are new, or known by more than before. */
function namedOf(retailer: string, products: Products): HistoryProduct[] {
  const changed = new Set([...products.made, ...products.renamed].map(({ id }) => products.finalId(id)));
  for (const { productId } of products.keyed) changed.add(products.finalId(productId));
  return products.all
    .filter(({ id }) => changed.has(id))
    .map(({ id, name, keys }) => ({ id, retailer, name, keys: [...keys] }));
}
