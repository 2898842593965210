import type { Http, RequestOptions } from './http.js';
import type { FindOffers, OfferList } from './offer-types.js';

/** What shops near a place sell for less, before it expires. */
export class Offers {
  constructor(private readonly http: Http) {}

  /** The best saving first. */
  find(query: FindOffers, options: RequestOptions = {}): Promise<OfferList> {
    return this.http.get('/v1/offers', query, options);
  }
}
