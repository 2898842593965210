import { createPublicKey, verify } from 'node:crypto';
import { newSecret } from '../../src/modules/notifications/deciding/signature.js';
import { Receiver } from '../support/receiver.js';
import { routeDecided } from '../support/webhooks/notifier.js';
import { notifying } from '../support/webhooks/notifying.js';

describe('webhooks', () => {
  const webhooks = notifying();
  const { receiver, endpoint } = webhooks;

  describe('with the manners an endpoint asks for', () => {
    const subject = 'req_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9';
    const typesAt = (target: Receiver) =>
      target.received.map(({ body }) => (JSON.parse(body) as { sequence: number }).sequence);

    it('come in the order of their subject: none before those that are owed earlier, each soon after', async () => {
      const target = await receiver(500);
      await endpoint(target.url, { ordered: true });
      const events = [1, 2, 3].map((sequence) => routeDecided({ subject, sequence }));
      await webhooks.notifier.service.fanOut(events);
      await webhooks.notifier.run();
      expect(typesAt(target)).toEqual([1]);
      target.answer = (_call, _request, response) => response.writeHead(204).end();
      const { data } = await webhooks.notifier.deliveries.list('ten_a', { limit: 10 });
      for (let round = 0; round < 3; round++) {
        // The youngest first: it is the row that says whose turn it is, not who asks first.
        for (const { id } of data) {
          await webhooks.notifier.makeDue(id);
          await webhooks.notifier.attempt(id);
        }
      }
      expect(typesAt(target)).toEqual([1, 1, 2, 3]);
      const putOff = [...webhooks.notifier.queue.jobs.values()]
        .map(({ delayMs }) => delayMs)
        .filter((delay) => delay > 0);
      expect(putOff.length).toBeGreaterThan(0);
    });

    it('come in any order where none is asked for, and other subjects never wait', async () => {
      const target = await receiver(500);
      await endpoint(target.url, { ordered: true });
      const plain = await receiver();
      await endpoint(plain.url);
      await webhooks.notifier.service.fanOut([1, 2].map((sequence) => routeDecided({ subject, sequence })));
      await webhooks.notifier.service.fanOut([routeDecided()]);
      await webhooks.notifier.run();
      expect(plain.received).toHaveLength(3);
      expect(target.received).toHaveLength(2);
    });

    it('begin no faster than its top speed, over all processes, and each keeps the moment it was given', async () => {
      const target = await receiver();
      await endpoint(target.url, { maxPerSecond: 2 });
      await webhooks.notifier.service.fanOut(Array.from({ length: 4 }, () => routeDecided()));
      const { data } = await webhooks.notifier.deliveries.list('ten_a', { limit: 10 });
      const other = webhooks.notifier.instance();
      await Promise.all(
        data.map(({ id }, index) => webhooks.notifier.attempt(id, 'ten_a', index % 2 ? other : undefined)),
      );
      expect(target.received).toHaveLength(1);
      const slots = await webhooks.notifier.admin<{ slot: Date }>(
        'SELECT slot_at AS slot FROM webhook_deliveries WHERE slot_at IS NOT NULL ORDER BY slot_at',
      );
      expect(slots).toHaveLength(3);
      const gaps = slots.slice(1).map(({ slot }, index) => slot.getTime() - slots[index]!.slot.getTime());
      expect(gaps).toEqual([500, 500]);
      for (const { id } of data) await webhooks.notifier.attempt(id);
      expect(target.received).toHaveLength(1);
      await webhooks.notifier.database.query(`UPDATE webhook_deliveries SET slot_at = slot_at - interval '1 minute'`);
      for (const { id } of data) await webhooks.notifier.makeDue(id);
      for (const { id } of data) await webhooks.notifier.attempt(id);
      expect(target.received).toHaveLength(4);
    });

    it('are signed so that the public key alone verifies, also through a rotation; the private half is never shown', async () => {
      const target = await receiver();
      const created = await endpoint(target.url, { signature: 'v1a' });
      expect(created).toMatchObject({ secret: null, signature: 'v1a', publicKey: expect.stringMatching(/^whpk_/) });
      const rotated = await webhooks.notifier.endpoints.rotateSecret('ten_a', created.id, { overlapHours: 24 });
      await webhooks.notifier.service.fanOut([routeDecided()]);
      await webhooks.notifier.run();
      const { headers, body } = target.received[0]!;
      const signatures = headers['webhook-signature']!.split(' ').map((one) => one.split(','));
      expect(signatures.map(([version]) => version)).toEqual(['v1a', 'v1a']);
      const signed = Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`);
      const verified = [rotated.publicKey!, created.publicKey!].map((key, index) =>
        verify(null, signed, publicKey(key), Buffer.from(signatures[index]![1]!, 'base64')),
      );
      expect(verified).toEqual([true, true]);
      const secret = newSecret();
      await expect(
        webhooks.notifier.endpoints.rotateSecret('ten_a', created.id, { overlapHours: 0, secret }),
      ).rejects.toMatchObject({ code: 'request_invalid' });
    });
  });
});

/** SubjectPublicKeyInfo around the 32 bytes of an ed25519 key (RFC 8410, section 4). */
function publicKey(text: string) {
  const key = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(text.slice(5), 'base64')]);
  return createPublicKey({ key, format: 'der', type: 'spki' });
}
