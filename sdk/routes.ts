import type { Http, RequestOptions } from './http.js';
import type { PublicKey } from './records.js';
import { Subjects, keyed, type CreateOptions } from './subjects.js';
import type {
  Confirmation,
  ConfirmRoute,
  CreateRoute,
  ListRoutes,
  RescoredRoute,
  Route,
  RouteList,
  SignedDecisionRecord,
  ValidatedRoute,
} from './types.js';
import type { Timeline } from './session-types.js';
import type { CreateSplit, MadeSplit, RescoreRoute } from './split-types.js';

export interface RouteKind {
  Create: CreateRoute;
  Resource: Route;
  ListQuery: ListRoutes;
  List: RouteList;
}

export class Routes extends Subjects<RouteKind> {
  constructor(http: Http) {
    super(http, '/v1/routes');
  }

  /** Who would have won under other wishes, from the same answers; asks nobody. */
  rescore(id: string, wishes: RescoreRoute, options: RequestOptions = {}): Promise<RescoredRoute> {
    return this.http.post(this.path(id, '/rescore'), wishes, options);
  }

  /** The cheapest way of buying the cart at several stores, from the same answers; proven where that can be. Asks nobody. */
  split(id: string, wish: Omit<CreateSplit, 'routeId'> = {}, options: RequestOptions = {}): Promise<MadeSplit> {
    return this.http.post('/v1/splits', { routeId: id, ...wish }, options);
  }

  /** Who would be asked, and how it would be decided; nothing is accepted. */
  validate(body: CreateRoute, { signal }: RequestOptions = {}): Promise<ValidatedRoute> {
    const query = { validateOnly: true };
    return this.http.json({ method: 'POST', path: '/v1/routes', query, body, headers: keyed({}), signal });
  }

  /** Every step of a route with its time. */
  timeline(id: string, options: RequestOptions = {}): Promise<Timeline> {
    return this.http.get(this.path(id, '/timeline'), {}, options);
  }

  /** The decision with all it was made from, signed. */
  record(id: string, options: RequestOptions = {}): Promise<SignedDecisionRecord> {
    return this.http.get(this.path(id, '/record'), {}, options);
  }

  /** The public keys by which records are signed. */
  keys(options: RequestOptions = {}): Promise<{ keys: PublicKey[] }> {
    return this.http.get('/.well-known/jwks.json', {}, options);
  }

  /** Has the winner asked again and hands the cart over, with the token in `route.confirmation`. */
  confirm(id: string, body: ConfirmRoute, options: CreateOptions = {}): Promise<Confirmation> {
    const { signal } = options;
    return this.http.json({ method: 'POST', path: this.path(id, '/confirm'), body, headers: keyed(options), signal });
  }

  /** What was agreed when the route was confirmed. */
  confirmation(id: string, options: RequestOptions = {}): Promise<Confirmation> {
    return this.http.get(this.path(id, '/confirmation'), {}, options);
  }
}
