import { inBrowser } from '../support/browser.js';
import { CART } from '../support/cart.js';
import { consoleJourney } from '../support/console.js';

inBrowser('the route page of the console', () => {
  const journey = consoleJourney();
  afterEach(() => journey.product?.simulator.control.reset());

  it('goes from typed words to a confirmed hand-over', async () => {
    const shown = await journey.visit('');
    const { page } = shown;
    await page.getByRole('textbox').first().fill('1 gallon whole milk, 1 dozen large eggs, 2 lb bananas');
    await page.getByRole('button', { name: 'Start the race' }).click();
    await page.getByRole('link', { name: 'Why, what if, and hand it over' }).click();
    await page.getByRole('heading', { name: 'Step by step' }).waitFor();
    const id = shown.id;
    const { outcome } = await journey.product.api.client.routes.get(id);
    await page
      .getByText(/^Asked for: whole milk/i)
      .first()
      .waitFor();
    expect(await shown.barriers()).toEqual([]);
    await shown.pictures('route');

    await page.getByRole('button', { name: 'Verify it here' }).click();
    await page.getByText('Signed, whole, and nothing left out').waitFor();
    await page.getByRole('button', { name: /^Hand over at/ }).click();
    await page.getByRole('heading', { name: 'Handed over' }).waitFor();
    const confirmation = await journey.product.api.client.routes.confirmation(id);
    expect(confirmation.providerId).toBe(outcome!.winner!.providerId);
    const link = page.getByRole('link', { name: 'Go on at the shop' });
    expect(await link.getAttribute('href')).toBe(confirmation.handoffUrl);
    expect(await shown.barriers()).toEqual([]);
    await shown.pictures('route-confirmed');
    expect(shown.errors).toEqual([]);
  }, 60_000);

  it('weighs the same answers anew while a slider moves, by the keyboard too', async () => {
    const route = await journey.product.api.route(CART);
    const { page } = await journey.visit(`/routes/${route.id}`);
    const wished = await journey.product.api.client.routes.rescore(route.id, { preset: 'price-first' });
    await page.getByText('Price first', { exact: true }).click();
    const status = page.locator('.route-would');
    await status.getByText(`${wished.wouldBe.winner!.providerName} would`).waitFor();
    const points = page.getByRole('list', { name: 'Points' }).getByRole('listitem').first();
    expect(await points.textContent()).toContain((wished.wouldBe.winner!.score * 100).toFixed(1));

    await page.getByRole('button', { name: 'As it was decided' }).click();
    const slider = page.getByRole('slider', { name: 'Preference' });
    await slider.focus();
    await page.keyboard.press('Home');
    const weights = { ...wished.weights, ...weightsOf(route), priority: 0 };
    const moved = await journey.product.api.client.routes.rescore(route.id, { weights });
    await status.getByText(`${moved.wouldBe.winner!.providerName} would`).waitFor();
    expect((await journey.product.api.client.routes.get(route.id)).outcome).toEqual(route.outcome);
  }, 60_000);

  it('hands nothing over at another price before that is agreed to', async () => {
    const route = await journey.product.api.route(CART);
    const { page } = await journey.visit(`/routes/${route.id}`);
    await page.getByRole('button', { name: /^Hand over at/ }).waitFor();
    await letPriceRise(route.outcome.winner);
    await page.getByRole('button', { name: /^Hand over at/ }).click();
    await page.getByRole('alert').getByText('The shop says something else now').waitFor();
    expect((await journey.product.api.get(`/v1/routes/${route.id}/confirmation`)).status).toBe(404);
    await page.getByRole('button', { name: /^Take it at/ }).click();
    await page.getByRole('heading', { name: 'Handed over' }).waitFor();
  }, 60_000);

  it('fits a telephone in the dark and speaks Danish', async () => {
    const route = await journey.product.api.route(CART);
    const visitor = { width: 360, look: 'dark', language: 'da' } as const;
    const shown = await journey.visit(`/routes/${route.id}`, visitor);
    await shown.page.getByRole('heading', { name: 'Skridt for skridt' }).waitFor();
    await shown.page.locator('.route-steps .step-picked_up').waitFor();
    expect(await shown.page.locator('.route-steps').innerText()).not.toMatch(/[A-Z]{3}|_|committed|rule|worker/);
    for (const evidence of await shown.page.locator('.route-evidence li').allInnerTexts())
      expect(evidence).not.toMatch(/^[a-z-]+:/);
    await shown.page.locator('.route-steps li').first().waitFor();
    expect(await shown.fits()).toBe(true);
    expect(await shown.barriers()).toEqual([]);
  }, 60_000);

  it('says that there is no such route', async () => {
    const shown = await journey.visit('/routes/req_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9');
    await shown.page.getByRole('alert').waitFor();
    expect(await shown.page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    expect(await shown.barriers()).toEqual([]);
  }, 60_000);

  /** Days pass until its provider asks more for the same cart than may be taken without a word. */
  async function letPriceRise({ providerId, totalCents }: { providerId: string; totalCents: number }): Promise<void> {
    for (let day = 0; day < 40; day++) {
      await journey.product.simulator.control.advance(86_400_000);
      const { quotes } = await journey.product.api.route(CART);
      const now = quotes.find((quote: { providerId: string }) => quote.providerId === providerId);
      if (now.totalCents > totalCents * 1.02) return;
    }
    throw new Error('the price did not rise in forty days');
  }
});

function weightsOf(route: { outcome: { winner: { factors: Record<string, { weight: number }> } } }) {
  const { history: _, ...factors } = route.outcome.winner.factors;
  return Object.fromEntries(Object.entries(factors).map(([factor, { weight }]) => [factor, weight]));
}
