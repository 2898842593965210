import { csvRows } from '../src/common/csv.js';
import type { SimulatedProduct } from '../src/modules/providers/simulation.js';
import { dataFile } from '../src/platform/data-file.js';
import { SearchIndex } from './search.js';

/** The simulated stores' goods: data/catalogue, read once. */
export class Catalogue {
  private readonly stores = new Map<
    string,
    {
      byId: Map<string, SimulatedProduct>;
      byGtin: Map<string, SimulatedProduct>;
      index: SearchIndex<SimulatedProduct>;
    }
  >();

  static load(): Catalogue {
    const catalogue = new Catalogue();
    const products = new Map(rows('products.csv').map((row) => [row.product_id!, row]));
    const byStore = new Map<string, SimulatedProduct[]>();
    for (const offer of rows('offers.csv')) {
      const row = products.get(offer.product_id!);
      if (!row) continue;
      const list = byStore.get(offer.store_id!) ?? [];
      list.push(productOf(row, offer));
      byStore.set(offer.store_id!, list);
    }
    for (const [store, list] of byStore) {
      catalogue.stores.set(store, {
        byId: new Map(list.map((product) => [product.id, product])),
        byGtin: new Map(list.map((product) => [product.gtin, product])),
        index: new SearchIndex(list.map((product) => [`${product.name} ${product.brand}`, product])),
      });
    }
    return catalogue;
  }

  search(store: string, term: string, limit: number): SimulatedProduct[] {
    return this.stores.get(store)?.index.search(term, limit) ?? [];
  }

  find(store: string, id: string): SimulatedProduct | undefined {
    return this.stores.get(store)?.byId.get(id);
  }

  findGtin(store: string, gtin: string): SimulatedProduct | undefined {
    return this.stores.get(store)?.byGtin.get(gtin);
  }
}

function productOf(row: Record<string, string>, offer: Record<string, string>): SimulatedProduct {
  return {
    id: row.product_id!,
    gtin: row.gtin!,
    name: row.name!,
    brand: row.brand || 'Store brand',
    department: row.department!,
    aisle: row.aisle!,
    soldBy: row.sold_by === 'weight' ? 'weight' : 'each',
    sizeText: row.size_text!,
    priceCents: Math.round(Number(offer.price) * 100),
    salePriceCents: offer.sale_price ? Math.round(Number(offer.sale_price) * 100) : null,
    inStock: offer.in_stock === '1',
  };
}

export function rows(name: string): Record<string, string>[] {
  return csvRows(dataFile('catalogue', name));
}
