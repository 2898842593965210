import type { Http, RequestOptions } from './http.js';
import type {
  ClearanceWatch,
  ClearanceWatchList,
  CreateClearanceWatch,
  FindOffers,
  ListClearanceWatches,
  OfferList,
} from './offer-types.js';
import { keyed, type CreateOptions } from './subjects.js';

/** What shops near a place sell for less, before it expires. */
export class Offers {
  constructor(private readonly http: Http) {}

  /** The best saving first. */
  find(query: FindOffers, options: RequestOptions = {}): Promise<OfferList> {
    return this.http.get('/v1/offers', query, options);
  }
}

const WATCHES = '/v1/clearance-watches';

/** Who is told what shops in an area clear, each time it changes. */
export class ClearanceWatches {
  constructor(private readonly http: Http) {}

  create(body: CreateClearanceWatch, options: CreateOptions = {}): Promise<ClearanceWatch> {
    const { signal } = options;
    return this.http.json({ method: 'POST', path: WATCHES, body, signal, headers: keyed(options) });
  }

  get(id: string, options: RequestOptions = {}): Promise<ClearanceWatch> {
    return this.http.get(`${WATCHES}/${encodeURIComponent(id)}`, {}, options);
  }

  list(query: ListClearanceWatches = {}, options: RequestOptions = {}): Promise<ClearanceWatchList> {
    return this.http.get(WATCHES, query, options);
  }

  delete(id: string, { signal }: RequestOptions = {}): Promise<void> {
    return this.http.json({ method: 'DELETE', path: `${WATCHES}/${encodeURIComponent(id)}`, signal });
  }
}
