import { Injectable } from '@nestjs/common';
import { AppError } from '../../../common/errors.js';
import { idPattern, newId } from '../../../common/ids.js';
import { takeKey } from '../../../operations/keys.js';
import { Database } from '../../../platform/database/database.js';
import { placeOfPostalCode } from '../../../vocabulary/places.js';
import { wordsOf } from '../../../vocabulary/words.js';
import type { Below } from '../deciding/crossing.js';
import { measured } from '../deciding/packs.js';
import { ObservationsRepository } from '../observing/observations.repository.js';
import type { CreatePriceWatch, ListPriceWatches, PriceWatch, PriceWatchList } from './watches.dto.js';
import { WatchesRepository, type WatchAsked, type WatchRow } from './watches.repository.js';
import { WatchingService } from './watching.service.js';

/** A tenant's watches at most. */
const MOST = 500;

/** Who wants to be told of which price. Telling is WatchingService's. */
@Injectable()
export class WatchesService {
  constructor(
    private readonly watches: WatchesRepository,
    private readonly watching: WatchingService,
    private readonly observations: ObservationsRepository,
    private readonly database: Database,
  ) {}

  /**
   * What was made, now or by the same request before. Throws `product_not_found`, `price_check_unusable`, `price_watches_full`,
   * `idempotency_reused` and `idempotency_in_flight`.
   */
  async create(
    tenantId: string,
    body: CreatePriceWatch,
    key?: string,
  ): Promise<{ resource: PriceWatch; replayed: boolean }> {
    const { product, food, words, stores, near, below, quietHours, reference, ...rest } = body;
    const asked: WatchAsked = {
      product: product ?? null,
      food: food ?? null,
      words: words ?? null,
      stores: stores ?? null,
      near: near ? placeAsked(near) : null,
      below,
      bound: boundAsked(below),
      quietHours: quietHours ?? null,
      reference: reference ?? null,
      ...rest,
    };
    const wanted = product === undefined ? wordsOf(food ?? words!) : null;
    if (wanted?.length === 0) throw unusable('/words', 'none of these is a word');
    const id = newId('wat');
    const before = await this.database.system(async (tx) => {
      const made = await takeKey(tx, { tenantId, operation: 'price-watches.create', key, body }, id);
      if (made !== null) return made;
      const known = product === undefined ? null : await this.observations.known(tx, tenantId, [product]);
      const productKey = known ? (known.get(product!) ?? null) : null;
      if (product !== undefined && productKey === null) throw new AppError('product_not_found', product.slice(0, 40));
      if (!(await this.watches.insert(tx, { id, tenantId, productKey, words: wanted, asked }, MOST)))
        throw new AppError('price_watches_full', `${MOST} watches`, { retryAfterSeconds: 60 });
      if (productKey !== null) await this.watching.begin(tx, { watchId: id, tenantId, productKey, asked, name: null });
      return null;
    });
    return { resource: await this.get(tenantId, before ?? id), replayed: before !== null };
  }

  /** Throws `price_watch_not_found`, for ids of other tenants too. */
  async get(tenantId: string, id: string): Promise<PriceWatch> {
    const found = idPattern('wat').test(id) ? await this.watches.find(tenantId, id) : null;
    if (!found) throw new AppError('price_watch_not_found', `watch ${id.slice(0, 40)}`);
    return resourceOf(found);
  }

  async list(tenantId: string, { limit, cursor }: ListPriceWatches): Promise<PriceWatchList> {
    const rows = await this.watches.list(tenantId, limit + 1, cursor ?? null);
    const page = rows.slice(0, limit);
    return { data: page.map(resourceOf), nextCursor: rows.length > limit ? page.at(-1)!.id : null };
  }

  /** Throws `price_watch_not_found`. */
  async delete(tenantId: string, id: string): Promise<void> {
    const gone = idPattern('wat').test(id) && (await this.watches.delete(tenantId, id));
    if (!gone) throw new AppError('price_watch_not_found', `watch ${id.slice(0, 40)}`);
  }
}

function placeAsked(near: NonNullable<CreatePriceWatch['near']>): NonNullable<WatchAsked['near']> {
  if (!('postalCode' in near)) return near;
  const place = placeOfPostalCode(near.postalCode);
  if (!place) throw unusable('/near/postalCode', 'no place of this postal code is known; give latitude and longitude');
  const { latitude, longitude } = place;
  return { latitude, longitude, radiusKm: near.radiusKm };
}

function boundAsked(below: CreatePriceWatch['below']): Below {
  if (!('cents' in below)) return below;
  const { cents, amount, unit } = below;
  if (unit === undefined) {
    if (amount !== undefined) throw unusable('/below/unit', 'an amount needs its unit');
    return { cents, pack: null };
  }
  const pack = measured(amount ?? 1, unit);
  if (!pack)
    throw unusable('/below/unit', 'this is no measure; give g, ml, each or another unit of mass, volume or count');
  return { cents, pack };
}

const unusable = (pointer: string, detail: string): AppError =>
  new AppError('price_check_unusable', detail, { errors: [{ pointer, detail }] });

function resourceOf({ id, asked, createdAt, states }: WatchRow): PriceWatch {
  const { bound: _bound, below, ...rest } = asked;
  return {
    id,
    ...rest,
    near: rest.near ?? null,
    below: below as PriceWatch['below'],
    createdAt: createdAt.toISOString(),
    states,
  };
}
