import type { Http, RequestOptions } from './http.js';
import type {
  CreatedWebhookEndpoint,
  CreateWebhookEndpoint,
  ListDeliveries,
  ListWebhookEndpoints,
  ReplayedWebhooks,
  ReplayWebhooks,
  RotatedWebhookSecret,
  RotateWebhookSecret,
  UpdateWebhookEndpoint,
  WebhookDelivery,
  WebhookDeliveryList,
  WebhookEndpoint,
  WebhookEndpointList,
} from './webhook-types.js';

const ROOT = '/v1/webhook-endpoints';
const path = (id: string, rest = ''): string => `${ROOT}/${encodeURIComponent(id)}${rest}`;

/** Where webhooks go. */
export class WebhookEndpoints {
  constructor(private readonly http: Http) {}

  /** The secret is in the answer and nowhere else. */
  create(body: CreateWebhookEndpoint, { signal }: RequestOptions = {}): Promise<CreatedWebhookEndpoint> {
    return this.http.json({ method: 'POST', path: ROOT, body, signal, once: true });
  }

  get(id: string, options: RequestOptions = {}): Promise<WebhookEndpoint> {
    return this.http.get(path(id), {}, options);
  }

  list(query: ListWebhookEndpoints = {}, options: RequestOptions = {}): Promise<WebhookEndpointList> {
    return this.http.get(ROOT, query, options);
  }

  update(id: string, body: UpdateWebhookEndpoint, { signal }: RequestOptions = {}): Promise<WebhookEndpoint> {
    return this.http.json({ method: 'PATCH', path: path(id), body, signal });
  }

  /** What it was still owed is not sent any more. */
  delete(id: string, { signal }: RequestOptions = {}): Promise<void> {
    return this.http.json({ method: 'DELETE', path: path(id), signal });
  }

  enable(id: string, options: RequestOptions = {}): Promise<WebhookEndpoint> {
    return this.http.post(path(id, '/enable'), undefined, options);
  }

  disable(id: string, options: RequestOptions = {}): Promise<WebhookEndpoint> {
    return this.http.post(path(id, '/disable'), undefined, options);
  }

  /** A new secret; the old one signs too for 24 h unless told. */
  rotateSecret(
    id: string,
    body: RotateWebhookSecret = {},
    { signal }: RequestOptions = {},
  ): Promise<RotatedWebhookSecret> {
    return this.http.json({ method: 'POST', path: path(id, '/secret/rotate'), body, signal, once: true });
  }

  /** Sends it a `webhook.test` event. */
  test(id: string, { signal }: RequestOptions = {}): Promise<WebhookDelivery> {
    return this.http.json({ method: 'POST', path: path(id, '/test'), signal, once: true });
  }

  /** Sends again what it was sent, or not, in a span of time; `dryRun` only counts. */
  replay(id: string, body: ReplayWebhooks, { signal }: RequestOptions = {}): Promise<ReplayedWebhooks> {
    return this.http.json({ method: 'POST', path: path(id, '/replay'), body, signal, once: true });
  }
}

/** What webhooks were sent, and how each attempt went. */
export class Deliveries {
  constructor(private readonly http: Http) {}

  get(id: string, options: RequestOptions = {}): Promise<WebhookDelivery> {
    return this.http.get(`/v1/deliveries/${encodeURIComponent(id)}`, {}, options);
  }

  /** Newest first; of one route or plan with `subject`. */
  list(query: ListDeliveries = {}, options: RequestOptions = {}): Promise<WebhookDeliveryList> {
    return this.http.get('/v1/deliveries', query, options);
  }

  /** The same id and body once more. */
  resend(id: string, { signal }: RequestOptions = {}): Promise<WebhookDelivery> {
    return this.http.json({
      method: 'POST',
      path: `/v1/deliveries/${encodeURIComponent(id)}/resend`,
      signal,
      once: true,
    });
  }
}
