import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Repeating } from '../../common/pacing/repeating.js';
import { TenantsRepository } from './tenants.repository.js';
import { NO_KEY } from './api-key.js';

/** A connection that lasts is looked at so often; with the time of a look it ends well within 3 s of its key. */
const LOOK_MS = 1000;

/** Ends what lasts longer than a request once the key it was begun with is revoked or has expired. One statement looks at all of them. */
@Injectable()
export class KeyWatch implements OnApplicationShutdown {
  private readonly watched = new Map<string, Set<() => void>>();
  private readonly looking: Repeating;

  constructor(
    private readonly tenants: TenantsRepository,
    log: PinoLogger,
  ) {
    this.looking = new Repeating(
      () => this.look(),
      LOOK_MS,
      // Nothing ends because a store is away: the next look tells.
      (error) => log.warn({ error: String(error) }, 'key_watch.failed'),
    );
    this.looking.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.looking.stop();
  }

  /** Calls `end` once `keyId` may not be used any more; the answer stops watching. */
  watch(keyId: string, end: () => void): () => void {
    if (keyId === NO_KEY) return () => undefined;
    const ends = this.watched.get(keyId) ?? new Set();
    this.watched.set(keyId, ends.add(end));
    return () => {
      ends.delete(end);
      if (ends.size === 0 && this.watched.get(keyId) === ends) this.watched.delete(keyId);
    };
  }

  private async look(): Promise<void> {
    if (this.watched.size === 0) return;
    const usable = await this.tenants.usableAmong([...this.watched.keys()]);
    for (const [keyId, ends] of this.watched) {
      if (usable.has(keyId)) continue;
      for (const end of ends) end();
    }
  }
}
