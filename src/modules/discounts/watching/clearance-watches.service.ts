import { Injectable } from '@nestjs/common';
import { AppError } from '../../../common/errors.js';
import { idPattern, newId } from '../../../common/ids.js';
import { takeKey } from '../../../operations/keys.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { placeOfPostalCode } from '../../../vocabulary/places.js';
import { wordsOf } from '../../../vocabulary/words.js';
import type {
  ClearanceWatch,
  ClearanceWatchList,
  CreateClearanceWatch,
  ListClearanceWatches,
} from './clearance-watches.dto.js';
import { ClearanceWatchesRepository, type ClearanceWatchRow } from './clearance-watches.repository.js';

/** A tenant's watches at most: each place costs calls of the day. */
const MOST = 20;

/** Who wants to be told of what shops clear where. They stand until they are deleted. Telling is TellingService's. */
@Injectable()
export class ClearanceWatchesService {
  constructor(
    private readonly watches: ClearanceWatchesRepository,
    private readonly database: Database,
  ) {}

  /**
   * What was made, now or by the same request before. Throws `clearance_watch_unusable`, `clearance_watches_full`, `idempotency_reused`
   * and `idempotency_in_flight`.
   */
  async create(
    tenantId: string,
    body: CreateClearanceWatch,
    key?: string,
  ): Promise<{ resource: ClearanceWatch; replayed: boolean }> {
    const { near, chains, words, reference } = body;
    if (words !== undefined && wordsOf(words).length === 0) throw unusable('/words', 'none of these is a word');
    const place = { ...placeAsked(near), radiusKm: near.radiusKm, tenantId };
    const asked = { chains: chains ?? null, words: words ?? null, reference: reference ?? null };
    const id = newId('clw');
    const before = await this.database.system(async (tx) => {
      const made = await takeKey(tx, { tenantId, operation: 'clearance-watches.create', key, body }, id);
      if (made !== null) return made;
      if (!(await this.watches.insert(tx, place, id, asked, MOST)))
        throw new AppError('clearance_watches_full', `${MOST} watches`, { retryAfterSeconds: 60 });
      return null;
    });
    return { resource: await this.get(tenantId, before ?? id), replayed: before !== null };
  }

  /** Throws `clearance_watch_not_found`, for ids of other tenants too. */
  async get(tenantId: string, id: string): Promise<ClearanceWatch> {
    const found = idPattern('clw').test(id) ? await this.watches.find(tenantId, id) : null;
    if (!found) throw missing(id);
    return resourceOf(found);
  }

  async list(tenantId: string, { limit, cursor }: ListClearanceWatches): Promise<ClearanceWatchList> {
    const rows = await this.watches.list(tenantId, limit + 1, cursor ?? null);
    const page = rows.slice(0, limit);
    return { data: page.map(resourceOf), nextCursor: rows.length > limit ? page.at(-1)!.id : null };
  }

  /** Throws `clearance_watch_not_found`. */
  async delete(tenantId: string, id: string): Promise<void> {
    const isGone = idPattern('clw').test(id) && (await this.watches.delete(tenantId, id));
    if (!isGone) throw missing(id);
  }

  /** Rows of an export. */
  async *exportAll(tenantId: string): AsyncGenerator<(ClearanceWatch & { sort: 'clearance_watch' })[]> {
    const rows = await this.watches.list(tenantId, MOST, null);
    yield rows.map((row) => ({ sort: 'clearance_watch', ...resourceOf(row) }));
  }

  countAll(tenantId: string): Promise<number> {
    return this.watches.count(this.database, tenantId);
  }

  /** Answers whose they were: the ids of what is gone. */
  eraseAll(tx: Tx, tenantId: string): Promise<string[]> {
    return this.watches.erase(tx, tenantId);
  }
}

function placeAsked(near: CreateClearanceWatch['near']): { latitude: number; longitude: number } {
  if (!('postalCode' in near)) return near;
  const place = placeOfPostalCode(near.postalCode);
  if (!place) throw unusable('/near/postalCode', 'no place of this postal code is known; give latitude and longitude');
  return place;
}

const unusable = (pointer: string, detail: string): AppError =>
  new AppError('clearance_watch_unusable', detail, { errors: [{ pointer, detail }] });

const missing = (id: string): AppError => new AppError('clearance_watch_not_found', `watch ${id.slice(0, 40)}`);

function resourceOf({ id, latitude, longitude, radiusKm, asked, running, ...at }: ClearanceWatchRow): ClearanceWatch {
  return {
    id,
    near: { latitude, longitude, radiusKm },
    ...asked,
    createdAt: at.createdAt.toISOString(),
    seenAt: at.seenAt?.toISOString() ?? null,
    running,
  };
}
