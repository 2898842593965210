import { Injectable } from '@nestjs/common';
import { named, totalsOf } from './deciding/totals.js';
import type { AskSpending, Spending } from './spending.dto.js';
import { SpendingRepository } from './spending.repository.js';

@Injectable()
export class SpendingService {
  constructor(private readonly spending: SpendingRepository) {}

  async get(tenantId: string, query: AskSpending): Promise<Spending> {
    const { by, from = null, to = null } = query;
    const data = named(by, await this.spending.spent(tenantId, query));
    return { by, from, to, data, totals: totalsOf(data) };
  }
}
