import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Deadline } from '../../../common/deadline.js';
import { NowAndThen } from '../../../common/pacing/now-and-then.js';
import { Config } from '../../../config.js';
import { Cache } from '../../../platform/cache/cache.js';
import { HttpClient } from '../../../platform/outgoing/http.client.js';
import { CircuitBreaker } from '../../../platform/resilience/circuit-breaker.js';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import { planningMetrics } from '../planning.metrics.js';
import type { PlanRequest } from '../solver/plan.js';
import { choosePlaylist, moodOf, type Playlist } from './playlist.js';
import { SpotifyClient, type Said, type SpotifyFailure } from './spotify.client.js';

/** From when the plan is begun. One that is made sooner waits for the rest of it. */
const PATIENCE_MS = 800;
const LOOK_EVERY_MS = 30_000;

/** Finds a playlist to cook by. A plan is as good without: whatever happens there is a playlist soon, or null. */
@Injectable()
export class PlaylistService {
  private readonly client: SpotifyClient | null;
  private readonly breaker = new CircuitBreaker<Found>((said) => !said.ok && said.reason !== 'rate_limited');
  private readonly looked: NowAndThen<boolean>;
  private rests = Deadline.in(0);

  constructor(
    http: HttpClient,
    cache: Cache,
    private readonly metrics: Metrics,
    private readonly log: PinoLogger,
    { values }: Config,
  ) {
    const { SPOTIFY_CLIENT_ID: clientId, SPOTIFY_CLIENT_SECRET: clientSecret } = values;
    const urls = { accountsUrl: values.SPOTIFY_ACCOUNTS_BASE_URL, baseUrl: values.SPOTIFY_BASE_URL };
    this.client =
      clientId === undefined || clientSecret === undefined
        ? null
        : new SpotifyClient(http, cache, { clientId, clientSecret, ...urls });
    this.looked = new NowAndThen(async (signal) => (await this.client!.search('cooking', signal, 1)).ok, LOOK_EVERY_MS);
  }

  /** Never rejects, and answers within 0.8 s of being asked. */
  async find(planId: string, request: Pick<PlanRequest, 'seed'>): Promise<Playlist | null> {
    if (this.client === null) return null;
    const said = await this.search(this.client, moodOf(request));
    const playlist = said.ok ? choosePlaylist(said.value, request) : null;
    const result = said.ok ? (playlist ? 'ok' : 'none') : said.reason;
    this.metrics.of(planningMetrics).playlists.inc({ result });
    this.log[said.ok ? 'info' : 'warn']({ plan_id: planId, result }, 'playlist.asked');
    return playlist;
  }

  /** Whether a search is answered; null when nobody is to be asked. Asked of the host once in half a minute at most. */
  async isReachable(signal: AbortSignal): Promise<boolean | null> {
    return this.client === null ? null : this.looked.get(signal);
  }

  private async search(client: SpotifyClient, words: string): Promise<Found> {
    if (!this.rests.passed) return resting;
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const late = new Promise<Found>((resolve) =>
      signal.addEventListener('abort', () => resolve({ ok: false, reason: 'timeout', restMs: 0 }), { once: true }),
    );
    try {
      // The token may come from a cache that is slower than our patience.
      const said = await this.breaker.run('spotify', () => Promise.race([client.search(words, signal), late]));
      if (said && !said.ok && said.restMs > 0) this.rests = Deadline.in(said.restMs);
      return said ?? resting;
    } catch (error) {
      this.log.warn({ error: error instanceof Error ? error.name : typeof error }, 'playlist.broken');
      return { ok: false, reason: 'broken', restMs: 0 };
    }
  }
}

type Found =
  | Extract<Said<{ id: string; name: string }[]>, { ok: true }>
  | { ok: false; reason: SpotifyFailure | 'resting' | 'broken'; restMs: number };
const resting: Found = { ok: false, reason: 'resting', restMs: 0 };
