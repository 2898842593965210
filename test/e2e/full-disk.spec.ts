import { spawnSync } from 'node:child_process';
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { Api } from '../support/api.js';
import { CART } from '../support/cart.js';
import { Launcher } from '../support/launcher.js';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const place = mkdtempSync(join(tmpdir(), 'loopgpt-disk-'));
/** Only root may mount; the launcher brings its own stores, so once is enough. */
const isMounted =
  !process.env.TEST_REDIS_URL &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400m', 'tmpfs', place], { stdio: 'ignore' }).status === 0;
const mounted = isMounted ? describe : describe.skip;
afterAll(() => {
  if (isMounted) spawnSync('umount', ['-l', place]);
  rmSync(place, { recursive: true, force: true });
});

/** P3 with a disk that is full indeed, and the database that `npm start` brings. */
mounted('a disk without room', () => {
  const filler = join(place, 'filler');
  let launcher: Launcher;
  let url: string;

  beforeAll(async () => {
    launcher = new Launcher({ PORT: '0', LOOPGPT_DATA_DIR: join(place, 'data') });
    url = await launcher.ready(120_000);
  }, 150_000);
  afterAll(() => launcher?.end('SIGTERM'), 60_000);

  const readiness = async () => (await request(`${url}/health/ready`).catch(() => null))?.statusCode ?? 0;
  const isReadyBy = async (ready: boolean, withinMs: number) => {
    for (const until = Date.now() + withinMs; Date.now() < until; await pause(200))
      if (((await readiness()) === 200) === ready) return true;
    return false;
  };

  it('makes it not ready, is no 202 that is lost, and all that was accepted is decided when there is room again', async () => {
    const api = new Api(url);
    const submit = async () =>
      (await api.post('/v1/routes', { ...CART, deadlineMs: 10_000 }).catch(() => null)) ?? null;
    const accepted: string[] = [];
    const statuses = new Set<number>();
    expect(await isReadyBy(true, 30_000)).toBe(true);
    fill(filler);
    for (let count = 0; count < 20; count++) {
      const answer = await submit();
      statuses.add(answer?.status ?? 0);
      if (answer?.status === 202) accepted.push(answer.body.id as string);
    }
    expect(await isReadyBy(false, 30_000)).toBe(true);
    rmSync(filler);
    expect(await isReadyBy(true, 60_000)).toBe(true);
    expect([...statuses].filter((status) => ![202, 429, 503].includes(status))).toEqual([]);
    for (const id of accepted) expect((await api.outcome(id, 30)).status).not.toBe('open');
    expect((await api.route(CART, 30)).status).toBe('fulfilled');
  }, 240_000);
});

/** Writes until nothing more can be written. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  for (let size = 1 << 20; size >= 512; size /= 4) {
    const zeros = Buffer.alloc(size);
    try {
      for (;;) writeSync(file, zeros);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
  fsyncSync(file);
  closeSync(file);
}
