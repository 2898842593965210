import { randomOf } from '../src/common/random.js';
import type { SimulatedProduct, SimulatedWorld } from '../src/modules/providers/simulation.js';
import { Catalogue } from './catalogue.js';
import { digestOf, seedOf } from './seeded.js';

const DRIFT_EVERY_MS = 24 * 3_600_000;
/** A price moves at most this share from the catalogue's. */
const DRIFT_MAX = 0.08;
/** How many products move on any one day. */
const DRIFT_SHARE = 0.25;

/**
 * The world that the simulated providers share: the catalogue's goods, a clock and quotas. On the first day prices are the catalogue's;
 * on each later day of the clock a quarter of them has moved, the same ones for the same seed.
 */
export class Goods implements SimulatedWorld {
  private readonly catalogue = Catalogue.load();
  private readonly frozenAtMs: number | null;
  private readonly startedMs: number;
  private readonly quotas = new Map<string, { since: number; used: number }>();
  private movedMs = 0;
  private fresh = 0;
  limited: boolean;

  constructor(
    private readonly seed: number,
    options: { limits: boolean; frozenAtMs: number | null },
  ) {
    this.limited = options.limits;
    this.frozenAtMs = options.frozenAtMs;
    this.startedMs = this.nowMs();
  }

  /** Moves the clock on. */
  advance(ms: number): void {
    this.movedMs += ms;
  }

  nowMs(): number {
    return (this.frozenAtMs ?? Date.now()) + this.movedMs;
  }

  wallMs(): number {
    return Date.now();
  }

  search(store: string, term: string, limit: number): SimulatedProduct[] {
    return this.catalogue.search(store, term, limit).map((product) => this.today(store, product));
  }

  find(store: string, productId: string): SimulatedProduct | undefined {
    const product = this.catalogue.find(store, productId);
    return product && this.today(store, product);
  }

  findGtin(store: string, gtin: string): SimulatedProduct | undefined {
    const product = this.catalogue.findGtin(store, gtin);
    return product && this.today(store, product);
  }

  freshId(): string {
    return digestOf(this.seed, 'id', this.fresh++).slice(0, 32);
  }

  allows(bucket: string, limit: number, windowMs: number): boolean {
    if (!this.limited) return true;
    const now = this.nowMs();
    const quota = this.quotas.get(bucket);
    if (!quota || now - quota.since >= windowMs) {
      this.quotas.set(bucket, { since: now, used: 1 });
      return true;
    }
    quota.used++;
    return quota.used <= limit;
  }

  private today(store: string, product: SimulatedProduct): SimulatedProduct {
    const day = Math.floor((this.nowMs() - this.startedMs) / DRIFT_EVERY_MS);
    if (day === 0) return product;
    const random = randomOf(seedOf(this.seed, 'drift', store, product.id, day));
    if (random() >= DRIFT_SHARE) return product;
    const factor = 1 + DRIFT_MAX * (2 * random() - 1);
    const moved = (cents: number) => Math.max(1, Math.round(cents * factor));
    return {
      ...product,
      priceCents: moved(product.priceCents),
      salePriceCents: product.salePriceCents === null ? null : moved(product.salePriceCents),
    };
  }
}
