import type { Scope } from '../../src/modules/tenants/scopes.js';
import { TenantsService } from '../../src/modules/tenants/tenants.service.js';
import { Api } from '../support/api.js';
import { inBrowser } from '../support/browser.js';
import { CART } from '../support/cart.js';
import { consoleJourney } from '../support/console.js';

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

    it('who only read are offered nothing to change, and shoppers nothing at all', async () => {
      const shown = await journey.visit('/operate', { key: keys.reader });
      const { page } = shown;
      await page.getByText('You may look at everything here').waitFor();
      await page.getByRole('heading', { name: 'Kroger' }).waitFor();
      expect(await page.getByRole('button', { name: /^Switch/ }).count()).toBe(0);
      await journey.leave();
      const other = await journey.visit('/operate', { key: keys.shopper });
      await other.page.getByText('This is for keys of operators.').waitFor();
      expect(await other.page.getByRole('link', { name: 'Operators' }).count()).toBe(0);
      expect(await other.barriers()).toEqual([]);
    }, 60_000);

    journey.onTelephone('/operate', async (shown) => {
      const { page } = shown;
      for (const part of ['Butikker', 'Søg', 'Arbejde', 'Døde breve', 'Indstillinger', 'Handlinger']) {
        await page.getByRole('navigation', { name: 'Driftens dele' }).getByRole('link', { name: part }).click();
        await page.locator('main .card').first().waitFor();
        await page.locator('.skeleton').first().waitFor({ state: 'detached' });
        expect([part, await shown.fits(), await shown.barriers()]).toEqual([part, true, []]);
      }
    });
  });
});
