import { inBrowser } from '../support/browser.js';
import { CART } from '../support/cart.js';
import { consoleJourney } from '../support/console.js';
import { Receiver } from '../support/receiver.js';

inBrowser('the webhooks page of the console', () => {
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await Receiver.start();
  });
  afterAll(() => receiver?.close());
  const journey = consoleJourney();

  it('adds an endpoint, tests it, shows what came live, and sends one again', async () => {
    const before = await journey.product.api.client.routes.create(CART).wait();
    const shown = await journey.visit('/webhooks');
    const { page } = shown;
    await page.getByText('Quiet since you came').waitFor();
    await page.getByText('None yet. Add where').waitFor();
    expect(await shown.barriers()).toEqual([]);
    await page.getByLabel('Send events to').fill(receiver.url);
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText(/^whsec_/).waitFor();
    await page.getByRole('button', { name: 'Send a test' }).click();
    await receiver.waitFor(1);
    await journey.product.api.client.routes.create(CART).wait();
    const tail = page.getByRole('list', { name: 'Live' });
    await tail.getByText('route.decided').waitFor();
    expect(await tail.getByText(before.id).count()).toBe(0);
    await page.getByRole('button', { name: 'Show what came before' }).click();
    await tail.getByRole('link', { name: before.id }).waitFor();
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

  journey.onTelephone('/webhooks', async (shown) => {
    await shown.page.getByRole('heading', { name: 'Beskeder' }).waitFor();
    await shown.page.locator('.webhooks-url').waitFor();
    expect([await shown.fits(), await shown.barriers()]).toEqual([true, []]);
  });
});
