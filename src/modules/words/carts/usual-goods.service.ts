import { Injectable } from '@nestjs/common';
import { OrdersService } from '../../orders/history/orders.service.js';
import type { Usual } from './deciding/carry-out.js';

/** What a household buys again: the lines of its latest order, as far as they were bought. */
@Injectable()
export class UsualGoods {
  constructor(private readonly orders: OrdersService) {}

  async of(tenantId: string): Promise<Usual[]> {
    const { data } = await this.orders.list(tenantId, { limit: 1 });
    if (data.length === 0) return [];
    const { lines } = await this.orders.get(tenantId, data[0]!.id);
    return lines.flatMap(({ name, quantity, state }) =>
      state === 'bought' && name !== null
        ? [{ name, quantity: quantity !== null && quantity > 0 ? quantity : null, unit: null }]
        : [],
    );
  }
}
