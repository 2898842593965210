import { Http, type ClientOptions } from './http.js';
import { Routes } from './routes.js';

/** LoopGPT Commerce from Node 20 and later or a browser. In a browser use a token of one subject, never an API key. */
export class LoopGPT {
  readonly routes: Routes;

  constructor(options: ClientOptions) {
    this.routes = new Routes(new Http(options));
  }
}

export { LoopGPTConnectionError, LoopGPTError } from './errors.js';
export { verifyWebhook } from './webhooks.js';
export type { ClientOptions } from './http.js';
export type { CreateOptions, FollowOptions, Gap, RouteRequest, WaitOptions } from './routes.js';
export type { CreateRoute, ErrorCode, Event, ListRoutes, Route, RouteList } from './types.js';
