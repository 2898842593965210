import { PinoLogger } from 'nestjs-pino';
import { startSimulator, type Simulator } from '../../../../simulator/main.js';
import { readConfig } from '../../../read-config.js';
import { MemoryCache } from '../../../platform/cache/memory.cache.js';
import { HttpClient } from '../../../platform/outgoing/http.client.js';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import { choosePlaylist, moodOf } from './playlist.js';
import { PlaylistService } from './playlist.service.js';

const SECRET = 'canary-of-spotify';

describe('a playlist', () => {
  it('is the seed’s choice, looked for without a word of the caller’s', () => {
    const found = [
      { id: 'one', name: 'One' },
      { id: 'two', name: 'Two' },
    ];
    expect([0, 1, 2].map((seed) => choosePlaylist(found, { seed })?.id)).toEqual(['one', 'two', 'one']);
    expect(moodOf({ seed: 1 })).toBe(moodOf({ seed: 7 }));
  });

  it('has an address that is ours and a name that can be shown, or it is none', () => {
    const odd = [
      { id: '../evil?x=', name: 'Elsewhere' },
      { id: 'blank', name: ' \u202E\u0000 ' },
      { id: 'fine', name: `Dinner\n\u202E${'x'.repeat(300)}` },
    ];
    const chosen = choosePlaylist(odd, { seed: 5 })!;
    expect(chosen).toMatchObject({ id: 'fine', url: 'https://open.spotify.com/playlist/fine' });
    expect(chosen.name).toMatch(/^Dinner x{93}$/);
    expect(choosePlaylist([], { seed: 5 })).toBeNull();
  });
});

/** The real client against their dialect over HTTP. */
describe('looking for a playlist', () => {
  let simulator: Simulator;
  let http: HttpClient;

  beforeAll(async () => {
    simulator = await startSimulator({ port: 0, latency: { medianMs: 0, p99Ms: 0 } });
    http = new HttpClient();
  });
  afterAll(async () => {
    await http.close();
    await simulator.close();
  });
  beforeEach(() => simulator.control.reset());

  const lines: unknown[] = [];
  const log = {
    info: (...line: unknown[]) => void lines.push(line),
    warn: (...line: unknown[]) => void lines.push(line),
  } as unknown as PinoLogger;
  const service = (env: Record<string, string> = {}): PlaylistService => {
    const values = {
      LOOPGPT_ENV: 'test',
      DATABASE_URL: 'postgres://localhost/db',
      SPOTIFY_CLIENT_ID: 'client',
      SPOTIFY_CLIENT_SECRET: SECRET,
      SPOTIFY_ACCOUNTS_BASE_URL: `${simulator.url}/spotify`,
      SPOTIFY_BASE_URL: `${simulator.url}/spotify`,
    };
    return new PlaylistService(http, new MemoryCache(), new Metrics(), log, readConfig({ ...values, ...env }));
  };
  const asked = async (path: RegExp) => (await simulator.control.log()).filter((call) => path.test(call.path)).length;

  it('finds one, with one token for all until it lapses', async () => {
    const playlists = service();
    const found = await Promise.all([1, 1, 2].map((seed) => playlists.find('plan_1', { seed })));
    expect(found[0]).toMatchObject({
      name: expect.stringContaining('vol.'),
      url: expect.stringContaining('/playlist/'),
    });
    expect(found[1]).toEqual(found[0]);
    expect(await asked(/token/)).toBe(1);
    await simulator.control.advance(3_700_000);
    expect(await playlists.find('plan_1', { seed: 1 })).toEqual(found[0]);
    expect(await asked(/token/)).toBe(2);
  });

  it.each(['hang', 'drip', 'reset', 'garbage', 'truncated', 'huge', 'error500', 'status403', 'wrong_types'] as const)(
    'has none soon after %s, and throws nothing',
    async (mode) => {
      await simulator.control.setFault('SPOTIFY', { mode, on: 'all' });
      const from = performance.now();
      expect(await service().find('plan_1', { seed: 1 })).toBeNull();
      expect(performance.now() - from).toBeLessThan(1500);
    },
  );

  it('leaves them alone for as long as they ask', async () => {
    await simulator.control.setFault('SPOTIFY', { mode: 'status429', count: 1 });
    const playlists = service();
    expect(await playlists.find('plan_1', { seed: 1 })).toBeNull();
    expect(await playlists.find('plan_2', { seed: 1 })).toBeNull();
    expect(await asked(/search/)).toBe(1);
  });

  it('asks nobody without credentials, and says whether those it has are good', async () => {
    const off = service({ SPOTIFY_CLIENT_ID: '', SPOTIFY_CLIENT_SECRET: '' });
    expect(await off.find('plan_1', { seed: 1 })).toBeNull();
    const signal = AbortSignal.timeout(2000);
    expect(await off.isReachable(signal)).toBeNull();
    expect(await service().isReachable(signal)).toBe(true);
    expect(await service({ SPOTIFY_CLIENT_SECRET: 'wrong' }).isReachable(signal)).toBe(false);
  });

  it('writes neither secret nor token into a line', () => {
    expect(lines.length).toBeGreaterThan(5);
    const text = JSON.stringify(lines);
    for (const word of [SECRET, 'Bearer', 'Basic', 'BQ']) expect(text).not.toContain(word);
  });
});
