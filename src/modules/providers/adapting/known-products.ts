import { createHash } from 'node:crypto';
import type { CartLine, ProviderTools, QuoteLine } from '../provider.js';

/**
 * Which products served a line lately, by their ids: looked up together at the price of the moment, they save a search for each line. Ids
 * alone are kept, so no price is ever older than its quote. They are the provider's own and shared by all tenants; what was searched
 * for is only a digest in the key.
 */
export class KnownProducts {
  /** `place`: provider, host and store, for ids and stock differ between them. */
  constructor(
    private readonly tools: Pick<ProviderTools, 'cache' | 'keepProductsMs'>,
    private readonly place: string,
  ) {}

  /** For each line the ids to look up, the best first; none where it has to be searched. */
  async idsFor(lines: readonly CartLine[]): Promise<string[][]> {
    if (this.tools.keepProductsMs === 0) return lines.map(() => []);
    return Promise.all(lines.map(async (line) => (await this.tools.cache.get<string[]>(this.keyOf(line))) ?? []));
  }

  /** What a search found for a line. Only a sure match is worth coming back to: a substitute is one for as long as the other is out. */
  async remember(line: CartLine, chosen: QuoteLine): Promise<void> {
    if (this.tools.keepProductsMs === 0 || chosen.status !== 'matched' || chosen.productId === null) return;
    const ids = [chosen.productId, ...chosen.alternatives.map(({ productId }) => productId)];
    await this.tools.cache.set(this.keyOf(line), ids, this.tools.keepProductsMs);
  }

  private keyOf({ id: _id, name, quantity, unit, ...wishes }: CartLine): string {
    const wish = JSON.stringify([name, quantity, unit, wishes]);
    return `products:${this.place}:${createHash('sha256').update(wish).digest('base64url')}`;
  }
}
