import { Carts } from './carts.js';
import { Events } from './events.js';
import { Following, type FollowManyOptions } from './following.js';
import { History } from './history.js';
import { Http, type ClientOptions } from './http.js';
import { Imports } from './imports.js';
import { ClearanceWatches, Offers } from './offers.js';
import { Operators } from './operators.js';
import { Plans } from './plans.js';
import { Prices, PriceWatches } from './prices.js';
import { Routes } from './routes.js';
import { Sessions } from './session.js';
import { Deliveries, WebhookEndpoints } from './webhook-endpoints.js';

/** LoopGPT Commerce from Node 20 and later or a browser. In a browser use a token of one subject, never an API key. */
export class LoopGPT {
  readonly routes: Routes;
  readonly plans: Plans;
  readonly carts: Carts;
  readonly offers: Offers;
  readonly clearanceWatches: ClearanceWatches;
  readonly prices: Prices;
  readonly priceWatches: PriceWatches;
  readonly events: Events;
  readonly imports: Imports;
  readonly history: History;
  readonly webhookEndpoints: WebhookEndpoints;
  readonly deliveries: Deliveries;
  readonly operators: Operators;
  readonly session: Sessions;
  private readonly http: Http;

  constructor(options: ClientOptions) {
    this.http = new Http(options);
    this.routes = new Routes(this.http);
    this.plans = new Plans(this.http);
    this.carts = new Carts(this.http);
    this.offers = new Offers(this.http);
    this.clearanceWatches = new ClearanceWatches(this.http);
    this.prices = new Prices(this.http);
    this.priceWatches = new PriceWatches(this.http);
    this.events = new Events(this.http);
    this.imports = new Imports(this.http);
    this.history = new History(this.http);
    this.webhookEndpoints = new WebhookEndpoints(this.http);
    this.deliveries = new Deliveries(this.http);
    this.operators = new Operators(this.http);
    this.session = new Sessions(this.http);
  }

  /** Follows many routes, plans, carts, imports and watches at once; more can be added on the way. */
  follow(subjects: readonly string[] = [], options: FollowManyOptions = {}): Following {
    return new Following(this.http, subjects, options);
  }
}

export { LoopGPTConnectionError, LoopGPTError } from './errors.js';
export { recordFaults } from './records.js';
export { verifyWebhook } from './webhooks.js';
export type { Following, FollowManyOptions } from './following.js';
export type { Way } from './lines.js';
export type { ClientOptions } from './http.js';
export type { Accepted, CreateOptions, FollowOptions, Gap, WaitOptions } from './subjects.js';
export type * from './cart-types.js';
export type { CreateImport } from './imports.js';
export type * from './history-types.js';
export type * from './import-types.js';
export type * from './offer-types.js';
export type * from './operator-types.js';
export type * from './plan-types.js';
export type * from './price-types.js';
export type * from './session-types.js';
export type * from './split-types.js';
export type * from './types.js';
export type * from './webhook-types.js';
