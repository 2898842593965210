import { Injectable } from '@nestjs/common';
import { AppError } from '../../../common/errors.js';
import { idPattern } from '../../../common/ids.js';
import type { ListOrders, OrderList, OrderResource } from './history.dto.js';
import { OrdersRepository } from './orders.repository.js';

/** What a tenant asks of its history. Changing it is HistoryService's. */
@Injectable()
export class OrdersService {
  constructor(private readonly orders: OrdersRepository) {}

  async list(tenantId: string, query: ListOrders): Promise<OrderList> {
    const rows = await this.orders.list(tenantId, query);
    const data = rows.slice(0, query.limit);
    const last = data.at(-1);
    return { data, nextCursor: rows.length > query.limit && last ? `${last.orderedOn ?? 'none'}_${last.id}` : null };
  }

  /** Throws `order_not_found`, for ids of other tenants too. */
  async get(tenantId: string, id: string): Promise<OrderResource> {
    const found = idPattern('ord').test(id) ? await this.orders.find(tenantId, id) : null;
    if (!found) throw new AppError('order_not_found', `order ${id.slice(0, 40)}`);
    return found;
  }
}
