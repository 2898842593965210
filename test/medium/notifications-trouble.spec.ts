import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { MAX_IN_FLIGHT } from '../../src/modules/notifications/sending/endpoint-gate.js';
import { MAX_ATTEMPTS } from '../../src/modules/notifications/deciding/schedule.js';
import { Sealer } from '../../src/platform/crypto/sealed.js';
import { routeDecided } from '../support/webhooks/notifier.js';
import { ownerOf, notifying } from '../support/webhooks/notifying.js';

describe('webhooks in trouble', () => {
  const webhooks = notifying();
  const { receiver, endpoint, theDelivery } = webhooks;

  const nextAttemptIn = (nextAttemptAt: string | null) => Date.parse(nextAttemptAt ?? '') - Date.now();

  describe('that fail', () => {
    it('are tried ten times, then given up, and the tenant’s other endpoint is told', async () => {
      const [down, up] = [await receiver(500), await receiver()];
      const failing = await endpoint(down.url, { events: ['route.decided'] });
      await endpoint(up.url, { events: ['delivery.exhausted'] });
      await webhooks.notifier.service.fanOut([routeDecided()]);
      const { id } = await theDelivery();
      for (let attempt = 1; attempt <= MAX_ATTEMPTS + 2; attempt++) {
        await webhooks.notifier.attempt(id);
        await webhooks.notifier.makeDue(id);
      }
      expect(down.received).toHaveLength(MAX_ATTEMPTS);
      expect(new Set(down.received.map((hook) => hook.headers['webhook-id'])).size).toBe(1);
      expect(new Set(down.received.map((hook) => hook.body)).size).toBe(1);
      const exhausted = await webhooks.notifier.deliveries.get('ten_a', id);
      expect(exhausted).toMatchObject({ status: 'exhausted', attemptCount: MAX_ATTEMPTS, nextAttemptAt: null });
      await webhooks.notifier.run();
      expect(up.received.map((hook) => JSON.parse(hook.body))).toMatchObject([
        { type: 'delivery.exhausted', data: { deliveryId: id, endpointId: failing.id, lastError: 'status 500' } },
      ]);
    });

    it('are settled when nothing can sign them', async () => {
      const target = await receiver();
      await endpoint(target.url);
      await webhooks.notifier.service.fanOut([routeDecided()]);
      const { id } = await theDelivery();
      await webhooks.notifier.admin(`UPDATE webhook_endpoints SET secret_sealed = '\\x00'`);
      await webhooks.notifier.attempt(id);
      const { attempts } = await webhooks.notifier.deliveries.get('ten_a', id);
      expect(attempts).toMatchObject([{ outcome: 'failed', error: 'unsigned: it could not be signed' }]);
      expect(target.received).toEqual([]);
    });

    it('are given up when every attempt is cut off, whatever cuts it off', async () => {
      const target = await receiver();
      await endpoint(target.url);
      await webhooks.notifier.service.fanOut([routeDecided()]);
      const { id } = await theDelivery();
      await webhooks.notifier.admin(`UPDATE webhook_deliveries SET attempts = ${2 * MAX_ATTEMPTS}`);
      await webhooks.notifier.attempt(id);
      expect(await theDelivery()).toMatchObject({ status: 'exhausted' });
      expect(target.received).toEqual([]);
    });

    it('can be asked for again, also all of a span of time, and start their schedule anew', async () => {
      const target = await receiver(500);
      const { id: endpointId } = await endpoint(target.url);
      await webhooks.notifier.service.fanOut([routeDecided()]);
      const { id } = await theDelivery();
      await webhooks.notifier.admin(
        `UPDATE webhook_deliveries SET attempts = 10, status = 'exhausted', next_attempt_at = NULL`,
      );
      expect(await webhooks.notifier.deliveries.resend('ten_a', id)).toMatchObject({
        status: 'pending',
        attemptCount: 10,
      });
      await webhooks.notifier.run();
      expect(await theDelivery()).toMatchObject({ status: 'pending', attemptCount: 11 });
      await webhooks.notifier.admin(`UPDATE webhook_deliveries SET status = 'exhausted', next_attempt_at = NULL`);
      const span = { since: new Date(Date.now() - 60_000).toISOString() };
      const queued = webhooks.notifier.queue.jobs.size;
      const foreseen = await webhooks.notifier.deliveries.replay('ten_a', endpointId, { ...span, dryRun: true });
      expect(foreseen).toEqual({ dryRun: true, deliveries: 1, more: false });
      expect(await theDelivery()).toMatchObject({ status: 'exhausted', attemptCount: 11 });
      expect(webhooks.notifier.queue.jobs.size).toBe(queued);
      const replayed = { dryRun: false, deliveries: 1, more: false };
      expect(await webhooks.notifier.deliveries.replay('ten_a', endpointId, { ...span, dryRun: false })).toEqual(
        replayed,
      );
      target.answer = (_call, _request, response) => response.writeHead(200).end();
      await webhooks.notifier.run();
      expect(await theDelivery()).toMatchObject({ status: 'delivered', attemptCount: 12 });
      const again = await webhooks.notifier.deliveries.replay('ten_a', endpointId, { ...span, dryRun: false });
      expect(again).toEqual({ dryRun: false, deliveries: 0, more: false });
    });

    it('are tried again after the time the receiver asked for, and so is whatever else it is owed', async () => {
      const target = await receiver(429, { 'retry-after': '120' });
      await endpoint(target.url);
      await webhooks.notifier.service.fanOut([routeDecided()]);
      await webhooks.notifier.run();
      expect(nextAttemptIn((await theDelivery()).nextAttemptAt)).toBeGreaterThan(119_000);
      await webhooks.notifier.service.fanOut([routeDecided()]);
      await webhooks.notifier.run();
      expect(target.received).toHaveLength(1);
      const second = await theDelivery();
      expect(second.attemptCount).toBe(0);
      expect(nextAttemptIn(second.nextAttemptAt)).toBeGreaterThan(118_000);
    });

    it('with 410 disable their endpoint at once and stop all it was owed; the other endpoint is told', async () => {
      const [gone, up] = [await receiver(410), await receiver()];
      const { id } = await endpoint(gone.url, { events: ['route.decided'] });
      await endpoint(up.url, { events: ['endpoint.disabled'] });
      await webhooks.notifier.service.fanOut([routeDecided(), routeDecided()]);
      const { data } = await webhooks.notifier.deliveries.listOf('ten_a', id, { limit: 10 });
      await webhooks.notifier.attempt(data[0]!.id);
      expect(await webhooks.notifier.endpoints.get('ten_a', id)).toMatchObject({
        enabled: false,
        disabledReason: 'gone',
      });
      const after = await webhooks.notifier.deliveries.listOf('ten_a', id, { limit: 10 });
      expect(after.data.map((delivery) => delivery.status)).toEqual(['stopped', 'stopped']);
      await webhooks.notifier.run();
      expect(gone.received).toHaveLength(1);
      expect(JSON.parse(up.received[0]!.body)).toMatchObject({ type: 'endpoint.disabled', data: { reason: 'gone' } });
      await webhooks.notifier.service.fanOut([routeDecided()]);
      expect((await webhooks.notifier.deliveries.listOf('ten_a', id, { limit: 10 })).data).toHaveLength(2);
    });

    it('for five days disable their endpoint, after telling of it at half of that', async () => {
      const [down, up] = [await receiver(503), await receiver()];
      const { id } = await endpoint(down.url, { events: ['route.decided'] });
      await endpoint(up.url, { events: ['endpoint.failing', 'endpoint.disabled'] });
      const failFor = async (hours: number) => {
        await webhooks.notifier.admin(
          `UPDATE webhook_endpoints SET failing_since = clock_timestamp() - make_interval(hours => $2) WHERE id = $1`,
          [id, hours],
        );
        await webhooks.notifier.service.fanOut([routeDecided()]);
        await webhooks.notifier.run();
      };
      await failFor(59);
      await failFor(61);
      await failFor(62);
      await failFor(121);
      expect(up.received.map((hook) => JSON.parse(hook.body))).toMatchObject([
        { type: 'endpoint.failing', data: { endpointId: id, percent: 50 } },
        { type: 'endpoint.disabled', data: { endpointId: id, reason: 'failing' } },
      ]);
      expect(await webhooks.notifier.endpoints.get('ten_a', id)).toMatchObject({
        enabled: false,
        disabledReason: 'failing',
      });
      expect(await webhooks.notifier.endpoints.enable('ten_a', id)).toMatchObject({
        enabled: true,
        failingSince: null,
      });
    });

    it('because the signing secret cannot be read are kept for later, and nothing unsigned is sent', async () => {
      const target = await receiver();
      await endpoint(target.url);
      await webhooks.notifier.service.fanOut([routeDecided()]);
      await webhooks.notifier.run(webhooks.notifier.instance(undefined, new Sealer(randomBytes(32))));
      expect(target.received).toEqual([]);
      expect(await theDelivery()).toMatchObject({
        status: 'pending',
        attempts: [{ outcome: 'failed', statusCode: null }],
      });
    });

    it('and then succeed end the endpoint’s record of failing', async () => {
      const target = await receiver(500);
      const { id } = await endpoint(target.url);
      await webhooks.notifier.service.fanOut([routeDecided()]);
      await webhooks.notifier.run();
      expect((await webhooks.notifier.endpoints.get('ten_a', id)).failingSince).not.toBeNull();
      target.answer = (_call, _request, response) => response.writeHead(200).end();
      const delivery = await theDelivery();
      await webhooks.notifier.makeDue(delivery.id);
      await webhooks.notifier.attempt(delivery.id);
      expect((await webhooks.notifier.endpoints.get('ten_a', id)).failingSince).toBeNull();
    });
  });

  describe('to a slow receiver', () => {
    it('never delay those to another, and take no more than their own few slots', async () => {
      const [slow, quick] = [await receiver(), await receiver()];
      const held: (() => void)[] = [];
      slow.answer = (_call, _request, response) => held.push(() => response.writeHead(204).end());
      const { id } = await endpoint(slow.url);
      await webhooks.notifier.service.fanOut(Array.from({ length: 10 }, () => routeDecided()));
      const running = webhooks.notifier.run();
      await slow.waitFor(MAX_IN_FLIGHT);
      await endpoint(quick.url);
      await webhooks.notifier.endpoints.update(ownerOf('ten_a'), id, { events: ['route.failed'] });
      await webhooks.notifier.service.fanOut([routeDecided()]);
      await webhooks.notifier.run();
      expect(quick.received).toHaveLength(1);
      expect(slow.received).toHaveLength(MAX_IN_FLIGHT);
      for (const release of held) release();
      await running;
      const { data } = await webhooks.notifier.deliveries.listOf('ten_a', id, { limit: 20 });
      expect(data.filter((delivery) => delivery.status === 'delivered')).toHaveLength(MAX_IN_FLIGHT);
      const putOff = data.filter((delivery) => delivery.status === 'pending');
      expect(putOff.every((delivery) => delivery.attemptCount === 0)).toBe(true);
      expect([...webhooks.notifier.queue.jobs.values()].filter((job) => job.delayMs > 0)).toHaveLength(putOff.length);
    });
  });

  describe('and their endpoints', () => {
    it('follow a new URL from the next attempt on', async () => {
      const [old, fresh] = [await receiver(500), await receiver()];
      const { id } = await endpoint(old.url);
      await webhooks.notifier.service.fanOut([routeDecided()]);
      await webhooks.notifier.run();
      await webhooks.notifier.endpoints.update(ownerOf('ten_a'), id, { url: fresh.url });
      const delivery = await theDelivery();
      await webhooks.notifier.makeDue(delivery.id);
      await webhooks.notifier.attempt(delivery.id);
      expect([old.received.length, fresh.received.length]).toEqual([1, 1]);
    });

    it.each(['disable', 'remove'] as const)('stop at once after %s, and say so', async (action) => {
      const target = await receiver(500);
      const { id } = await endpoint(target.url);
      await webhooks.notifier.service.fanOut([routeDecided()]);
      await webhooks.notifier.run();
      await webhooks.notifier.endpoints[action]('ten_a', id);
      const delivery = await theDelivery();
      expect(delivery).toMatchObject({ status: 'stopped', nextAttemptAt: null });
      await webhooks.notifier.attempt(delivery.id);
      expect(target.received).toHaveLength(1);
    });

    it('stop even when the delivery was made while the endpoint was being disabled', async () => {
      const target = await receiver();
      const { id } = await endpoint(target.url);
      await webhooks.notifier.service.fanOut([routeDecided()]);
      await webhooks.notifier.admin(
        `UPDATE webhook_endpoints SET enabled = false, disabled_reason = 'requested' WHERE id = $1`,
        [id],
      );
      await webhooks.notifier.run();
      expect(target.received).toEqual([]);
      expect(await theDelivery()).toMatchObject({ status: 'stopped' });
    });

    it('show a secret once; neither it nor what it is sealed into is in any row as text', async () => {
      const target = await receiver();
      const created = await endpoint(target.url);
      const { secret } = await webhooks.notifier.endpoints.rotateSecret('ten_a', created.id, { overlapHours: 24 });
      await webhooks.notifier.endpoints.tenantSecret('ten_a');
      expect(JSON.stringify(await webhooks.notifier.endpoints.get('ten_a', created.id))).not.toContain('whsec');
      const dump = JSON.stringify([
        await webhooks.notifier.admin('SELECT e.*, encode(e.secret_sealed, $1) FROM webhook_endpoints e', ['escape']),
        await webhooks.notifier.admin('SELECT t.*, encode(t.webhook_secret_sealed, $1) FROM tenants t', ['escape']),
      ]);
      for (const text of ['whsec', created.secret.slice(6), secret!.slice(6)]) expect(dump).not.toContain(text);
    });

    it('get a test event whatever they filter, but not while they are disabled', async () => {
      const target = await receiver();
      const { id, secret } = await endpoint(target.url, { events: ['route.failed'] });
      const delivery = await webhooks.notifier.deliveries.test('ten_a', id);
      expect(delivery).toMatchObject({ type: 'webhook.test', status: 'pending', attemptCount: 0 });
      await webhooks.notifier.run();
      const [hook] = target.received;
      expect(new Webhook(secret).verify(hook!.body, hook!.headers)).toMatchObject({ type: 'webhook.test' });
      await webhooks.notifier.endpoints.disable('ten_a', id);
      await expect(webhooks.notifier.deliveries.test('ten_a', id)).rejects.toMatchObject({ code: 'endpoint_disabled' });
      await expect(webhooks.notifier.deliveries.resend('ten_a', delivery.id)).rejects.toMatchObject({
        code: 'endpoint_disabled',
      });
    });

    it('are refused where their URL leads nowhere or nowhere good', async () => {
      await expect(endpoint('ftp://example.com/')).rejects.toMatchObject({
        code: 'webhook_url_refused',
        extra: { errors: [{ pointer: '/url', detail: expect.stringContaining('https://') }] },
      });
    });

    it('are fifty at most, however many ask at once', async () => {
      const target = await receiver();
      const made = await Promise.allSettled(Array.from({ length: 53 }, () => endpoint(target.url)));
      expect(made.filter((result) => result.status === 'fulfilled')).toHaveLength(50);
      expect(made.find((result) => result.status === 'rejected')).toMatchObject({
        reason: { code: 'endpoint_limit_reached' },
      });
    });

    it('and their deliveries are nobody else’s', async () => {
      const target = await receiver();
      const { id } = await endpoint(target.url);
      await webhooks.notifier.service.fanOut([routeDecided()]);
      const delivery = await theDelivery();
      const attempts = [
        () => webhooks.notifier.endpoints.get('ten_b', id),
        () => webhooks.notifier.endpoints.update(ownerOf('ten_b'), id, { url: target.url }),
        () => webhooks.notifier.endpoints.rotateSecret('ten_b', id, { overlapHours: 24 }),
        () => webhooks.notifier.endpoints.disable('ten_b', id),
        () => webhooks.notifier.endpoints.enable('ten_b', id),
        () => webhooks.notifier.endpoints.remove('ten_b', id),
        () => webhooks.notifier.deliveries.listOf('ten_b', id, { limit: 10 }),
        () => webhooks.notifier.deliveries.test('ten_b', id),
        () => webhooks.notifier.deliveries.replay('ten_b', id, { since: new Date(0).toISOString(), dryRun: false }),
        () => webhooks.notifier.deliveries.replay('ten_b', id, { since: new Date(0).toISOString(), dryRun: true }),
        () => webhooks.notifier.deliveries.get('ten_b', delivery.id),
        () => webhooks.notifier.deliveries.resend('ten_b', delivery.id),
      ];
      for (const attempt of attempts)
        await expect(attempt()).rejects.toMatchObject({ code: expect.stringMatching(/_not_found$/) });
      expect((await webhooks.notifier.endpoints.list('ten_b', { limit: 10 })).data).toEqual([]);
      expect((await webhooks.notifier.deliveries.list('ten_b', { limit: 10 })).data).toEqual([]);
    });

    it('are listed newest first, page by page', async () => {
      const target = await receiver();
      const ids: string[] = [];
      for (let index = 0; index < 3; index++) ids.unshift((await endpoint(target.url)).id);
      const first = await webhooks.notifier.endpoints.list('ten_a', { limit: 2 });
      const second = await webhooks.notifier.endpoints.list('ten_a', { limit: 2, cursor: first.nextCursor! });
      expect([...first.data, ...second.data].map((row) => row.id)).toEqual(ids);
      expect(second.nextCursor).toBeNull();
    });
  });
});
