import { grouped } from '../../../common/grouped.js';
import type { Tx } from '../../../platform/database/database.js';
import { dayInKey, isCandidateKey, settle, type Placed } from '../merging/candidates.js';
import { merge } from '../merging/merge.js';
import type { Source } from '../merging/source.js';
import { rankOf } from '../reading/formats/format-ids.js';
import type { HistoryRepository, OrderKey, StoredSource } from './history.repository.js';
import { keysOf } from './known-products.js';

/** An order with all accounts of it, those without a number among them. */
export interface Told {
  key: OrderKey;
  sources: Source[];
  /** Of a candidate: whether it is of another order, or of several together and tells nothing new. */
  taken: 'by one' | 'by several' | null;
  /** Whether what came or went just now is of it, and not of its neighbours alone. */
  isAsked: boolean;
}

/** A candidate says less than an account of its format that knows which order it is of. */
const CANDIDATE_RANK = 0.5;

/** What is told of orders within one transaction. Which order a candidate is of is found anew whenever something of its day changes. */
export class Accounts {
  private candidates: Map<string, OrderKey> | null = null;

  constructor(
    private readonly repository: HistoryRepository,
    private readonly tx: Tx,
    private readonly tenantId: string,
  ) {}

  /** Of these orders, and of all whose candidates may belong elsewhere now. `gone` are accounts that were taken away. */
  async of(keys: readonly OrderKey[], gone: readonly StoredSource[] = []): Promise<Told[]> {
    const sources = new Map<string, StoredSource[]>();
    await this.load(sources, keys);
    const asked = new Set(keys.map(slotOf));
    const plain = () => keys.map((key) => told(key, sources, { taken: null, isAsked: true }));
    const candidates = await this.candidatesWith(keys);
    const lost = gone.filter(({ numberKey }) => isCandidateKey(numberKey));
    if (candidates.size === 0 && lost.length === 0) return plain();
    const days = new Set([...(await this.daysOf(keys, sources)), ...lost.map(dayOf)]);
    const touched = [...candidates.values()].filter(
      (key) => asked.has(slotOf(key)) || dayInKey(key.numberKey) === null || days.has(dayOf(key)),
    );
    if (touched.length === 0 && lost.length === 0) return plain();
    await this.load(sources, touched);
    const own = touched.flatMap((key) => sources.get(slotOf(key)) ?? []);
    const near = await this.neighbours([...own, ...lost]);
    await this.load(sources, near);
    const all = new Map([...keys, ...touched, ...near].map((key) => [slotOf(key), key]));
    const [unnumbered, numbered] = [true, false].map((is) =>
      [...all.values()]
        .filter(({ numberKey }) => isCandidateKey(numberKey) === is)
        .flatMap((key) => placed(key, sources)),
    );
    const settled = settle(unnumbered!, numbered!);
    for (const [slot, to] of settled) {
      if (to === null) continue;
      sources.set(to, [...(sources.get(to) ?? []), ...(sources.get(slot) ?? [])]);
      if (asked.has(slot)) asked.add(to);
    }
    return [...all.values()].map((key) => {
      const slot = slotOf(key);
      const to = settled.get(slot);
      const taken = to === undefined ? null : to === null ? 'by several' : 'by one';
      return told(key, sources, { taken, isAsked: asked.has(slot) });
    });
  }

  private async load(sources: Map<string, StoredSource[]>, keys: readonly OrderKey[]): Promise<void> {
    const missing = keys.filter((key) => !sources.has(slotOf(key)));
    if (missing.length === 0) return;
    for (const key of missing) sources.set(slotOf(key), []);
    const rows = await this.repository.sources(this.tx, this.tenantId, missing);
    for (const row of rows) sources.get(slotOf(row))?.push(row);
  }

  /** The tenant's candidates, read once, and those among `keys`. */
  private async candidatesWith(keys: readonly OrderKey[]): Promise<Map<string, OrderKey>> {
    this.candidates ??= new Map(
      (await this.repository.candidates(this.tx, this.tenantId)).map((key) => [slotOf(key), key]),
    );
    for (const { retailer, numberKey } of keys) {
      if (isCandidateKey(numberKey)) this.candidates.set(slotOf({ retailer, numberKey }), { retailer, numberKey });
    }
    return this.candidates;
  }

  /** Days on which these orders are, and on which they were until now. */
  private async daysOf(keys: readonly OrderKey[], sources: Map<string, StoredSource[]>): Promise<string[]> {
    const stored = await this.repository.orders(this.tx, this.tenantId, keys);
    const before = stored.map(({ retailer, orderedOn }) => `${retailer} ${orderedOn}`);
    const now = keys.flatMap((key) =>
      isCandidateKey(key.numberKey)
        ? dayOf(key)
        : (sources.get(slotOf(key)) ?? []).map(({ account }) => `${key.retailer} ${account.orderedOn}`),
    );
    return [...before, ...now];
  }

  /** Orders that candidates may be of: those of their day, or, without one, those with the most of their products. */
  private async neighbours(accounts: readonly StoredSource[]): Promise<OrderKey[]> {
    const days = accounts.flatMap(({ retailer, numberKey }) => {
      const orderedOn = dayInKey(numberKey);
      return orderedOn === null ? [] : [{ retailer, orderedOn }];
    });
    const near = days.length === 0 ? [] : await this.repository.ordersOn(this.tx, this.tenantId, days);
    const dayless = accounts.filter(({ numberKey }) => dayInKey(numberKey) === null);
    for (const [retailer, own] of grouped(dayless, (account) => account.retailer)) {
      for (const { account } of own) {
        const products = [...new Set(account.lines.flatMap(keysOf))];
        if (products.length === 0) continue;
        near.push(...(await this.repository.ordersWith(this.tx, this.tenantId, retailer, products)));
      }
    }
    return near.filter(({ numberKey }) => !isCandidateKey(numberKey));
  }
}

export const slotOf = ({ retailer, numberKey }: OrderKey): string => `${retailer} ${numberKey}`;

const dayOf = ({ retailer, numberKey }: OrderKey): string => `${retailer} ${dayInKey(numberKey)}`;

function told(
  key: OrderKey,
  sources: ReadonlyMap<string, readonly StoredSource[]>,
  how: Pick<Told, 'taken' | 'isAsked'>,
): Told {
  return { key, sources: (sources.get(slotOf(key)) ?? []).map(rankedOf), ...how };
}

/** As it is without any candidate; a candidate as if it were an order. */
function placed(key: OrderKey, sources: ReadonlyMap<string, readonly StoredSource[]>): Placed[] {
  const all = (sources.get(slotOf(key)) ?? []).map(rankedOf);
  const own = isCandidateKey(key.numberKey)
    ? all.map((source) => ({ ...source, order: { ...source.order, isEvidence: false } }))
    : all;
  const merged = merge(own);
  return merged ? [{ slot: slotOf(key), retailer: key.retailer, merged }] : [];
}

function rankedOf({ format, hash, account: { file, ...order }, numberKey }: StoredSource): Source {
  const rank = rankOf(format) - (isCandidateKey(numberKey) ? CANDIDATE_RANK : 0);
  return { format, hash, rank, order, ...(file !== undefined && { file }) };
}
