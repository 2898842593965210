import { Injectable } from '@nestjs/common';
import { AppError } from '../../../../common/errors.js';
import { idPattern } from '../../../../common/ids.js';
import { likenessOf, stemOf, thingOf } from '../../../providers/matching/likeness.js';
import { HistoryService } from '../history.service.js';
import { rhythmOf } from './deciding/rhythm.js';
import { JoinsService } from './joins.service.js';
import type { LikelyProducts, ProductList, ProductResource, SearchProducts } from './products.dto.js';
import { ProductsRepository } from './products.repository.js';

/** Of less likeness than this nothing is suggested. */
const LEAST_LIKELY = 0.3;

/** What a tenant asks of its products, and which of them it says are one. */
@Injectable()
export class ProductsService {
  constructor(
    private readonly products: ProductsRepository,
    private readonly joins: JoinsService,
    private readonly history: HistoryService,
  ) {}

  async search(tenantId: string, query: SearchProducts): Promise<ProductList> {
    const rows = await this.products.search(tenantId, query);
    const data = rows.slice(0, query.limit);
    // What is searched comes in the order of its fit, of which there is one page.
    const hasMore = query.q === undefined && rows.length > query.limit;
    return { data, nextCursor: hasMore ? data.at(-1)!.id : null };
  }

  /** Throws `product_not_found`, for ids of other tenants too. */
  async get(tenantId: string, id: string): Promise<ProductResource> {
    const found = idPattern('prd').test(id) ? await this.products.find(tenantId, id) : null;
    if (!found) throw notFound(id);
    const { days, bought, ...product } = found;
    const boughtCents = bought.length > 1 ? null : (bought[0]?.cents ?? 0);
    return { ...product, bought, boughtCents, rhythm: rhythmOf(days) };
  }

  /** What may be the same, the likeliest first. */
  async likely(tenantId: string, id: string, limit: number): Promise<LikelyProducts> {
    const { name } = await this.get(tenantId, id);
    const { head } = thingOf(name);
    if (head === '') return { data: [] };
    const known = await this.products.withWord(tenantId, id, head.replaceAll('_', ' '), stemOf(name));
    const data = known
      .map((product) => ({ ...product, confidence: likenessOf(name, product.name) }))
      .filter(({ confidence }) => confidence >= LEAST_LIKELY)
      .sort((a, b) => b.confidence - a.confidence || a.id.localeCompare(b.id));
    return { data: data.slice(0, limit) };
  }

  /** From now on, whatever is imported, the two are one. */
  async join(tenantId: string, id: string, productId: string): Promise<ProductResource> {
    await this.change(tenantId, id, [productId], 'join');
    return this.get(tenantId, id);
  }

  /** From now on, whatever is imported, they are two: it and the other, or it and all that it is joined with. */
  async part(tenantId: string, id: string, productId: string | undefined): Promise<ProductResource> {
    await this.change(tenantId, id, productId === undefined ? null : [productId], 'part');
    return this.get(tenantId, id);
  }

  private async change(tenantId: string, id: string, others: string[] | null, kind: 'join' | 'part'): Promise<void> {
    if (!idPattern('prd').test(id)) throw notFound(id);
    await this.history.change(tenantId, async (tx) => {
      const mine = await this.joins.joinedWith(tx, tenantId, id);
      for (const other of others ?? mine) {
        // Whoever joins two joins what is one with either, whatever was parted of it before.
        const theirs = kind === 'join' && other !== id ? await this.joins.joinedWith(tx, tenantId, other) : [];
        for (const also of theirs.filter((one) => one !== id)) await this.joins.decide(tx, tenantId, kind, id, also);
        if (kind === 'join')
          for (const also of mine.filter((one) => one !== other))
            await this.joins.decide(tx, tenantId, kind, also, other);
        await this.joins.decide(tx, tenantId, kind, id, other);
      }
    });
  }
}

const notFound = (id: string): AppError => new AppError('product_not_found', `product ${id.slice(0, 40)}`);
