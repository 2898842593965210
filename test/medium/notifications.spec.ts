import { Webhook } from 'standardwebhooks';
import { idPattern } from '../../src/common/ids.js';
import { DeliveriesRepository } from '../../src/modules/notifications/deliveries.repository.js';
import { messageOf } from '../../src/modules/notifications/message.js';
import { newSecret } from '../../src/modules/notifications/signature.js';
import { Receiver } from '../support/receiver.js';
import { routeDecided, startNotifier, type Notifier } from '../support/webhooks/notifier.js';

const settings = {
  ...{ events: null, description: '', metadata: {}, ordered: false, maxPerSecond: null },
  signature: 'v1' as const,
};

describe('webhooks', () => {
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

  async function receiver(status = 204, headers: Record<string, string> = {}): Promise<Receiver> {
    const started = await Receiver.start();
    started.answer = (_call, _request, response) => response.writeHead(status, headers).end();
    receivers.push(started);
    return started;
  }
  const endpoint = async (url: string, more: object = {}, tenantId = 'ten_a') => {
    const created = await notifier.endpoints.create(tenantId, { url, ...settings, ...more });
    return { ...created, secret: created.secret! };
  };
  const theDelivery = async () => {
    const { data } = await notifier.deliveries.list('ten_a', { limit: 1 });
    return notifier.deliveries.get('ten_a', data[0]!.id);
  };

  describe('are made', () => {
    it('for every endpoint that wants the event, from one stored message, and hearing it again adds nothing', async () => {
      const target = await receiver();
      const wanting = [await endpoint(target.url), await endpoint(target.url, { events: ['route.decided'] })];
      await endpoint(target.url, { events: ['route.failed'] });
      const event = routeDecided();
      await notifier.service.fanOut([event]);
      await notifier.service.fanOut([event, event]);
      const { data } = await notifier.deliveries.list('ten_a', { limit: 10 });
      expect(data.map((delivery) => delivery.endpointId).sort()).toEqual(wanting.map(({ id }) => id).sort());
      expect(data.every((delivery) => idPattern('whd').test(delivery.id))).toBe(true);
      expect(await notifier.admin('SELECT id FROM webhook_messages')).toHaveLength(1);
      expect(notifier.queue.jobs.size).toBe(2);
    });

    it('never for another tenant', async () => {
      const target = await receiver();
      await endpoint(target.url, {}, 'ten_b');
      await notifier.service.fanOut([routeDecided()]);
      expect(await notifier.admin('SELECT id FROM webhook_deliveries')).toEqual([]);
      expect(await notifier.admin('SELECT id FROM webhook_messages')).toEqual([]);
    });

    it('even when the queue does not take their jobs: the relay queues them as soon as it does, once', async () => {
      const target = await receiver();
      await endpoint(target.url);
      notifier.queue.down = true;
      await notifier.service.fanOut([routeDecided()]);
      await notifier.admin(`UPDATE webhook_deliveries SET next_attempt_at = now() - interval '6 seconds'`);
      await expect(notifier.service.relay()).rejects.toThrow('away');
      notifier.queue.down = false;
      await notifier.service.relay();
      await notifier.service.relay();
      expect(notifier.queue.jobs.size).toBeLessThanOrEqual(2); // 2 when the minute changed in between
      await notifier.run();
      expect(target.received).toHaveLength(1);
    });
  });

  describe('are delivered', () => {
    it('signed, with the event’s id, and with its data as the very text it was', async () => {
      const target = await receiver();
      const { secret } = await endpoint(target.url);
      const event = routeDecided();
      await notifier.service.fanOut([event]);
      await notifier.run();
      const [hook] = target.received;
      expect(hook!.headers).toMatchObject({ 'webhook-id': event.id, traceparent: event.traceparent });
      expect(hook!.body).toBe(messageOf(event).body);
      expect(hook!.body).toContain(event.data);
      expect(new Webhook(secret).verify(hook!.body, hook!.headers)).toMatchObject({
        type: 'route.decided',
        timestamp: event.time,
        sequence: 1,
        data: { id: event.subject, totalCents: 1000 },
      });
      const delivery = await theDelivery();
      expect(delivery).toMatchObject({ status: 'delivered', attemptCount: 1, nextAttemptAt: null, eventId: event.id });
      expect(delivery.attempts).toMatchObject([{ number: 1, outcome: 'delivered', statusCode: 204 }]);
    });

    it('a second time, with the same id and the same bytes, when the process dies between the POST and its mark', async () => {
      class Dying extends DeliveriesRepository {
        override settle(): Promise<never> {
          return Promise.reject(new Error('killed'));
        }
      }
      const target = await receiver();
      const { secret } = await endpoint(target.url);
      await notifier.service.fanOut([routeDecided()]);
      await expect(notifier.run(notifier.instance(new Dying(notifier.database)))).rejects.toThrow('killed');
      const cutOff = await theDelivery();
      expect(cutOff).toMatchObject({ status: 'pending', attemptCount: 1 });
      expect(cutOff.attempts).toMatchObject([{ number: 1, outcome: null }]);

      await notifier.admin(`UPDATE webhook_deliveries SET next_attempt_at = now() - interval '6 seconds'`);
      await notifier.service.relay();
      await notifier.run();
      const [first, second] = target.received;
      expect(second!.body).toBe(first!.body);
      expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
      expect(() => new Webhook(secret).verify(second!.body, second!.headers)).not.toThrow();
      expect(await theDelivery()).toMatchObject({ status: 'delivered', attemptCount: 2 });
    });

    it('by one of two workers that hold the same job', async () => {
      const target = await receiver();
      await endpoint(target.url);
      await notifier.service.fanOut([routeDecided()]);
      const { id } = await theDelivery();
      const other = notifier.instance();
      await Promise.all([notifier.attempt(id), notifier.attempt(id, 'ten_a', other), notifier.attempt(id)]);
      expect(target.received).toHaveLength(1);
    });

    it('never on the word of a job that names another tenant', async () => {
      const target = await receiver();
      await endpoint(target.url);
      await notifier.service.fanOut([routeDecided()]);
      await notifier.attempt((await theDelivery()).id, 'ten_b');
      expect(target.received).toEqual([]);
    });

    it('with both signatures during a rotation, also after two, and with the new one alone when the old has leaked', async () => {
      const target = await receiver();
      const created = await endpoint(target.url);
      const first = await notifier.endpoints.rotateSecret('ten_a', created.id, { overlapHours: 24 });
      const second = await notifier.endpoints.rotateSecret('ten_a', created.id, { overlapHours: 24 });
      await notifier.service.fanOut([routeDecided()]);
      await notifier.run();
      const [hook] = target.received;
      for (const secret of [created.secret, first.secret, second.secret]) {
        expect(() => new Webhook(secret!).verify(hook!.body, hook!.headers)).not.toThrow();
      }
      const given = newSecret();
      await notifier.endpoints.rotateSecret('ten_a', created.id, { overlapHours: 0, secret: given });
      await notifier.service.fanOut([routeDecided()]);
      await notifier.run();
      const latest = target.received[1]!;
      expect(() => new Webhook(given).verify(latest.body, latest.headers)).not.toThrow();
      expect(() => new Webhook(second.secret!).verify(latest.body, latest.headers)).toThrow();
    });

    it('with the new secret alone once the overlap is over', async () => {
      const target = await receiver();
      const created = await endpoint(target.url);
      const { secret: rotated } = await notifier.endpoints.rotateSecret('ten_a', created.id, { overlapHours: 24 });
      const secret = rotated!;
      await notifier.admin(
        `UPDATE webhook_endpoints SET previous_secrets = jsonb_set(previous_secrets, '{0,until}', to_jsonb(now() - interval '1 s'))`,
      );
      await notifier.service.fanOut([routeDecided()]);
      await notifier.run();
      const [hook] = target.received;
      expect(() => new Webhook(secret).verify(hook!.body, hook!.headers)).not.toThrow();
      expect(() => new Webhook(created.secret).verify(hook!.body, hook!.headers)).toThrow();
    });
  });

  describe('of one request', () => {
    const insertRoute = (id: string, webhook: object) =>
      notifier.database.query(
        `INSERT INTO routes (id, tenant_id, request, policy, webhook, traceparent, deadline_at)
         VALUES ($1, 'ten_a', '{}', '{}', $2, 't', now())`,
        [id, JSON.stringify(webhook)],
      );

    it('go to the URL it named, signed with the secret it named, and to nobody for other routes', async () => {
      const target = await receiver();
      const event = routeDecided();
      const secret = newSecret();
      await insertRoute(event.subject, { url: target.url, secretSealed: notifier.sealer.sealText(secret) });
      await notifier.service.fanOut([event, routeDecided()]);
      await notifier.run();
      expect(target.received).toHaveLength(1);
      const [hook] = target.received;
      expect(new Webhook(secret).verify(hook!.body, hook!.headers)).toMatchObject({ data: { id: event.subject } });
    });

    it('are signed with the tenant’s own secret when it named none, whether or not that was read before', async () => {
      const target = await receiver();
      for (const _ of [1, 2]) {
        const event = routeDecided();
        await insertRoute(event.subject, { url: target.url, secretSealed: null });
        await notifier.service.fanOut([event]);
        await notifier.run();
      }
      const { secret } = await notifier.endpoints.tenantSecret('ten_a');
      expect(target.received).toHaveLength(2);
      for (const hook of target.received) {
        expect(() => new Webhook(secret).verify(hook.body, hook.headers)).not.toThrow();
      }
      expect((await notifier.endpoints.tenantSecret('ten_a')).secret).toBe(secret);
      expect((await notifier.endpoints.tenantSecret('ten_b')).secret).not.toBe(secret);
    });

    it('are neither listed nor changed as endpoints, but their deliveries are found by the route', async () => {
      const target = await receiver();
      const event = routeDecided();
      await insertRoute(event.subject, { url: target.url, secretSealed: null });
      await notifier.service.fanOut([event]);
      expect((await notifier.endpoints.list('ten_a', { limit: 10 })).data).toEqual([]);
      const { data } = await notifier.deliveries.list('ten_a', { limit: 10, subject: event.subject });
      expect(data).toMatchObject([{ subject: event.subject, type: 'route.decided' }]);
      await expect(notifier.endpoints.get('ten_a', data[0]!.endpointId)).rejects.toMatchObject({
        code: 'endpoint_not_found',
      });
    });
  });
});
