import type { Http, RequestOptions } from './http.js';
import type {
  AskPriceCheck,
  CreatedPrices,
  CreatePriceChecks,
  CreatePrices,
  CreatePriceWatch,
  ListPrices,
  ListPriceWatches,
  PriceCheck,
  PriceChecks,
  PriceHistory,
  PriceWatch,
  PriceWatchList,
} from './price-types.js';
import { keyed, type CreateOptions } from './subjects.js';

const ofProduct = (id: string, rest: string): string => `/v1/products/${encodeURIComponent(id)}${rest}`;

/** What things cost, and whether a price is a good one. */
export class Prices {
  constructor(private readonly http: Http) {}

  /** Prices that were seen; each line has its own answer, and the same line again is `same`. */
  create(body: CreatePrices, options: RequestOptions = {}): Promise<CreatedPrices> {
    return this.http.post('/v1/prices', body, options);
  }

  /** What a product cost, by day, week or month. */
  list(productId: string, query: ListPrices = {}, options: RequestOptions = {}): Promise<PriceHistory> {
    return this.http.get(ofProduct(productId, '/prices'), query, options);
  }

  check(productId: string, query: AskPriceCheck, options: RequestOptions = {}): Promise<PriceCheck> {
    return this.http.get(ofProduct(productId, '/price-check'), query, options);
  }

  /** Of a cart, or of a route's quotes. */
  checkAll(body: CreatePriceChecks, options: RequestOptions = {}): Promise<PriceChecks> {
    return this.http.post('/v1/price-checks', body, options);
  }
}

const WATCHES = '/v1/price-watches';

/** Who is told when a price crosses a line. */
export class PriceWatches {
  constructor(private readonly http: Http) {}

  create(body: CreatePriceWatch, options: CreateOptions = {}): Promise<PriceWatch> {
    const { signal } = options;
    return this.http.json({ method: 'POST', path: WATCHES, body, signal, headers: keyed(options) });
  }

  get(id: string, options: RequestOptions = {}): Promise<PriceWatch> {
    return this.http.get(`${WATCHES}/${encodeURIComponent(id)}`, {}, options);
  }

  list(query: ListPriceWatches = {}, options: RequestOptions = {}): Promise<PriceWatchList> {
    return this.http.get(WATCHES, query, options);
  }

  delete(id: string, { signal }: RequestOptions = {}): Promise<void> {
    return this.http.json({ method: 'DELETE', path: `${WATCHES}/${encodeURIComponent(id)}`, signal });
  }
}
