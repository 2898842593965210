import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../common/errors.js';
import { Config } from '../../config.js';
import { waitOf, type Reading } from '../../platform/http/submitted.js';
import { placeOf } from './address-window.js';
import { KeyWatch } from './key-watch.service.js';
import type { TenantContext } from './scopes.js';

const RETRY_AFTER_SECONDS = 5;

/**
 * Callers who wait for something to be closed: bounded for each API key, for each address and in all, and only as long as the key may
 * be used.
 */
@Injectable()
export class LongPolls {
  private readonly held = new Map<string, number>();

  constructor(
    private readonly config: Config,
    private readonly keys: KeyWatch,
  ) {}

  /**
   * What is read now, or, if the caller would rather wait, once it is closed or after so many seconds; given up when the caller leaves.
   * Beyond the bounds who only reads is refused; what was just accepted is answered at once, for it is not to be lost.
   */
  async read<T>(tenant: TenantContext, request: FastifyRequest, reply: FastifyReply, reading: Reading<T>): Promise<T> {
    const seconds = waitOf(request);
    if (seconds === null || seconds === 0) {
      if (seconds === 0) reply.header('Preference-Applied', 'wait=0');
      return reading.now();
    }
    const full = this.refusal(tenant, request.ip);
    if (full && request.method === 'POST') return reading.now();
    return this.hold(tenant, request, (gone) => {
      reply.header('Preference-Applied', `wait=${seconds}`);
      return reading.within(seconds, gone);
    });
  }

  /** Throws `waits_too_many` or `overloaded` before `work` begins, and `api_key_invalid` once the key has ended while it waited. */
  async hold<T>(tenant: TenantContext, request: FastifyRequest, work: (gone: AbortSignal) => Promise<T>): Promise<T> {
    const full = this.refusal(tenant, request.ip);
    if (full) throw full;
    const names = namesOf(tenant, request.ip);
    for (const name of names) this.change(name, 1);
    const gone = new AbortController();
    const left = () => gone.abort();
    request.raw.once('close', left);
    let unwatch = () => undefined as void;
    const ended = new Promise<never>((_, reject) => {
      unwatch = this.keys.watch(tenant, () => {
        reject(
          new AppError(
            tenant.session ? 'session_invalid' : tenant.only ? 'token_invalid' : 'api_key_invalid',
            `key ${tenant.keyId} or its session ended while its caller waited`,
          ),
        );
        gone.abort();
      });
    });
    try {
      return await Promise.race([work(gone.signal), ended]);
    } finally {
      unwatch();
      request.raw.off('close', left);
      for (const name of names) this.change(name, -1);
    }
  }

  private refusal(tenant: TenantContext, address: string): AppError | null {
    const { LOOPGPT_MAX_WAITS, LOOPGPT_MAX_WAITS_PER_KEY, LOOPGPT_MAX_WAITS_PER_ADDRESS } = this.config.values;
    const [ofKey, ofAddress, all] = namesOf(tenant, address).map((name) => this.held.get(name) ?? 0);
    const retryAfterSeconds = RETRY_AFTER_SECONDS;
    if (ofKey! >= LOOPGPT_MAX_WAITS_PER_KEY)
      return new AppError('waits_too_many', `key ${tenant.keyId} has ${ofKey}`, { retryAfterSeconds });
    if (ofAddress! >= LOOPGPT_MAX_WAITS_PER_ADDRESS)
      return new AppError('waits_too_many', `address ${address} has ${ofAddress}`, { retryAfterSeconds });
    if (all! >= LOOPGPT_MAX_WAITS) return new AppError('overloaded', `${all} long polls`, { retryAfterSeconds });
    return null;
  }

  private change(name: string, by: 1 | -1): void {
    const held = (this.held.get(name) ?? 0) + by;
    if (held > 0) this.held.set(name, held);
    else this.held.delete(name);
  }
}

const namesOf = ({ tenantId, keyId }: TenantContext, address: string): [string, string, string] => [
  `key ${tenantId} ${keyId}`,
  `address ${placeOf(address)}`,
  'all',
];
