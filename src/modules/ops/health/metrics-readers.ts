import { createHash } from 'node:crypto';

/** So long after a key was last let in, it is let in again while nobody can look it up. */
const KNOWN_MS = 15 * 60_000;
const MOST = 100;

/**
 * Who was let in to the metrics lately. While the database is away a key can neither be looked up nor revoked, and then is when its metrics are
 * wanted most. Only digests are kept.
 */
export class MetricsReaders {
  private readonly lastIn = new Map<string, number>();

  letIn(key: string, now = Date.now()): void {
    const digest = digestOf(key);
    this.lastIn.delete(digest);
    this.lastIn.set(digest, now);
    if (this.lastIn.size > MOST) this.lastIn.delete(this.lastIn.keys().next().value!);
  }

  refused(key: string): void {
    this.lastIn.delete(digestOf(key));
  }

  isKnown(key: string, now = Date.now()): boolean {
    return key !== '' && now - (this.lastIn.get(digestOf(key)) ?? -Infinity) <= KNOWN_MS;
  }
}

const digestOf = (key: string): string => createHash('sha256').update(key).digest('base64');
