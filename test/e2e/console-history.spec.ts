import type { PriceCheck } from '../../sdk/client.js';
import { inBrowser } from '../support/browser.js';
import { consoleJourney, type Shown } from '../support/console.js';
import { ordersOf } from '../support/past-orders.js';

const PRICES = [398, 398, 348, 398, 428, 398, 378, 398, 448, 398, 398, 368];
const FIRST = 300014000000100;
const FILE = ordersOf(PRICES, FIRST);
/** Another account of the newest order, with its fees, tax and total. */
const SUMS = [
  'Order Number,Order Date,Subtotal (Before Savings),Savings,Subtotal,Delivery Charges,Bag Fee,Tax,Tip,Refund,Donations,Order Total,Order Type',
  `${FIRST},"Apr 04, 2026",0,0,7.96,0,0,0.56,2,,,10.52,GLASS`,
].join('\r\n');

inBrowser('the history page of the console', () => {
  const journey = consoleJourney();

  const drop = ({ page }: Shown, name: string, text: string) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  const orders = async () => (await journey.product.api.client.history.orders({ limit: 100 })).data;

  it('tries a dropped file, imports it, merges a second into it, and takes that back', async () => {
    const shown = await journey.visit('/history');
    const { page } = shown;
    await page.getByText('None yet. The first file shows here.').waitFor();
    expect(await shown.barriers()).toEqual([]);
    await drop(shown, 'items.csv', FILE);
    await page.getByText('12 orders are new').waitFor();
    expect(await orders()).toEqual([]);
    expect(await shown.barriers()).toEqual([]);
    await shown.pictures('history-tried');
    await page.getByRole('button', { name: 'Import it' }).click();
    await page.getByRole('heading', { name: 'Imported', exact: true }).waitFor();
    expect(page.url()).toMatch(/\/console\/history\/imports\/imp_\w+$/);
    expect(await orders()).toHaveLength(12);

    await page.getByRole('link', { name: 'Another file' }).click();
    await drop(shown, 'items.csv', FILE);
    await page.getByText('All of it is in your history already.').waitFor();
    await drop(shown, 'sums.csv', SUMS);
    await page.getByText('1 order is changed').waitFor();
    await page.getByRole('button', { name: 'Import it' }).click();
    await page.getByRole('heading', { name: 'Imported', exact: true }).waitFor();
    const merged = (await orders()).find(({ number }) => number === String(FIRST))!;
    expect(merged.totalCents).toBe(1052);
    await page.getByRole('button', { name: 'Undo this import' }).click();
    await page.getByRole('heading', { name: 'Taken out again' }).waitFor();
    expect(await shown.barriers()).toEqual([]);
    expect((await orders()).find(({ id }) => id === merged.id)!.totalCents).toBeNull();
    expect(await orders()).toHaveLength(12);
    expect(shown.errors).toEqual([]);
  }, 60_000);

  it('says of a file that holds nothing, or nothing that is read, what is wrong with it', async () => {
    const shown = await journey.visit('/history');
    const { page } = shown;
    await drop(shown, 'empty.csv', '');
    await page.getByText('There is nothing in empty.csv.').waitFor();
    expect(await shown.barriers()).toEqual([]);
    await drop(shown, 'kvittering.csv', 'Dato;Vare;Antal;Pris\n2026-11-02;Rugbrød;1;24,50\n');
    await page.getByText('Nothing of it can be imported as it is.').waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/format=|There is nothing in/);
    expect(await shown.barriers()).toEqual([]);
  }, 60_000);

  it('asks which of two accounts holds, and takes the answer', async () => {
    const tea = (total: string) =>
      `Order Number,Order Date,Product Name,Quantity,Price,Order Total\n300014000000077,2026-03-01,Tea,1,5.00,${total}`;
    await journey.product.api.client.imports.create({ files: [new File([tea('5.40')], 'tea.csv')] }).wait();
    const shown = await journey.visit('/history');
    const { page } = shown;
    await drop(shown, 'other.csv', tea('6.40'));
    await page.getByRole('button', { name: 'Import it' }).click();
    await page.getByRole('heading', { name: 'What is not sure' }).waitFor();
    const open = page.getByRole('group').getByRole('button', { pressed: false }).first();
    const answer = (await open.textContent())!;
    await open.click();
    await page.getByRole('button', { name: answer, pressed: true }).waitFor();
    expect(await shown.barriers()).toEqual([]);
    await shown.pictures('history-questions');
  }, 60_000);

  it('shows orders, one of them, and what a product cost and whether a price is good', async () => {
    const shown = await journey.visit('/history/orders');
    const { page } = shown;
    await page.getByRole('rowheader').first().waitFor();
    expect(await page.getByRole('rowheader').count()).toBe(13);
    expect(await shown.barriers()).toEqual([]);
    await page.getByRole('rowheader').getByRole('link').nth(1).click();
    await page.getByRole('link', { name: 'Oat Milk, 64 fl oz' }).click();
    await page.locator('.history-series canvas').waitFor();
    expect(await page.getByLabel('Price', { exact: true }).inputValue()).toMatch(/^\d+\.\d\d$/);
    await page.getByLabel('Price', { exact: true }).fill('2.98');
    await page.getByRole('button', { name: 'Judge it' }).click();
    await page.getByText('A good price', { exact: false }).and(page.locator('.low')).waitFor();
    expect(await shown.barriers()).toEqual([]);
    await shown.pictures('history-product');
    await page.getByRole('link', { name: 'Watch its price' }).click();
    await page.getByLabel('Price', { exact: true }).fill('3,25');
    await page.getByRole('button', { name: 'Watch its price' }).click();
    await page.getByText('at $3.25 or less').waitFor();
    expect((await journey.product.api.client.priceWatches.list()).data).toMatchObject([{ below: { cents: 325 } }]);
    expect(await shown.barriers()).toEqual([]);
    expect(shown.errors).toEqual([]);
  }, 60_000);

  journey.onTelephone('/history/spending', async (shown) => {
    const { page } = shown;
    await page.locator('.history-bars li').first().waitFor();
    expect([await shown.fits(), await shown.barriers()]).toEqual([true, []]);
    for (const part of ['Ordrer', 'Varer', 'Overvågning', 'Import', 'Dine data']) {
      await page.getByRole('navigation', { name: 'Historikkens dele' }).getByRole('link', { name: part }).click();
      await page.locator('.skeleton').waitFor({ state: 'detached' });
      expect([part, await shown.fits(), await shown.barriers()]).toEqual([part, true, []]);
    }
  });

  it('says in Danish why a price cannot be judged', async () => {
    const { page } = await journey.visit('/history/products', { language: 'da' });
    const why: Record<string, string> = {
      unseen: 'Den er ikke set det sidste år.',
      other_currency: 'Den er kun set i andre valutaer.',
      other_measure: 'Den er kun set i et andet mål: pr. styk, efter vægt eller efter rumfang.',
      clearance_only: 'Den er kun set på tilbud, før den udløb.',
      too_few: 'Den er set for få gange til at sige det.',
      too_short: 'Alt er set inden for for få dage til at sige det.',
      stale: 'Den er ikke set i tre måneder.',
    } satisfies Record<NonNullable<PriceCheck['reasonCode']>, string>;
    let reasonCode = '';
    await page.route('**/v1/products/*/price-check*', async (route) => {
      const answer = (await (await route.fetch()).json()) as PriceCheck;
      await route.fulfill({ json: { ...answer, verdict: 'unknown', reason: 'An English sentence.', reasonCode } });
    });
    await page.locator('main .links a, main li a').first().click();
    for (const [code, sentence] of Object.entries(why)) {
      reasonCode = code;
      await page.locator('.history-inline button').first().click();
      await page.locator('.history-verdict').getByText(sentence).waitFor();
      expect(await page.getByText('An English sentence.').count()).toBe(0);
    }
  }, 60_000);

  it('erases everything only for who says how much there is', async () => {
    const shown = await journey.visit('/history/yours');
    const { page } = shown;
    await page.getByRole('button', { name: 'See what would be erased' }).click();
    const now = page.getByRole('button', { name: 'Erase it for good' });
    await now.waitFor();
    expect(await now.isDisabled()).toBe(true);
    expect(await shown.barriers()).toEqual([]);
    const count = /Type (\d+) to confirm/.exec((await page.getByText(/^Type \d+/).textContent())!)![1]!;
    await page.getByLabel(/^Type \d+/).fill(count);
    await now.click();
    await page.getByText('It is gone.').waitFor();
    expect(await orders()).toEqual([]);
  }, 60_000);
});
