import { inBrowser } from '../support/browser.js';
import { CART } from '../support/cart.js';
import { consoleJourney, type Shown } from '../support/console.js';

const LIST = '1 gallon whole milk, 1 dozen large eggs, 2 lb bananas';

inBrowser('the race page of the console', () => {
  const journey = consoleJourney();
  afterEach(() => journey.product?.simulator.control.reset());

  const type = async ({ page }: Shown, words: string) => {
    await page.getByRole('textbox').first().fill(words);
    await page.getByRole('button', { name: /Start the race|Start løbet/ }).click();
  };

  it('makes a race of typed words, which has an address, a winner and reasons', async () => {
    const shown = await journey.visit('');
    const { page } = shown;
    await page.getByRole('heading', { name: 'What shall we buy?' }).waitFor();
    expect(await shown.barriers()).toEqual([]);
    await shown.pictures('race-start');
    await type(shown, LIST);
    await page.getByRole('heading', { name: /wins$/ }).waitFor();
    expect(page.url()).toMatch(/\/console\/race\/req_\w+$/);
    const id = shown.id;
    const { outcome } = await journey.product.api.client.routes.get(id);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(`${outcome!.winner!.providerName} wins`);
    expect(await page.getByRole('list', { name: 'The race' }).getByRole('listitem').count()).toBe(4);
    expect(await page.getByText('It would be another if').count()).toBe(1);
    expect(await shown.barriers()).toEqual([]);
    await shown.pictures('race-won');
    expect(shown.errors).toEqual([]);
    await page.reload();
    await page.getByRole('heading', { name: /wins$/ }).waitFor();
  }, 60_000);

  it('asks what is not sure before the start', async () => {
    const shown = await journey.visit('/race');
    const { page } = shown;
    await type(shown, '2 lb rice and some cheese');
    const question = page.getByRole('group').filter({ hasText: 'cheese' }).last();
    await question.waitFor();
    expect(await shown.barriers()).toEqual([]);
    for (const one of await page.locator('.race-question').all()) await one.getByRole('button').first().click();
    await page.getByRole('heading', { name: /wins$|Nobody/ }).waitFor();
  }, 60_000);

  it('shows who failed and how, and who came too late and whether that would have changed anything', async () => {
    await journey.product.simulator.control.setFault('MEALME', { mode: 'slow', ms: 1500 });
    await journey.product.simulator.control.setFault('WALMART_API', { mode: 'error503' });
    const { id } = await journey.product.api.client.routes.create({ ...CART, quorum: 1 });
    const shown = await journey.visit(`/race/${id}`);
    const { page } = shown;
    await page.getByRole('heading', { name: 'Kroger Direct wins' }).waitFor();
    await page.getByRole('heading', { name: 'Came too late' }).waitFor();
    const lane = (name: string) =>
      page.getByRole('list', { name: 'The race' }).getByRole('listitem').filter({ hasText: name });
    await lane('MealMe')
      .getByText(/, late$/)
      .waitFor();
    const { lateQuotes } = await journey.product.api.client.routes.get(id);
    expect(lateQuotes.map(({ providerId }) => providerId)).toContain('MEALME');
    const would = lateQuotes.find(({ providerId }) => providerId === 'MEALME')!.wouldHaveWon;
    await page.getByText(would ? /^MealMe would have won/ : 'MealMe would not have won either.').waitFor();
    expect(await shown.barriers()).toEqual([]);
    await shown.pictures('race-late');

    await page.getByRole('button', { name: 'Watch it again' }).click();
    await lane('MealMe').getByText('not waited for').waitFor();
    await lane('MealMe')
      .getByText(/, late$/)
      .waitFor();
    expect(shown.errors).toEqual([]);
  }, 60_000);

  it('says beside the winner what it has not', async () => {
    const items = [...CART.items, { id: 'other', name: 'Zanzibar blorf', quantity: 1 }];
    const { id } = await journey.product.api.client.routes.create({ ...CART, items }).wait();
    const { page } = await journey.visit(`/race/${id}`);
    await page.getByText('1 of 4 not to be had there').waitFor();
    expect(await page.locator('a[aria-current=page]').textContent()).toBe('Race');
    await page.getByRole('link', { name: /hand it over/ }).click();
    await page.getByRole('heading', { name: /^Why/ }).first().waitFor();
    expect(await page.locator('a[aria-current=page]').textContent()).toBe('Race');
  }, 60_000);

  it('fetches nobody back who has gone on meanwhile', async () => {
    const shown = await journey.visit('/race');
    const { page } = shown;
    await page.route('**/v1/carts', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await route.continue();
    });
    await type(shown, LIST);
    const routed = page.waitForResponse((response) => response.url().endsWith('/route'));
    await page.getByRole('link', { name: 'Plan', exact: true }).click();
    await (await routed).finished();
    await page.waitForTimeout(300);
    expect(new URL(page.url()).pathname).toBe('/console/plan');
  }, 60_000);

  it('holds a word of any length', async () => {
    const shown = await journey.visit('/race', { width: 360 });
    const word = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
    await type(shown, `milk, some ${word}`);
    await shown.page.getByRole('button', { name: `any ${word}` }).waitFor();
    expect(await shown.fits()).toBe(true);
    await shown.page.setViewportSize({ width: 1280, height: 900 });
    expect(await shown.fits()).toBe(true);
  }, 60_000);

  it('says what is wrong with words that are no list', async () => {
    const shown = await journey.visit('/race');
    await type(shown, '??');
    await shown.page.getByText('Nothing to buy was read in that').waitFor();
    expect(await shown.barriers()).toEqual([]);
  }, 60_000);

  journey.onTelephone('/race', async (shown) => {
    await shown.page.getByRole('heading', { name: 'Hvad skal vi købe?' }).waitFor();
    expect(await shown.fits()).toBe(true);
    expect(await shown.barriers()).toEqual([]);
    await type(shown, '12 æg, 1 kg bananer');
    await shown.page.getByRole('heading', { name: /vinder$|Ingen kunne/ }).waitFor();
    expect(await shown.fits()).toBe(true);
    expect(await shown.barriers()).toEqual([]);
  });
});
