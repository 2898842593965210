import type { Scope } from '../../src/modules/tenants/scopes.js';
import { TenantsService } from '../../src/modules/tenants/tenants.service.js';
import { Api } from '../support/api.js';
import { inBrowser } from '../support/browser.js';
import { CART } from '../support/cart.js';
import { consoleJourney } from '../support/console.js';

/** Counting rests fifty times as long as it took, which a busy machine makes long. */
const COUNTED_MS = 100_000;

describe('operators', () => {
  const journey = consoleJourney();
  const keys: Record<string, string> = {};
  beforeAll(async () => {
    const scopesOf: Record<string, Scope[]> = {
      operator: ['admin', 'routes:read'],
      reader: ['admin:read'],
      shopper: ['routes:read', 'routes:write'],
    };
    for (const [name, scopes] of Object.entries(scopesOf)) {
      const made = await journey.product.app
        .get(TenantsService)
        .createKey({ tenantName: name, name, scopes, expiresInDays: null });
      keys[name] = made.key;
    }
  });

  it('find a route of any tenant by id, trace, item, provider, reference and time', async () => {
    const { client } = new Api(journey.product.url, keys.shopper);
    const route = await client.routes.create({ ...CART, reference: 'order-77' }).wait();
    await client.routes.create(CART).wait();
    const reader = new Api(journey.product.url, keys.reader);
    const found = async (query: object) => (await reader.client.operators.search(query)).data.map(({ id }) => id);
    const name = CART.items[0]!.name;
    expect(await found({ id: route.id })).toEqual([route.id]);
    expect(await found({ id: route.traceId })).toEqual([route.id]);
    expect(await found({ reference: 'order-77' })).toEqual([route.id]);
    expect(
      await found({ item: name.toUpperCase().slice(1), provider: route.outcome!.winner!.providerId }),
    ).toHaveLength(2);
    expect(await found({ item: 'no such thing' })).toEqual([]);
    expect(await found({ to: route.createdAt })).not.toHaveLength(2);
    expect(await found({ from: new Date(Date.now() + 60_000).toISOString() })).toEqual([]);
    const first = await reader.client.operators.search({ limit: 1 });
    expect(await found({ cursor: first.nextCursor! })).toEqual([route.id]);
    expect((await new Api(journey.product.url, keys.shopper).get('/admin/v1/search')).body.code).toBe('scope_missing');
  }, 30_000);

  it('who only read see all of it and change none of it', async () => {
    const reader = new Api(journey.product.url, keys.reader);
    for (const path of ['settings', 'acts', 'scorecard', 'dead-letters', 'credentials', 'experiments'])
      expect([path, (await reader.get(`/admin/v1/${path}`)).status]).toEqual([path, 200]);
    const change = { changes: { LOOPGPT_ENABLE_KROGER: 'false' }, why: 'a test' };
    expect((await reader.send('PATCH', '/admin/v1/settings', change, { 'if-match': '"0"' })).body.code).toBe(
      'scope_missing',
    );
    expect((await reader.post('/admin/v1/dead-letters/redrive', { why: 'a test' })).body.code).toBe('scope_missing');
  }, 30_000);

  inBrowser('at the console', () => {
    it('switch a provider off, which the next race shows, and take that back', async () => {
      const shown = await journey.visit('/operate');
      const { page } = shown;
      await page.getByRole('button', { name: 'Switch Kroger off' }).click();
      await page.getByText(/^Of the last \d+ decisions/).waitFor();
      const doIt = page.getByRole('button', { name: 'Change it' });
      expect(await doIt.isDisabled()).toBe(true);
      await page.getByLabel('Why').fill('it answers nonsense');
      expect(await shown.barriers()).toEqual([]);
      await shown.pictures('operators-change');
      await doIt.click();
      await page.getByRole('button', { name: 'Switch Kroger on' }).waitFor();
      expect(await shown.barriers()).toEqual([]);

      await page.getByRole('link', { name: 'Race' }).click();
      await page.getByRole('textbox').first().fill('12 large eggs, 2 lb bananas');
      await page.getByRole('button', { name: 'Start the race' }).click();
      await page.getByRole('heading', { name: /wins$/ }).waitFor();
      const lanes = page.getByRole('list', { name: 'The race' });
      expect(await lanes.getByRole('listitem').count()).toBe(3);
      expect(await lanes.getByText('Kroger').count()).toBe(0);

      await page.getByRole('link', { name: 'Operators' }).click();
      await page.getByRole('link', { name: 'Acts' }).click();
      await page.getByText('it answers nonsense').waitFor();
      await page.getByRole('button', { name: 'Take it back' }).first().click();
      await page.getByLabel('Why').fill('it is well again');
      await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
      await page.getByText('it is well again').waitFor();
      expect((await journey.product.api.client.operators.settings()).set).toEqual({});
      expect(shown.errors).toEqual([]);
    }, 60_000);

    it('make a key, which is shown once and works, and revoke it with a reason', async () => {
      const shown = await journey.visit('/operate/keys');
      const { page } = shown;
      await page.getByRole('button', { name: 'Make a key' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name of the tenant').fill('Corner shop');
      await dialog.getByLabel('Name of the key').fill('till 2');
      const doIt = dialog.getByRole('button', { name: 'Make a key' });
      expect(await doIt.isDisabled()).toBe(true);
      await dialog.getByLabel('Why').fill('a new shop');
      expect(await shown.barriers()).toEqual([]);
      await shown.pictures('operators-key');
      await doIt.click();
      const key = await page.getByText(/^lgc_live_/).innerText();
      const { client } = new Api(journey.product.url, key);
      expect((await client.routes.list()).data).toEqual([]);
      await page.getByRole('button', { name: 'Revoke till 2' }).click();
      await dialog.getByLabel('Why').fill('it has closed');
      await dialog.getByRole('button', { name: 'Revoke' }).click();
      const row = page.getByRole('list', { name: 'Keys' }).getByRole('listitem').filter({ hasText: 'till 2' });
      await row.getByText('revoked', { exact: true }).waitFor();
      expect(await shown.barriers()).toEqual([]);
      await page.reload();
      await row.waitFor();
      expect(await page.content()).not.toContain(key.split('_')[3]);
      expect(shown.errors).toEqual([]);
    }, 60_000);

    it(
      'begin an experiment, see what its arms come to, and end it',
      async () => {
        const shown = await journey.visit('/operate/experiments');
        const { page } = shown;
        await page.getByRole('button', { name: 'Begin an experiment' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByLabel('Name').fill('price-first-1');
        await dialog.getByText('dealt by route').click();
        await dialog.getByLabel('Price first').fill('50');
        await dialog.getByText('50% stay as operators set it').waitFor();
        await dialog.getByLabel('Why').fill('do cheaper carts sell better');
        expect(await shown.barriers()).toEqual([]);
        await dialog.getByRole('button', { name: 'Begin an experiment' }).click();
        await page.getByRole('button', { name: 'End the experiment' }).waitFor();
        for (let count = 0; count < 6; count++) await journey.product.api.client.routes.create(CART).wait();
        await page.getByRole('rowheader', { name: 'control' }).waitFor({ timeout: COUNTED_MS });
        await page.getByText('running', { exact: true }).waitFor();
        expect(await shown.barriers()).toEqual([]);
        await shown.pictures('operators-experiments');
        await page.getByRole('button', { name: 'End the experiment' }).click();
        await dialog.getByLabel('Why').fill('we know enough');
        await dialog.getByRole('button', { name: 'End the experiment' }).click();
        await page.getByText('over', { exact: true }).waitFor();
        const acts = (await journey.product.api.client.operators.acts()).data.map(({ why }) => why);
        expect(acts.slice(0, 2)).toEqual(['we know enough', 'do cheaper carts sell better']);
        expect(shown.errors).toEqual([]);
      },
      60_000 + COUNTED_MS,
    );

    it('who only read are offered nothing to change, and shoppers nothing at all', async () => {
      const shown = await journey.visit('/operate', { key: keys.reader });
      const { page } = shown;
      await page.getByText('You may look at everything here').waitFor();
      await page.getByRole('heading', { name: 'Kroger' }).waitFor();
      expect(await page.getByRole('button', { name: /^Switch/ }).count()).toBe(0);
      for (const [part, sight] of [
        ['Keys', 'reader'],
        ['Credentials', 'Age'],
        ['Experiments', 'Weights tried side by side'],
      ] as const) {
        await page.getByRole('link', { name: part, exact: true }).click();
        await page.getByText(sight).first().waitFor();
        expect([part, await page.getByRole('button', { name: /Make|Revoke|Begin|End/ }).count()]).toEqual([part, 0]);
      }
      await page.getByRole('link', { name: 'Race', exact: true }).click();
      await page.getByText('Your key may look, and do nothing here.').waitFor();
      expect(await page.getByRole('button', { name: 'Start the race' }).isDisabled()).toBe(true);
      await journey.leave();
      const other = await journey.visit('/operate', { key: keys.shopper });
      await other.page.getByText('This is for keys of operators.').waitFor();
      expect(await other.page.getByRole('link', { name: 'Operators' }).count()).toBe(0);
      expect(await other.barriers()).toEqual([]);
    }, 60_000);

    journey.onTelephone('/operate', async (shown) => {
      const { page } = shown;
      for (const part of [
        'Butikker',
        'Søg',
        'Arbejde',
        'Døde breve',
        'Forsøg',
        'Nøgler',
        'Adgange',
        'Indstillinger',
        'Handlinger',
      ]) {
        await page
          .getByRole('navigation', { name: 'Driftens dele' })
          .getByRole('link', { name: part, exact: true })
          .click();
        await page.locator('main .card').first().waitFor();
        await page.locator('.skeleton').first().waitFor({ state: 'detached' });
        expect([part, await shown.fits(), await shown.barriers()]).toEqual([part, true, []]);
        if (part === 'Arbejde') {
          await page.getByText('Det meste, en kunde må koste om dagen').waitFor();
          await page.getByRole('rowheader', { name: 'Hvad der kører af sig selv' }).waitFor();
        }
      }
      await page
        .getByRole('navigation', { name: 'Driftens dele' })
        .getByRole('link', { name: 'Indstillinger', exact: true })
        .click();
      // What one came for is not at the far end of a row.
      const { x, width } = (await page.getByRole('button', { name: /^Ændr/ }).first().boundingBox())!;
      expect(x + width).toBeLessThan(360);
    });
  });
});
