import { randomBytes } from 'node:crypto';
import { SCOPES, type Scope } from '../../src/modules/tenants/scopes.js';
import { TenantsService } from '../../src/modules/tenants/tenants.service.js';
import { Api } from '../support/api.js';
import { startApp } from '../support/app.js';
import { inBrowser } from '../support/browser.js';
import { CART } from '../support/cart.js';
import { consoleJourney } from '../support/console.js';
import { RoleProcess } from '../support/processes.js';

const PRODUCTION = { LOOPGPT_ENV: 'production', LOOPGPT_WEBHOOK_ALLOW_PRIVATE: 'false' };

const secretKey = randomBytes(32).toString('base64');

inBrowser('who one is at the console', () => {
  const journey = consoleJourney(() => startApp({ LOOPGPT_SECRET_KEY: secretKey }));

  const keyOf = async (name: string, scopes: readonly Scope[] = SCOPES) =>
    (await journey.product.app.get(TenantsService).createKey({ tenantName: name, name, scopes, expiresInDays: null }))
      .key;

  it('is nobody in production until one signs in, wherever one wanted to go', async () => {
    const production = await journey.product.another(PRODUCTION);
    const shown = await journey.visit('/routes/req_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9', { origin: production.url });
    await shown.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await shown.barriers()).toEqual([]);
    expect(shown.page.url()).toContain('/console/routes/req_');
    await shown.pictures('sign-in');
    expect(shown.errors).toEqual([]);
    // It has no providers and would take the jobs of those that are told of below.
    await journey.product.closeOthers();
  }, 60_000);

  it('is told of a wrong key, and keeps none anywhere that a script or an address shows', async () => {
    const shown = await journey.visit('/sign-in');
    const { page } = shown;
    await page.getByLabel('API key').fill('lgc_live_nobody_nothing');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('This key is unknown').waitFor();
    expect(await shown.barriers()).toEqual([]);

    const key = await keyOf('shown');
    await shown.signIn(key);
    await page.getByRole('heading', { name: 'What shall we buy?' }).waitFor();
    expect(await page.locator('.who').innerText()).toBe('shown');
    expect(await page.locator('.who').getAttribute('title')).toMatch(/^ten_/);
    const seen = await page.evaluate<string>(
      'JSON.stringify([location.href, document.cookie, { ...localStorage }, { ...sessionStorage }, document.documentElement.outerHTML])',
    );
    expect(seen).not.toContain(key);
    expect(seen).not.toContain('loopgpt-session');
    await page.reload();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('no key is needed here').waitFor();
  }, 60_000);

  it('sees what is one’s own and nothing of another tenant', async () => {
    const [hers, his] = await Promise.all([keyOf('hers'), keyOf('his')]);
    const route = await new Api(journey.product.url, hers).route(CART);
    const her = await journey.visit('/race', { key: hers });
    await her.page.getByRole('main').locator('.links a').first().waitFor();
    expect(await her.page.getByRole('main').locator('.links a').count()).toBe(1);
    await her.page.getByRole('main').locator('.links a').click();
    await her.page.getByRole('heading', { name: /wins$/ }).waitFor();

    const him = await journey.visit('/race', { key: his });
    await him.page.getByText('None yet').waitFor();
    for (const path of [`/race/${route.id}`, `/routes/${route.id}`]) {
      await him.page.goto(`${journey.product.url}/console${path}`);
      await him.page.getByRole('alert').getByText('route_not_found').waitFor();
      expect(await him.page.getByText(route.outcome.winner.providerName).count()).toBe(0);
    }
  }, 60_000);

  it('says at once that what failed is asked again, and stops saying so once it is there or was given up', async () => {
    const shown = await journey.visit('/race');
    const { page } = shown;
    await page.getByText('None yet').or(page.locator('main .links a').first()).first().waitFor();
    let failing = true;
    await page.route('**/v1/imports*', (route) =>
      failing
        ? route.fulfill({ status: 500, json: { code: 'internal_error', detail: 'broken', status: 500, instance: 'i' } })
        : route.continue(),
    );
    const trying = page.getByText('That did not work just now. Trying again');
    await page.getByRole('link', { name: 'History' }).click();
    await trying.waitFor({ timeout: 2000 });
    expect(await shown.barriers()).toEqual([]);
    failing = false;
    await trying.waitFor({ state: 'detached' });
    expect(await page.getByRole('alert').count()).toBe(0);

    failing = true;
    await page.getByRole('link', { name: 'Plan' }).click();
    await page.getByRole('link', { name: 'History' }).click();
    await trying.waitFor({ timeout: 2000 });
    await page.getByRole('alert').getByText('Something went wrong on our side').waitFor({ timeout: 15_000 });
    expect(await trying.count()).toBe(0);
    await page.getByRole('button', { name: 'Try again' }).click();
    await trying.waitFor({ timeout: 2000 });
    // Who goes elsewhere waits for it no more.
    await page.getByRole('link', { name: 'Race' }).click();
    await trying.waitFor({ state: 'detached', timeout: 2000 });
  }, 60_000);

  it('goes on by itself after the API was killed and started again', async () => {
    const env = {
      ...journey.product.stores.env,
      LOOPGPT_SIMULATOR_URL: journey.product.simulator.url,
      LOOPGPT_SECRET_KEY: secretKey,
    };
    const first = await new RoleProcess('all', env).start();
    const again = new RoleProcess('all', { ...env, PORT: new URL(first.url).port });
    try {
      const shown = await journey.visit('/race', { origin: first.url, key: await keyOf('steady') });
      const { page } = shown;
      await page.getByText('None yet').waitFor();
      await first.kill();
      await page.getByText('does not answer. Trying again').waitFor({ timeout: 20_000 });
      expect(await shown.barriers()).toEqual([]);
      await again.start();
      await page.getByText('does not answer. Trying again').waitFor({ state: 'detached', timeout: 20_000 });
      // Without being loaded anew, and still as who one was.
      await page.getByRole('textbox').first().fill('12 large eggs, 2 lb bananas');
      await page.getByRole('button', { name: 'Start the race' }).click();
      await page.getByRole('heading', { name: /wins$/ }).waitFor();
      expect(shown.errors).toEqual([]);
    } finally {
      await first.stop();
      await again.stop();
    }
  }, 90_000);
});
