import { Injectable } from '@nestjs/common';
import { AppError } from '../../../../common/errors.js';
import { Forgotten } from '../../../../operations/forgotten.js';
import type { Tx } from '../../../../platform/database/database.js';
import { ClearanceWatchesService } from '../../../discounts/watching/clearance-watches.service.js';
import { PricesService } from '../../../prices/prices.service.js';
import { HistoryService } from '../history.service.js';
import { csvHeader, csvRow } from './deciding/csv-row.js';
import type { ErasedHistory } from './keeping.dto.js';
import { KeepingRepository } from './keeping.repository.js';

/** Hands a tenant all that is kept of its history, and takes all of it away. */
@Injectable()
export class KeepingService {
  constructor(
    private readonly repository: KeepingRepository,
    private readonly history: HistoryService,
    private readonly prices: PricesService,
    private readonly areas: ClearanceWatchesService,
    private readonly forgotten: Forgotten,
  ) {}

  /** In pieces of a page each, so that none of it is held longer than it takes to send. */
  async *export(tenantId: string, as: 'text/csv' | 'application/x-ndjson'): AsyncGenerator<string> {
    const isCsv = as === 'text/csv';
    if (isCsv) yield csvHeader();
    for (const source of [
      this.repository.all(tenantId),
      this.prices.exportAll(tenantId),
      this.areas.exportAll(tenantId),
    ]) {
      for await (const rows of source) {
        if (rows.length > 0) yield rows.map((row) => (isCsv ? csvRow(row) : `${JSON.stringify(row)}\n`)).join('');
      }
    }
  }

  /**
   * Erases what there is if `confirm` is how much there is; twice is the same. Throws `history_erase_unconfirmed` with the counts, and
   * `history_busy`. What is being imported at the moment brings nothing any more.
   */
  async erase(tenantId: string, confirm: number | undefined): Promise<ErasedHistory> {
    let erased: ErasedHistory | undefined;
    await this.history.change(tenantId, async (tx) => {
      const there = await this.count(tx, tenantId);
      const count = Object.values(there).reduce((sum, one) => sum + one, 0);
      if (confirm !== count) {
        throw new AppError('history_erase_unconfirmed', tenantId, { present: { ...there, confirm: count } });
      }
      const importIds = await this.repository.erase(tx, tenantId);
      const watchIds = await this.watchIds(tenantId);
      await this.prices.eraseAll(tx, tenantId);
      const areaIds = await this.areas.eraseAll(tx, tenantId);
      await this.forgotten.subjects(tx, tenantId, [...importIds, ...watchIds, ...areaIds]);
      erased = there;
    });
    return erased!;
  }

  /** They are the first page of the prices. */
  private async watchIds(tenantId: string): Promise<string[]> {
    for await (const rows of this.prices.exportAll(tenantId))
      return rows.filter(({ sort }) => sort === 'price_watch').map(({ id }) => id);
    return [];
  }

  private async count(tx: Tx, tenantId: string): Promise<ErasedHistory> {
    const kept = await this.repository.count(tx, tenantId);
    const { observations, watches } = await this.prices.countAll(tenantId);
    return { ...kept, prices: observations, watches: watches + (await this.areas.countAll(tenantId)) };
  }
}
