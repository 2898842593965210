import { request } from 'undici';
import { startApp, type TestApp } from '../support/app.js';
import { inBrowser, WatchedBrowser, type Seen } from '../support/browser.js';

const LOGIN: [string, string] = ['admin', 'admin-password'];
const BASIC = `Basic ${Buffer.from(LOGIN.join(':')).toString('base64')}`;

/** Every page there is, with what a person must see on it. A page that is not here fails the last test. */
const PAGES: Readonly<Record<string, string | RegExp>> = {
  '/': 'Route this cart',
  '/console': 'What shall we buy?',
  '/v1/recipes/apple-walnut-oatmeal?servings=3': '1½ medium apples',
  '/docs': 'Route a cart: ask every provider, decide, tell',
  '/docs/errors': 'api_key_missing',
  '/docs/errors/api_key_missing': 'Send it again?',
  '/admin/queues': 'webhooks',
  '/admin/queues/queue/quotes': 'quotes',
  '/admin/queues/job-schedulers': 'quotes',
};

// Where no browser can be had, .ci/run says so and counts it.

inBrowser('a page in a browser', () => {
  let test: TestApp;
  let browser: WatchedBrowser;
  const opened: Seen[] = [];

  beforeAll(async () => {
    test = await startApp({ LOOPGPT_ENV: 'development', LOOPGPT_ADMIN_PASSWORD: LOGIN[1] });
    browser = await WatchedBrowser.start(test.url);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await test?.close();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(({ page }) => page.context().close()));
  });

  const open = async (path: string, width?: number): Promise<Seen> => {
    const seen = await browser.open(path, { login: LOGIN, ...(width ? { width } : {}) });
    opened.push(seen);
    return seen;
  };

  it.each(Object.keys(PAGES))(
    '%s shows what it is for, breaks no policy and asks no other host',
    async (path) => {
      const seen = await open(path);
      await seen.page.getByText(PAGES[path]!).first().waitFor({ timeout: 10_000 });
      await seen.page.waitForTimeout(300);
      expect(seen.errors).toEqual([]);
      expect(seen.foreign).toEqual([]);
    },
    40_000,
  );

  it('fits a telephone: nothing at / or below it is wider than the screen', async () => {
    for (const path of ['/', '/docs/errors']) {
      const { page } = await open(path, 360);
      const fits = await page.evaluate('document.documentElement.scrollWidth <= innerWidth');
      expect([path, fits]).toEqual([path, true]);
    }
  }, 40_000);

  it('at / routes a sample cart and says who won and why', async () => {
    const { page, errors, foreign } = await open('/');
    await page.getByRole('button', { name: 'Route this cart' }).click();
    await page.locator('tr.winner').waitFor();
    expect(await page.locator('#explanation').textContent()).toMatch(/won with 0\.\d+/);
    expect(await page.locator('#health').textContent()).toMatch(/ready|degraded/);
    expect(errors).toEqual([]);
    expect(foreign).toEqual([]);
    const timeline = await page.locator('#timeline').getAttribute('href');
    expect((await test.api.get(timeline!)).status).toBe(200);
  }, 40_000);

  it('leads from the former /walmart to what was bought', async () => {
    const { page } = await open('/walmart');
    expect(new URL(page.url()).pathname).toBe('/console/history');
    await page.getByRole('link', { name: 'History' }).waitFor();
  }, 40_000);

  it('at / leads to places that are there', async () => {
    const { page } = await open('/');
    const links = await page.locator('.doors a').evaluateAll((all) => all.map((link) => link.getAttribute('href')!));
    expect(links).toEqual(expect.arrayContaining(['/console', '/docs', '/admin/queues', '/health/ready']));
    for (const link of links) expect([link, (await asBrowser(link)).status]).toEqual([link, 200]);
  }, 40_000);

  it('is in the list above, whichever address answers with one', async () => {
    const paths = readablePaths(test.app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false }));
    expect(paths).toEqual(expect.arrayContaining(['/', '/docs', '/health/ready', '/v1/routes']));
    const found: string[] = [];
    for (const path of new Set(paths)) {
      if ((await asBrowser(path)).html) found.push(path.replace(/(.)\/$/, '$1'));
    }
    expect([...new Set(found)].filter((path) => !(path in PAGES))).toEqual([]);
  }, 60_000);

  async function asBrowser(path: string): Promise<{ status: number; html: boolean }> {
    const headers = { accept: 'text/html,*/*', authorization: path.startsWith('/admin/queues') ? BASIC : '' };
    const response = await request(test.url + path, { headers });
    await response.body.dump();
    return {
      status: response.statusCode,
      html: String(response.headers['content-type']).startsWith('text/html'),
    };
  }
});

/** The paths without parameters that can be read, from Fastify's drawing of all its routes. */
function readablePaths(drawing: string): string[] {
  const above: string[] = [];
  return drawing.split('\n').flatMap((line) => {
    const [, indent, part, methods] = /^([│ ]*)[├└]── (\S+)(?: \(([^)]*)\))?/.exec(line) ?? [];
    if (!part) return [];
    above.splice(indent!.length / 4, Infinity, part);
    const path = above.join('').replace(/^\/?/, '/');
    return methods?.includes('GET') && !/[:*]/.test(path) ? [path] : [];
  });
}
