import { startApp, type TestApp } from '../support/app.js';
import { CHROMIUM } from '../support/browser.js';
import { CART } from '../support/cart.js';
import { ConsoleJourney } from '../support/console.js';
import { Receiver } from '../support/receiver.js';

const inBrowser = CHROMIUM ? describe : describe.skip;

inBrowser('the webhooks page of the console', () => {
  let test: TestApp;
  let receiver: Receiver;
  let journey: ConsoleJourney;
  beforeAll(async () => {
    [test, receiver] = await Promise.all([startApp(), Receiver.start()]);
    journey = await ConsoleJourney.start();
  }, 60_000);
  afterEach(() => journey?.leave());
  afterAll(async () => {
    await journey?.close();
    await receiver?.close();
    await test?.close();
  });

  it('adds an endpoint, tests it, shows what came live, and sends one again', async () => {
    const shown = await journey.visit(test.url, '/webhooks');
    const { page } = shown;
    await page.getByText('None yet. Add where').waitFor();
    expect(await shown.barriers()).toEqual([]);
    await page.getByLabel('Send events to').fill(receiver.url);
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText(/^whsec_/).waitFor();
    await page.getByRole('button', { name: 'Send a test' }).click();
    await receiver.waitFor(1);
    await test.api.client.routes.create(CART).wait();
    await page.getByRole('list', { name: 'Live' }).getByText('route.decided').waitFor();
    await page.getByText('delivered').first().waitFor();
    expect(await shown.barriers()).toEqual([]);
    await shown.pictures('webhooks');
    await page.getByRole('link', { name: 'webhook.test' }).click();
    await page.getByRole('rowheader').first().waitFor();
    await page.getByRole('button', { name: 'Send it again' }).click();
    await receiver.waitFor(3);
    expect(await shown.barriers()).toEqual([]);
    expect(shown.errors).toEqual([]);
  }, 60_000);

  it.each(['light', 'dark'] as const)(
    'fits a telephone in Danish, %s',
    async (look) => {
      const shown = await journey.visit(test.url, '/webhooks', { width: 360, look, language: 'da' });
      await shown.page.getByRole('heading', { name: 'Beskeder' }).waitFor();
      await shown.page.locator('.webhooks-url').waitFor();
      expect([await shown.fits(), await shown.barriers()]).toEqual([true, []]);
    },
    60_000,
  );
});
