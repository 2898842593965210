import { createHash } from 'node:crypto';
import { z } from 'zod';
import { retryAfterMs } from '../../../common/pacing/retry-after.js';
import type { Cache } from '../../../platform/cache/cache.js';
import { jsonOf, type HttpAnswer, type HttpClient } from '../../../platform/outgoing/http.client.js';
import { Found, Token } from './spotify.wire.js';

export interface SpotifySettings {
  clientId: string;
  clientSecret: string;
  accountsUrl: string;
  baseUrl: string;
}

export type SpotifyFailure = 'timeout' | 'unreachable' | 'unauthorized' | 'rate_limited' | 'rejected' | 'unreadable';
export type Said<T> = { ok: true; value: T } | { ok: false; reason: SpotifyFailure; restMs: number };

/** Renewed this long before it expires (1 h), so that no call carries a token that lapses under way. */
const TOKEN_MARGIN_MS = 60_000;
/** The most a search may ask for, since February 2026. */
const MOST_FOUND = 10;
const MAX_BYTES = 256 * 1024;

/** Carries a failure through the cache, which keeps only what resolves. */
class NoToken extends Error {
  constructor(readonly failure: Extract<Said<never>, { ok: false }>) {
    super('no token');
  }
}

/**
 * The Spotify Web API with an app's own token, which all workers share until it expires. HTTP only; failures are values without a
 * word of theirs, and no name or token of ours.
 */
export class SpotifyClient {
  private readonly tokenKey: string;

  constructor(
    private readonly http: HttpClient,
    private readonly cache: Cache,
    private readonly settings: SpotifySettings,
  ) {
    // Bound to host and credential: rotated credentials never share a token.
    const { accountsUrl, clientId, clientSecret } = settings;
    const digest = createHash('sha256').update(`${accountsUrl} ${clientId} ${clientSecret}`).digest('hex');
    this.tokenKey = `spotify:token:${digest.slice(0, 16)}`;
  }

  /** Public playlists that a search finds, `limit` of 1 to 10. After a 401 it asks once more with a new token. */
  async search(words: string, signal: AbortSignal, limit = MOST_FOUND): Promise<Said<{ id: string; name: string }[]>> {
    const query = new URLSearchParams({ q: words, type: 'playlist', limit: String(limit) });
    const path = `/v1/search?${query.toString()}`;
    let said = await this.get(path, Found, signal);
    if (!said.ok && said.reason === 'unauthorized') {
      await this.cache.delete(this.tokenKey);
      said = await this.get(path, Found, signal);
    }
    if (!said.ok) return said;
    return { ok: true, value: said.value.playlists.items.filter((item) => item !== null) };
  }

  private async get<T>(path: string, schema: z.ZodType<T>, signal: AbortSignal): Promise<Said<T>> {
    const token = await this.token(signal);
    if (!token.ok) return token;
    const headers = { authorization: `Bearer ${token.value}`, accept: 'application/json' };
    const url = this.settings.baseUrl + path;
    return read(await this.http.call({ method: 'GET', url, headers, maxBytes: MAX_BYTES }, signal), schema);
  }

  private async token(signal: AbortSignal): Promise<Said<string>> {
    try {
      const load = async () => {
        const fetched = await this.fetchToken(signal);
        if (!fetched.ok) throw new NoToken(fetched);
        const { access_token, expires_in } = fetched.value;
        return { value: access_token, ttlMs: Math.max(1000, expires_in * 1000 - TOKEN_MARGIN_MS) };
      };
      return { ok: true, value: await this.cache.once(this.tokenKey, load) };
    } catch (error) {
      if (error instanceof NoToken) return error.failure;
      throw error;
    }
  }

  private async fetchToken(signal: AbortSignal): Promise<Said<z.infer<typeof Token>>> {
    const { clientId, clientSecret, accountsUrl } = this.settings;
    const headers = {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    };
    const call = { method: 'POST', url: `${accountsUrl}/api/token`, headers, maxBytes: MAX_BYTES } as const;
    const said = read(await this.http.call({ ...call, body: 'grant_type=client_credentials' }, signal), Token);
    // They refuse a wrong id or secret by 400 invalid_client.
    return !said.ok && said.reason === 'rejected' ? { ...said, reason: 'unauthorized' } : said;
  }
}

function read<T>(answer: HttpAnswer, schema: z.ZodType<T>): Said<T> {
  const failed = (reason: SpotifyFailure, restMs = 0): Said<T> => ({ ok: false, reason, restMs });
  if (!answer.ok) {
    if (answer.kind === 'timeout') return failed('timeout');
    return failed(answer.kind === 'too_large' || answer.kind === 'protocol' ? 'unreadable' : 'unreachable');
  }
  const { status, headers, bytes } = answer;
  if (status === 401 || status === 403) return failed('unauthorized');
  if (status === 429) return failed('rate_limited', retryAfterMs(headers['retry-after']) ?? REST_MS);
  if (status >= 500) return failed('unreachable');
  if (status !== 200) return failed('rejected');
  const parsed = schema.safeParse(jsonOf(bytes));
  return parsed.success ? { ok: true, value: parsed.data } : failed('unreadable');
}

/** Their limit is counted over 30 s. */
const REST_MS = 30_000;
