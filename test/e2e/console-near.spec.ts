import type { OfferList } from '../../sdk/client.js';
import { inBrowser } from '../support/browser.js';
import { consoleJourney, type Shown } from '../support/console.js';

const MADE_MS = 40_000;

inBrowser('the page of what is cheaper near you', () => {
  const journey = consoleJourney();
  const around = (query: string) => `/near?place=${query}`;
  const names = ({ page }: Shown) => page.locator('.near-what b').allTextContents();

  it('leads from a typed place over the list to a plan with its stops', async () => {
    const shown = await journey.visit('/near');
    const { page } = shown;
    await page.getByText('Say where you are, and see').waitFor();
    expect(await shown.barriers()).toEqual([]);
    await shown.pictures('near-start');
    await page.getByLabel('Where', { exact: true }).fill('Demogade 1, 8000 Aarhus C');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Demo Netto', exact: true }).waitFor();
    // Whoever goes by the keyboard stands where they were.
    expect(await page.evaluate('document.activeElement.value')).toBe('Demogade 1, 8000 Aarhus C');
    expect(new URL(page.url()).searchParams.get('place')).toBe('Demogade 1, 8000 Aarhus C');
    const { data } = await journey.product.api.client.offers.find({ postalCode: '8000', radiusKm: 5 });
    const there = data.filter(({ buyBy }) => buyBy !== null);
    expect(await names(shown)).toHaveLength(there.length);
    const assumed = there.filter(({ useBy }) => useBy?.isAssumed);
    expect(await page.getByText(/\(assumed\)/).count()).toBe(assumed.length);
    expect(await shown.barriers()).toEqual([]);
    await shown.pictures('near-list');

    await page.getByRole('link', { name: 'Plan meals with these' }).click();
    await page.getByRole('heading', { level: 1, name: 'Meals from what is cheaper near you' }).waitFor();
    await page.getByLabel('What a km costs, kr.').fill('0');
    expect(await shown.barriers()).toEqual([]);
    await shown.pictures('near-wishes');
    await page.getByRole('button', { name: 'Plan the meals' }).click();
    await page.getByRole('heading', { name: 'Worth the trip', exact: true }).waitFor({ timeout: MADE_MS });
    const { clearances, days } = await journey.product.api.client.plans.get(shown.id);
    expect(clearances).toMatchObject({ isWorthIt: true, currency: 'DKK' });
    const shops = await page.locator('.plan-stops h3').allTextContents();
    expect(shops).toEqual(clearances!.stops.map(({ shop }) => shop.name));
    const lines = clearances!.stops.flatMap((stop) => stop.lines);
    expect(await page.locator('.plan-stops .plan-list li').count()).toBe(lines.length);
    expect(await page.locator('.near-days li').count()).toBe(days.flatMap(({ meals }) => meals).length);
    expect(await page.locator('.near-used').count()).toBe(clearances!.meals.length);
    expect(await page.getByRole('link', { name: 'The way on a map' }).getAttribute('href')).toBe(
      clearances!.maps.route,
    );
    expect(await shown.barriers()).toEqual([]);
    await shown.pictures('near-made');
    await page.getByRole('link', { name: 'The whole plan' }).click();
    await page.locator('.plan-proof').waitFor();
    expect(await page.locator('.plan-stops h3').allTextContents()).toEqual(shops);
    await page.getByRole('link', { name: 'Stops, hours and what it saves' }).click();
    await page.getByRole('heading', { name: 'Worth the trip', exact: true }).waitFor();
    expect(shown.errors).toEqual([]);
  }, 120_000);

  it('says plainly that a trip is not worth it, and what it would save and cost', async () => {
    const shown = await journey.visit('/plan');
    const { page } = shown;
    // One in dollars must not bar a plan in kroner.
    await page.getByLabel('Budget for all of it, $').fill('5');
    await page.getByRole('link', { name: 'Near you', exact: true }).click();
    await page.getByRole('link', { name: '8000 Aarhus C' }).click();
    await page.getByRole('link', { name: 'Plan meals with these' }).click();
    await page.getByLabel('What a km costs, kr.').fill('90');
    await page.getByRole('button', { name: 'Plan the meals' }).click();
    await page.getByRole('heading', { name: 'Not worth the trip', exact: true }).waitFor({ timeout: MADE_MS });
    const { clearances } = await journey.product.api.client.plans.get(shown.id);
    expect(await page.getByText(clearances!.sentence).count()).toBe(1);
    const sums = await page.locator('.near-sums dd.number').allTextContents();
    const amounts = sums.map((text) => Number(text.replaceAll(/[^\d.-]/g, '')));
    const { savedCents, tripCents } = clearances!.best!;
    expect(amounts.slice(0, 2)).toEqual([savedCents / 100, tripCents / 100]);
    expect(await shown.barriers()).toEqual([]);
    await shown.pictures('near-not-worth-it');
  }, 90_000);

  it('sorts and sifts by the address, which another tab opens alike', async () => {
    const shown = await journey.visit(around('8000&km=10'));
    const { page } = shown;
    await page.locator('.near-what b').first().waitFor();
    await page.getByText('Saves most').click();
    await page.getByRole('button', { name: 'Netto', exact: true }).click();
    await page.getByRole('button', { name: 'Netto', exact: true, pressed: true }).waitFor();
    const some = await names(shown);
    const shares = (await page.locator('.near-off').allTextContents()).map((text) => Number(/\d+/.exec(text)![0]));
    expect(shares).toEqual([...shares].sort((one, other) => other - one));
    const other = await journey.visit(page.url().split('/console')[1]!);
    await other.page.locator('.near-what b').first().waitFor();
    expect(await names(other)).toEqual(some);
    expect(await other.page.getByText('føtex ·').count()).toBe(0);
    expect(await other.barriers()).toEqual([]);
  }, 60_000);

  it('watches for what is cleared, and shows it among the watches', async () => {
    const shown = await journey.visit(around('2200'));
    const { page } = shown;
    const watch = page.getByRole('button', { name: /^Watch / }).first();
    await watch.press('Enter');
    await page.getByLabel('At this price or less, kr.').fill('7,50');
    expect(await shown.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Watch it' }).click();
    await page.getByText('is watched within 5 km').waitFor();
    const { data } = await journey.product.api.client.priceWatches.list();
    expect(data).toMatchObject([{ below: { cents: 750 }, currency: 'DKK', near: { radiusKm: 5 } }]);
    await page.getByRole('link', { name: 'All watches' }).click();
    await page.getByText(data[0]!.words!, { exact: true }).waitFor();
  }, 60_000);

  it('says what is wrong with a place, and where nothing is', async () => {
    for (const [place, said] of [
      ['Aarhus', 'There is no Danish postal code in it'],
      ['9999', 'Nobody here knows that postal code'],
      ['6950', 'No shop within 5 km clears anything just now.'],
    ] as const) {
      const shown = await journey.visit(around(place));
      await shown.page.getByText(said).waitFor();
      expect([place, await shown.barriers()]).toEqual([place, []]);
    }
  }, 60_000);

  it('says when what it shows is old, and why nothing is there', async () => {
    const shown = await journey.visit('/near');
    const { page } = shown;
    await page.route('**/v1/offers*', async (route) => {
      const response = await route.fetch();
      const list = (await response.json()) as OfferList;
      await route.fulfill({ response, json: { ...list, data: list.data.map((one) => ({ ...one, isStale: true })) } });
    });
    await page.getByRole('link', { name: '8000 Aarhus C' }).click();
    await page.getByRole('alert').getByText('The shops do not answer just now.').waitFor();
    expect(await page.getByText('not confirmed lately').count()).toBe(await page.locator('.near-what').count());
    expect(await shown.barriers()).toEqual([]);
    await page.unroute('**/v1/offers*');
    const problem = { code: 'offers_unavailable', detail: 'No source answers.', retryable: true };
    await page.route('**/v1/offers*', (route) =>
      route.fulfill({ status: 503, headers: { 'retry-after': '60' }, json: problem }),
    );
    await page.getByText('10 km', { exact: true }).click();
    await page.getByRole('alert').getByText('No source answers.').waitFor({ timeout: 5000 });
    expect(await shown.barriers()).toEqual([]);
    await page.unroute('**/v1/offers*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.near-what b').first().waitFor();
  }, 60_000);

  it('goes on by itself after it was away, and keeps the place for the next visit', async () => {
    const shown = await journey.visit('/near');
    const { page } = shown;
    await page.route('**/v1/offers*', (route) => route.abort());
    await page.route('**/health/live', (route) => route.abort());
    await page.getByRole('link', { name: '8000 Aarhus C' }).click();
    await page.getByText('does not answer. Trying again').waitFor();
    expect(await shown.barriers()).toEqual([]);
    await page.unroute('**/v1/offers*');
    await page.unroute('**/health/live');
    await page.locator('.near-what b').first().waitFor();
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('link', { name: 'Words', exact: true }).click();
    await page.getByRole('link', { name: 'Near you', exact: true }).click();
    await page.locator('.near-what b').first().waitFor();
    expect(new URL(page.url()).searchParams.get('place')).toBe('8000 Aarhus C');
  }, 60_000);

  journey.onTelephone('/near', async (shown) => {
    const { page } = shown;
    await page.getByRole('heading', { name: 'Billigere nær dig' }).waitFor();
    expect([await shown.fits(), await shown.barriers()]).toEqual([true, []]);
    await page.getByRole('link', { name: '8000 Aarhus C' }).click();
    await page.locator('.near-what b').first().waitFor();
    expect([await shown.fits(), await shown.barriers()]).toEqual([true, []]);
    await page
      .getByRole('button', { name: /^Hold øje med/ })
      .first()
      .click();
    expect([await shown.fits(), await shown.barriers()]).toEqual([true, []]);
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Planlæg måltider med det' }).click();
    await page.getByLabel('Hvad en km koster, kr.').fill('0,5');
    expect([await shown.fits(), await shown.barriers()]).toEqual([true, []]);
    await page.getByRole('button', { name: 'Planlæg måltiderne' }).click();
    await page.locator('.near-sums').waitFor({ timeout: MADE_MS });
    expect([await shown.fits(), await shown.barriers()]).toEqual([true, []]);
  });
});
