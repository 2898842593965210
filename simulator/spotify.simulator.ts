import type {
  ProviderSimulator,
  SimulatedReply,
  SimulatedRequest,
  SimulatedWorld,
} from '../src/modules/providers/simulation.js';
import { digestOf } from './seeded.js';

const TOKEN_SECONDS = 3600;
const MOST_FOUND = 10;
/** The number is not published; the window is. */
const CALLS = 180;
const WINDOW_MS = 30_000;

/**
 * Spotify's accounts host (POST /api/token) and its Web API (GET /v1/search) as development-mode apps have them since February 2026:
 * tokens for an hour, pages of ten, null for a playlist that may not be shown. Any client is known whose secret is not "wrong".
 */
export function spotifySimulator(): ProviderSimulator {
  const tokens = new Map<string, number>();
  return {
    id: 'SPOTIFY',
    auxiliary: /^\/api\/token$/,
    refusal: (status) => refused(status, `simulated ${status}`),
    respond(request, world) {
      if (request.path === '/api/token') return token(request, world, tokens);
      const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
      if (bearer === undefined) return refused(401, 'No token provided');
      if ((tokens.get(bearer) ?? 0) <= world.nowMs()) return refused(401, 'The access token expired');
      if (!world.allows('spotify', CALLS, WINDOW_MS)) return refused(429, 'API rate limit exceeded');
      if (request.method !== 'GET' || request.path !== '/v1/search') return refused(404, 'Service not found');
      return search(request.query);
    },
  };
}

function token(request: SimulatedRequest, world: SimulatedWorld, tokens: Map<string, number>): SimulatedReply {
  const failed = (error: string, error_description: string): SimulatedReply => ({
    status: 400,
    body: { error, error_description },
  });
  if (request.method !== 'POST') return refused(405, 'Method not allowed');
  const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const [id, secret] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  if (!id || !secret || secret === 'wrong') return failed('invalid_client', 'Invalid client');
  if (new URLSearchParams(request.body).get('grant_type') !== 'client_credentials') {
    return failed(
      'unsupported_grant_type',
      'grant_type must be client_credentials, authorization_code or refresh_token',
    );
  }
  const access = `BQ${world.freshId()}`;
  tokens.set(access, world.nowMs() + TOKEN_SECONDS * 1000);
  return { status: 200, body: { access_token: access, token_type: 'Bearer', expires_in: TOKEN_SECONDS } };
}

function search(query: URLSearchParams): SimulatedReply {
  const words = query.get('q') ?? '';
  const [limit, offset] = [Number(query.get('limit') ?? 5), Number(query.get('offset') ?? 0)];
  if (words === '') return refused(400, 'No search query');
  if (query.get('type') !== 'playlist') return refused(400, 'Bad search type field');
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_FOUND) return refused(400, 'Invalid limit');
  const items = Array.from({ length: limit }, (_, index) => (index % 4 === 3 ? null : playlist(words, offset + index)));
  return { status: 200, body: { playlists: { limit, offset, total: 1000, previous: null, next: null, items } } };
}

function playlist(words: string, index: number): object {
  const id = digestOf('playlist', words, index).slice(0, 22);
  return {
    collaborative: false,
    description: '',
    id,
    name: `${words} vol. ${index + 1}`,
    primary_color: null,
    external_urls: { spotify: `https://open.spotify.com/playlist/${id}` },
    href: `https://api.spotify.com/v1/playlists/${id}`,
    owner: {
      display_name: 'a listener',
      id: 'listener',
      type: 'user',
    },
    items: {
      href: `https://api.spotify.com/v1/playlists/${id}/items`,
      total: 50,
    },
    public: true,
    snapshot_id: id,
    type: 'playlist',
    uri: `spotify:playlist:${id}`,
  };
}

function refused(status: number, message: string): SimulatedReply {
  const headers: Record<string, string> = status === 429 ? { 'retry-after': '1' } : {};
  return { status, body: { error: { status, message } }, headers };
}
