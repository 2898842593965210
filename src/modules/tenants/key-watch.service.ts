import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Repeating } from '../../common/pacing/repeating.js';
import { TenantsRepository } from './tenants.repository.js';
import { NO_KEY } from './api-key.js';
import type { TenantContext } from './scopes.js';
import { SessionsRepository } from './sessions/sessions.repository.js';

/** A connection that lasts is looked at so often; with the time of a look it ends well within 3 s of its key. */
const LOOK_MS = 1000;

/** Ends what lasts longer than a request once the key, or the session, it was begun with may not be used. A statement each looks at all of them. */
@Injectable()
export class KeyWatch implements OnApplicationShutdown {
  private readonly watched = new Map<string, Set<() => void>>();
  private readonly looking: Repeating;

  constructor(
    private readonly tenants: TenantsRepository,
    private readonly sessions: SessionsRepository,
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

  /** Calls `end` once what the tenant came with may not be used any more; the answer stops watching. */
  watch({ keyId, session }: TenantContext, end: () => void): () => void {
    if (keyId === NO_KEY) return () => undefined;
    const id = session?.id ?? keyId;
    const ends = this.watched.get(id) ?? new Set();
    this.watched.set(id, ends.add(end));
    return () => {
      ends.delete(end);
      if (ends.size === 0 && this.watched.get(id) === ends) this.watched.delete(id);
    };
  }

  private async look(): Promise<void> {
    if (this.watched.size === 0) return;
    const looked = [...this.watched];
    const [sessions, keys] = [true, false].map((of) => looked.map(([id]) => id).filter((id) => isSession(id) === of));
    const usable = await this.tenants.usableAmong(keys!);
    if (sessions!.length > 0) for (const id of await this.sessions.usableAmong(sessions!)) usable.add(id);
    for (const [id, ends] of looked) {
      if (usable.has(id)) continue;
      for (const end of ends) end();
    }
  }
}

/** No key's id has an underscore. */
const isSession = (id: string): boolean => id.startsWith('ses_');
