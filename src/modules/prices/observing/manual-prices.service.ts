import { Injectable } from '@nestjs/common';
import { fingerprintOf } from '../../../common/canonical-json.js';
import { Database } from '../../../platform/database/database.js';
import { wordsOf } from '../../../vocabulary/words.js';
import type { Told } from '../deciding/observation.js';
import { measured, packOf } from '../deciding/packs.js';
import { nameKey } from '../deciding/product-keys.js';
import type { CreatedPrices, CreatePrices, NewPrice } from '../prices.dto.js';
import { ObservationsRepository } from './observations.repository.js';
import { ObservingService } from './observing.service.js';

type Answer = CreatedPrices['data'][number];

/** Prices that callers saw themselves. The same line twice is one; a line that cannot be taken fails alone. */
@Injectable()
export class ManualPricesService {
  constructor(
    private readonly observing: ObservingService,
    private readonly observations: ObservationsRepository,
    private readonly database: Database,
  ) {}

  async create(tenantId: string, { prices }: CreatePrices): Promise<CreatedPrices> {
    const created = await this.database.system(async (tx) => {
      const asked = prices.map((price) => price.product ?? (price.name === undefined ? null : nameKey(price.name)));
      const known = await this.observations.known(
        tx,
        tenantId,
        asked.filter((key) => key !== null),
      );
      const told = prices.map((price, at) => this.toldOf(price, asked[at]!, known));
      const good = told.filter((one): one is Told => typeof one !== 'string');
      const named = prices.flatMap(({ name }, at) =>
        name !== undefined && typeof told[at] !== 'string' && !known.has(asked[at]!)
          ? [{ tenantId, key: asked[at]!, name, words: wordsOf(name), sameAs: null }]
          : [],
      );
      if (named.length > 0) await this.observations.putProducts(tx, named);
      const stored = await this.observing.keep(tx, tenantId, good);
      const byRef = new Map(stored.map((one) => [one.sourceRef, one]));
      return { data: told.map((one, at) => answerOf(one, known.get(asked[at]!) ?? asked[at]!, byRef)) };
    });
    this.observing.wake();
    return created;
  }

  private toldOf(price: NewPrice, key: string | null, known: ReadonlyMap<string, string>): Told | string {
    const { store, cents, currency, amount, unit, regularCents = null, kind, observedOn, name } = price;
    if (key === null) return 'name the product, or its name';
    if (key.startsWith('prd_') && !known.has(key)) return 'there is no such product';
    if (!this.observing.isKept(observedOn)) return 'a day to come, or one of which no prices are kept any more';
    const pack = unit === undefined ? packOf(null, name ?? null) : measured(amount ?? 1, unit);
    if (!pack) return 'the unit is no measure; give g, ml, each or another unit of mass, volume or count';
    if (unit === undefined && amount !== undefined) return 'an amount needs its unit';
    return {
      ...pack,
      productKey: key,
      storeKey: store,
      kind,
      observedOn,
      at: `${observedOn}T12:00:00Z`,
      cents,
      currency,
      regularCents,
      source: kind === 'clearance' ? 'clearance' : 'manual',
      sourceRef: fingerprintOf([key, store, kind, observedOn, cents, currency, pack]).slice(0, 20),
    };
  }
}

function answerOf(told: Told | string, key: string | null, stored: ReadonlyMap<string, { id: string }>): Answer {
  if (typeof told === 'string') return { status: 'refused', id: null, productId: null, detail: told };
  const found = stored.get(told.sourceRef);
  return { status: found ? 'stored' : 'same', id: found?.id ?? null, productId: key, detail: null };
}
