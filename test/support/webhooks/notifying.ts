import { SCOPES, type TenantContext } from '../../../src/modules/tenants/scopes.js';
import { Receiver } from '../receiver.js';
import { startNotifier, type Notifier } from './notifier.js';

/** Who may do everything of a tenant. */
export const ownerOf = (tenantId: string): TenantContext => ({ tenantId, keyId: 'owner', scopes: SCOPES });

const SETTINGS = {
  events: null,
  description: '',
  metadata: {},
  ordered: false,
  maxPerSecond: null,
  signature: 'v1' as const,
};

/** A notifier for the suite it is called in, empty before each test, and what the tests of webhooks do again and again. */
export function notifying() {
  let notifier: Notifier;
  let receivers: Receiver[] = [];
  beforeAll(async () => {
    notifier = await startNotifier();
  }, 60_000);
  afterAll(() => notifier?.close());
  beforeEach(() => notifier.reset());
  afterEach(async () => {
    await Promise.all(receivers.map((receiver) => receiver.close()));
    receivers = [];
  });
  return {
    /** The notifier, once the suite runs. */
    get notifier() {
      return notifier;
    },
    async receiver(status = 204, headers: Record<string, string> = {}): Promise<Receiver> {
      const started = await Receiver.start();
      started.answer = (_call, _request, response) => response.writeHead(status, headers).end();
      receivers.push(started);
      return started;
    },
    async endpoint(url: string, more: object = {}, tenantId = 'ten_a') {
      const created = await notifier.endpoints.create(ownerOf(tenantId), { url, ...SETTINGS, ...more });
      return { ...created, secret: created.secret! };
    },
    /** The latest of the first tenant's. */
    async theDelivery() {
      const { data } = await notifier.deliveries.list('ten_a', { limit: 1 });
      return notifier.deliveries.get('ten_a', data[0]!.id);
    },
  };
}
