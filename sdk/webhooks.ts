import { Webhook } from 'standardwebhooks';
import type { Event } from './types.js';

/**
 * The event of a webhook whose signature and time are right; throws otherwise. `body` is the request's body as it came, before any
 * parsing: the signature is over its very bytes.
 */
export function verifyWebhook(secret: string, body: string, headers: Record<string, string>): Event {
  return new Webhook(secret).verify(body, headers) as Event;
}
