import { Webhook } from 'standardwebhooks';
import { idPattern } from '../../src/common/ids.js';
import { DeliveriesRepository } from '../../src/modules/notifications/deliveries/deliveries.repository.js';
import { messageOf } from '../../src/modules/notifications/deciding/message.js';
import { newSecret } from '../../src/modules/notifications/deciding/signature.js';
import { traceIdOf } from '../../src/platform/telemetry/tracing.js';
import { routeDecided } from '../support/webhooks/notifier.js';
import { notifying } from '../support/webhooks/notifying.js';

describe('webhooks', () => {
  const webhooks = notifying();
  const { receiver, endpoint, theDelivery } = webhooks;

  describe('are made', () => {
    it('for every endpoint that wants the event, from one stored message, and hearing it again adds nothing', async () => {
      const target = await receiver();
      const wanting = [await endpoint(target.url), await endpoint(target.url, { events: ['route.decided'] })];
      await endpoint(target.url, { events: ['route.failed'] });
      const event = routeDecided();
      await webhooks.notifier.service.fanOut([event]);
      await webhooks.notifier.service.fanOut([event, event]);
      const { data } = await webhooks.notifier.deliveries.list('ten_a', { limit: 10 });
      expect(data.map((delivery) => delivery.endpointId).sort()).toEqual(wanting.map(({ id }) => id).sort());
      expect(data.every((delivery) => idPattern('whd').test(delivery.id))).toBe(true);
      expect(await webhooks.notifier.admin('SELECT id FROM webhook_messages')).toHaveLength(1);
      expect(webhooks.notifier.queue.jobs.size).toBe(2);
    });

    it('never for another tenant', async () => {
      const target = await receiver();
      await endpoint(target.url, {}, 'ten_b');
      await webhooks.notifier.service.fanOut([routeDecided()]);
      expect(await webhooks.notifier.admin('SELECT id FROM webhook_deliveries')).toEqual([]);
      expect(await webhooks.notifier.admin('SELECT id FROM webhook_messages')).toEqual([]);
    });

    it('even when the queue does not take their jobs: the relay queues them as soon as it does, once', async () => {
      const target = await receiver();
      await endpoint(target.url);
      webhooks.notifier.queue.down = true;
      await webhooks.notifier.service.fanOut([routeDecided()]);
      await webhooks.notifier.admin(`UPDATE webhook_deliveries SET next_attempt_at = now() - interval '6 seconds'`);
      await expect(webhooks.notifier.service.relay()).rejects.toThrow('away');
      webhooks.notifier.queue.down = false;
      await webhooks.notifier.service.relay();
      await webhooks.notifier.service.relay();
      expect(webhooks.notifier.queue.jobs.size).toBeLessThanOrEqual(2); // 2 when the minute changed in between
      await webhooks.notifier.run();
      expect(target.received).toHaveLength(1);
    });
  });

  describe('are delivered', () => {
    it('signed, with the event’s id, and with its data as the very text it was', async () => {
      const target = await receiver();
      const { secret } = await endpoint(target.url);
      const event = routeDecided();
      await webhooks.notifier.service.fanOut([event]);
      await webhooks.notifier.run();
      const [hook] = target.received;
      expect(hook!.headers['webhook-id']).toBe(event.id);
      // The same trace, under a span of the delivery's own.
      expect(traceIdOf(hook!.headers.traceparent)).toBe(traceIdOf(event.traceparent));
      expect(hook!.headers.traceparent).not.toBe(event.traceparent);
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
      await webhooks.notifier.service.fanOut([routeDecided()]);
      await expect(
        webhooks.notifier.run(webhooks.notifier.instance(new Dying(webhooks.notifier.database))),
      ).rejects.toThrow('killed');
      const cutOff = await theDelivery();
      expect(cutOff).toMatchObject({ status: 'pending', attemptCount: 1 });
      expect(cutOff.attempts).toMatchObject([{ number: 1, outcome: null }]);

      await webhooks.notifier.admin(`UPDATE webhook_deliveries SET next_attempt_at = now() - interval '6 seconds'`);
      await webhooks.notifier.service.relay();
      await webhooks.notifier.run();
      const [first, second] = target.received;
      expect(second!.body).toBe(first!.body);
      expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
      expect(() => new Webhook(secret).verify(second!.body, second!.headers)).not.toThrow();
      expect(await theDelivery()).toMatchObject({ status: 'delivered', attemptCount: 2 });
    });

    it('by one of two workers that hold the same job', async () => {
      const target = await receiver();
      await endpoint(target.url);
      await webhooks.notifier.service.fanOut([routeDecided()]);
      const { id } = await theDelivery();
      const other = webhooks.notifier.instance();
      await Promise.all([
        webhooks.notifier.attempt(id),
        webhooks.notifier.attempt(id, 'ten_a', other),
        webhooks.notifier.attempt(id),
      ]);
      expect(target.received).toHaveLength(1);
    });

    it('never on the word of a job that names another tenant', async () => {
      const target = await receiver();
      await endpoint(target.url);
      await webhooks.notifier.service.fanOut([routeDecided()]);
      await webhooks.notifier.attempt((await theDelivery()).id, 'ten_b');
      expect(target.received).toEqual([]);
    });

    it('with both signatures during a rotation, also after two, and with the new one alone when the old has leaked', async () => {
      const target = await receiver();
      const created = await endpoint(target.url);
      const first = await webhooks.notifier.endpoints.rotateSecret('ten_a', created.id, { overlapHours: 24 });
      const second = await webhooks.notifier.endpoints.rotateSecret('ten_a', created.id, { overlapHours: 24 });
      await webhooks.notifier.service.fanOut([routeDecided()]);
      await webhooks.notifier.run();
      const [hook] = target.received;
      for (const secret of [created.secret, first.secret, second.secret]) {
        expect(() => new Webhook(secret!).verify(hook!.body, hook!.headers)).not.toThrow();
      }
      const given = newSecret();
      await webhooks.notifier.endpoints.rotateSecret('ten_a', created.id, { overlapHours: 0, secret: given });
      await webhooks.notifier.service.fanOut([routeDecided()]);
      await webhooks.notifier.run();
      const latest = target.received[1]!;
      expect(() => new Webhook(given).verify(latest.body, latest.headers)).not.toThrow();
      expect(() => new Webhook(second.secret!).verify(latest.body, latest.headers)).toThrow();
    });

    it('with the new secret alone once the overlap is over', async () => {
      const target = await receiver();
      const created = await endpoint(target.url);
      const { secret: rotated } = await webhooks.notifier.endpoints.rotateSecret('ten_a', created.id, {
        overlapHours: 24,
      });
      const secret = rotated!;
      await webhooks.notifier.admin(
        `UPDATE webhook_endpoints SET previous_secrets = jsonb_set(previous_secrets, '{0,until}', to_jsonb(now() - interval '1 s'))`,
      );
      await webhooks.notifier.service.fanOut([routeDecided()]);
      await webhooks.notifier.run();
      const [hook] = target.received;
      expect(() => new Webhook(secret).verify(hook!.body, hook!.headers)).not.toThrow();
      expect(() => new Webhook(created.secret).verify(hook!.body, hook!.headers)).toThrow();
    });
  });

  describe('of one request', () => {
    const insertRoute = (id: string, webhook: object) =>
      webhooks.notifier.database.query(
        `INSERT INTO routes (id, tenant_id, request, policy, webhook, traceparent, deadline_at)
         VALUES ($1, 'ten_a', '{}', '{}', $2, 't', now())`,
        [id, JSON.stringify(webhook)],
      );

    it('go to the URL it named, signed with the secret it named, and to nobody for other routes', async () => {
      const target = await receiver();
      const event = routeDecided();
      const secret = newSecret();
      await insertRoute(event.subject, { url: target.url, secretSealed: webhooks.notifier.sealer.sealText(secret) });
      await webhooks.notifier.service.fanOut([event, routeDecided()]);
      await webhooks.notifier.run();
      expect(target.received).toHaveLength(1);
      const [hook] = target.received;
      expect(new Webhook(secret).verify(hook!.body, hook!.headers)).toMatchObject({ data: { id: event.subject } });
    });

    it('are signed with the tenant’s own secret when it named none, whether or not that was read before', async () => {
      const target = await receiver();
      for (const _ of [1, 2]) {
        const event = routeDecided();
        await insertRoute(event.subject, { url: target.url, secretSealed: null });
        await webhooks.notifier.service.fanOut([event]);
        await webhooks.notifier.run();
      }
      const { secret } = await webhooks.notifier.endpoints.tenantSecret('ten_a');
      expect(target.received).toHaveLength(2);
      for (const hook of target.received) {
        expect(() => new Webhook(secret).verify(hook.body, hook.headers)).not.toThrow();
      }
      expect((await webhooks.notifier.endpoints.tenantSecret('ten_a')).secret).toBe(secret);
      expect((await webhooks.notifier.endpoints.tenantSecret('ten_b')).secret).not.toBe(secret);
    });

    it('are neither listed nor changed as endpoints, but their deliveries are found by the route', async () => {
      const target = await receiver();
      const event = routeDecided();
      await insertRoute(event.subject, { url: target.url, secretSealed: null });
      await webhooks.notifier.service.fanOut([event]);
      expect((await webhooks.notifier.endpoints.list('ten_a', { limit: 10 })).data).toEqual([]);
      const { data } = await webhooks.notifier.deliveries.list('ten_a', { limit: 10, subject: event.subject });
      expect(data).toMatchObject([{ subject: event.subject, type: 'route.decided' }]);
      await expect(webhooks.notifier.endpoints.get('ten_a', data[0]!.endpointId)).rejects.toMatchObject({
        code: 'endpoint_not_found',
      });
    });
  });
});
