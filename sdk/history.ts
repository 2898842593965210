import type {
  ErasedHistory,
  LikelyProducts,
  ListOrders,
  Order,
  OrderList,
  Product,
  ProductList,
  SearchProducts,
  AskSpending,
  Spending,
} from './history-types.js';
import type { Http, RequestOptions } from './http.js';

const product = (id: string, rest = ''): string => `/v1/products/${encodeURIComponent(id)}${rest}`;

/** What was bought, by the files that were imported. */
export class History {
  constructor(private readonly http: Http) {}

  /** Newest first. */
  orders(query: ListOrders = {}, options: RequestOptions = {}): Promise<OrderList> {
    return this.http.get('/v1/orders', query, options);
  }

  order(id: string, options: RequestOptions = {}): Promise<Order> {
    return this.http.get(`/v1/orders/${encodeURIComponent(id)}`, {}, options);
  }

  products(query: SearchProducts = {}, options: RequestOptions = {}): Promise<ProductList> {
    return this.http.get('/v1/products', query, options);
  }

  product(id: string, options: RequestOptions = {}): Promise<Product> {
    return this.http.get(product(id), {}, options);
  }

  /** What may be the same, the likeliest first. */
  likely(id: string, limit?: number, options: RequestOptions = {}): Promise<LikelyProducts> {
    return this.http.get(product(id, '/likely'), { limit }, options);
  }

  /** The two are one from now on, whatever is imported. */
  join(id: string, productId: string, options: RequestOptions = {}): Promise<Product> {
    return this.http.post(product(id, '/join'), { productId }, options);
  }

  /** They are two from now on; without `productId`, it and all that it is joined with. */
  part(id: string, productId?: string, options: RequestOptions = {}): Promise<Product> {
    return this.http.post(product(id, '/part'), { productId }, options);
  }

  spending(query: AskSpending = {}, options: RequestOptions = {}): Promise<Spending> {
    return this.http.get('/v1/spending', query, options);
  }

  /** Everything, for good. Without the count it is refused: `present.confirm` of the problem is the count to send. */
  erase(confirm?: number, { signal }: RequestOptions = {}): Promise<ErasedHistory> {
    return this.http.json({ method: 'DELETE', path: '/v1/history', query: { confirm }, signal });
  }

  /** All that is kept, as lines of JSON or as CSV; read the answer's body as it comes. */
  export(type: 'ndjson' | 'csv' = 'ndjson', { signal }: RequestOptions = {}): Promise<Response> {
    const accept = type === 'csv' ? 'text/csv' : 'application/x-ndjson';
    return this.http.stream('/v1/history/export', { accept }, signal ?? new AbortController().signal);
  }
}
