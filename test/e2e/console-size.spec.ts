import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'undici';
import { inBrowser } from '../support/browser.js';
import { consoleJourney } from '../support/console.js';

const ASSETS = join('dist', 'console', 'assets');
const FIRST_PAGE_BYTES = 90_000;
const ALL_PAGES_BYTES = 200_000;
const FIRST_CONTENT_MS = 1000;

inBrowser('what the console weighs', () => {
  const journey = consoleJourney();

  it('is at most 200 kB for all its pages together', () => {
    const packed = readdirSync(ASSETS).filter((name) => name.endsWith('.gz'));
    expect(packed.length).toBeGreaterThan(3);
    const bytes = packed.reduce((sum, name) => sum + statSync(join(ASSETS, name)).size, 0);
    expect(bytes).toBeLessThanOrEqual(ALL_PAGES_BYTES);
  });

  it('is at most 90 kB for the first page, which shows something within a second', async () => {
    const times: number[] = [];
    for (let visit = 0; visit < 3; visit++) {
      const { page } = await journey.visit('');
      await page.getByRole('heading', { level: 1 }).waitFor();
      const { bytes, paintMs } = await page.evaluate<{ bytes: number; paintMs: number }>(`({
        bytes: [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
          .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
        paintMs: performance.getEntriesByName('first-contentful-paint')[0].startTime,
      })`);
      expect(bytes).toBeGreaterThan(10_000);
      expect(bytes).toBeLessThanOrEqual(FIRST_PAGE_BYTES);
      times.push(paintMs);
      await journey.leave();
    }
    expect(Math.min(...times)).toBeLessThanOrEqual(FIRST_CONTENT_MS);
  }, 60_000);

  it('is kept by browsers for as long as it stays the same', async () => {
    const page = await request(`${journey.product.url}/console/race`);
    expect(page.headers['cache-control']).toContain('no-cache');
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
    const [file] = /\/console\/assets\/main-\w+\.js/.exec(await page.body.text())!;
    for (const [accepted, packed] of [
      ['br', 'br'],
      ['gzip', 'gzip'],
      ['identity', undefined],
    ]) {
      const { statusCode, headers, body } = await request(journey.product.url + file, {
        headers: { 'accept-encoding': accepted },
      });
      expect([statusCode, headers['content-encoding']]).toEqual([200, packed]);
      expect(headers['cache-control']).toMatch(/max-age=31536000.*immutable/);
      expect(headers['content-type']).toContain('javascript');
      await body.dump();
    }
    const missing = await request(`${journey.product.url}/console/assets/main-0.js`);
    expect([missing.statusCode, missing.headers['content-type']]).toEqual([404, expect.stringContaining('json')]);
    await missing.body.dump();
  });
});
