import { readFile } from 'node:fs/promises';
import type { SwapOptions } from '../../sdk/client.js';
import { inBrowser } from '../support/browser.js';
import { consoleJourney, type Shown } from '../support/console.js';

const MADE_MS = 40_000;

inBrowser('the plan page of the console', () => {
  const journey = consoleJourney();

  const make = ({ page }: Shown) => page.locator('form button[type=submit]').click();
  const made = ({ page }: Shown) => page.locator('.plan-proof').waitFor({ timeout: MADE_MS });

  it('leads from the form to a recipe on paper, the calendar, a swap and the route', async () => {
    const shown = await journey.visit('/plan');
    const { page } = shown;
    await page.getByRole('heading', { name: 'What shall we eat?' }).waitFor();
    await page.getByLabel('Name').first().fill('Ann');
    await page.getByRole('button', { name: 'Peanut' }).click();
    expect(await shown.barriers()).toEqual([]);
    await shown.pictures('plan-form');
    await make(shown);
    await page.getByRole('heading', { name: 'Planning your meals …' }).waitFor();
    await made(shown);
    const plan = await journey.product.api.client.plans.get(shown.id);
    expect(plan.receipt!.targetsMet).toBe(plan.receipt!.targets);
    expect(await page.locator('.plan-meal').count()).toBe(9);
    const bands = plan.proof!.rows.filter(({ personId }) => personId === 'Ann').length;
    expect(await page.locator('.plan-band').count()).toBe(bands);
    expect(await page.getByText(`all ${bands} met`).count()).toBe(1);
    expect(await shown.barriers()).toEqual([]);
    await shown.pictures('plan-made');

    await page.locator('.plan-band').first().press('Enter');
    await page.getByRole('dialog', { name: /^Energy on/ }).waitFor();
    expect(await page.locator('.plan-sources li').count()).toBe(3);
    expect(await shown.barriers()).toEqual([]);
    await page.keyboard.press('Escape');

    const [calendar] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Calendar' }).click(),
    ]);
    expect(await readFile(await calendar.path(), 'utf8')).toMatch(/^BEGIN:VCALENDAR/);
    const [paper] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('link', { name: 'Print it all' }).click(),
    ]);
    await paper.getByRole('heading', { name: 'To buy' }).waitFor();
    await paper.close();

    const dinner = plan.days[0]!.meals.at(-1)!;
    await page.getByRole('link', { name: dinner.title }).first().click();
    await page.getByRole('heading', { level: 1, name: dinner.title }).waitFor();
    expect(await page.locator('.plan-ingredients li').allTextContents()).toEqual(
      dinner.recipe!.ingredients.map(({ text }) => text),
    );
    expect(await page.locator('.plan-method li').allTextContents()).toEqual(dinner.recipe!.steps);
    expect(await shown.barriers()).toEqual([]);
    await shown.pictures('plan-recipe');
    await page.evaluate('window.print = () => (window.printed = true)');
    await page.getByRole('button', { name: 'Print the recipe' }).click();
    expect(await page.evaluate('window.printed')).toBe(true);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
    expect(await page.locator('.plan-method').isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });

    await page.goBack();
    const answered = page.waitForResponse(/\/swap\?/);
    await page
      .getByRole('button', { name: `Another meal than ${dinner.title}` })
      .first()
      .click();
    const choices = page.getByRole('dialog', { name: `Instead of ${dinner.title}` }).getByRole('listitem');
    await choices.nth(2).waitFor();
    const { options } = (await (await answered).json()) as SwapOptions;
    const cents = new Map(options.map(({ title, differenceCents }) => [title, differenceCents!]));
    const listed = (await choices.locator('b').allTextContents()).map((title) => cents.get(title)!);
    expect(listed).toEqual(listed.toSorted((a, b) => a - b));
    expect(await page.getByText('The cheapest comes first.').count()).toBe(1);
    expect(await shown.barriers()).toEqual([]);
    await shown.pictures('plan-swap');
    const taken = await choices.nth(2).locator('b').textContent();
    await choices.nth(2).getByRole('button').press('Enter');
    await page.getByText('One meal was swapped').waitFor({ timeout: MADE_MS });
    const swapped = await journey.product.api.client.plans.get(shown.id);
    expect(swapped).toMatchObject({ status: 'completed', swappedFrom: plan.id });
    expect(swapped.days[0]!.meals.at(-1)!.title).toBe(taken);
    await page.getByRole('link', { name: 'See all shops' }).click();
    expect(new URL(page.url()).pathname).toBe(`/console/routes/${swapped.route!.id}`);
    expect(shown.errors).toEqual([]);
  }, 90_000);

  it('says what bars a plan, and makes it with the budget that it offers', async () => {
    const shown = await journey.visit('/plan');
    const { page } = shown;
    await page.getByLabel('Budget for all of it, $').fill('5');
    await page.getByLabel('Ask the shops for the cart at once').uncheck();
    await make(shown);
    await page.getByRole('heading', { name: 'That cannot be done' }).waitFor({ timeout: MADE_MS });
    expect(await shown.barriers()).toEqual([]);
    await shown.pictures('plan-impossible');
    const { closest } = await journey.product.api.client.plans.get(shown.id);
    const least = Math.ceil(closest!.costCents! / 100);
    await page.getByRole('button', { name: `Raise the budget to $${least}.00` }).click();
    await made(shown);
    const { shoppingList } = await journey.product.api.client.plans.get(shown.id);
    expect(shoppingList!.totalCents).toBeLessThanOrEqual(least * 100);

    expect(await page.getByText('No shop was asked for this list yet.').count()).toBe(1);
    expect(await shown.barriers()).toEqual([]);
    const planId = shown.id;
    await page.getByRole('button', { name: 'Ask the shops' }).click();
    await page.getByRole('heading', { name: /wins$/ }).waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/console\/race\/req_/);
    const route = await journey.product.api.client.routes.get(shown.id);
    expect(route.reference).toBe(planId);
  }, 90_000);

  it('shows what the API refuses below the field that it is about', async () => {
    const shown = await journey.visit('/plan');
    const { page } = shown;
    await page.getByLabel('Must not have, either').fill('blorf');
    await make(shown);
    await page.getByText('"blorf" names nothing that foods can be checked for.').waitFor();
    expect(await page.getByLabel('Must not have, either').getAttribute('aria-invalid')).toBe('true');
    expect(await page.evaluate('document.activeElement.getAttribute("aria-invalid")')).toBe('true');
    await page.getByText('What is marked above').waitFor();
    expect(await shown.barriers()).toEqual([]);
  }, 60_000);

  journey.onTelephone('/plan', async (shown) => {
    await shown.page.getByRole('heading', { name: 'Hvad skal vi spise?' }).waitFor();
    expect(await shown.fits()).toBe(true);
    expect(await shown.barriers()).toEqual([]);
    await shown.page.getByText('Danmark').click();
    await make(shown);
    await made(shown);
    expect(await shown.fits()).toBe(true);
    expect(await shown.barriers()).toEqual([]);
    await shown.page.getByText('Godt at vide').click();
    const plan = await journey.product.api.client.plans.get(shown.id);
    const recipes = plan.days.flatMap(({ meals }) => meals.map(({ recipe }) => recipe!));
    const data = [
      ...plan.days.flatMap(({ meals }) => meals.map(({ title }) => title)),
      ...recipes.flatMap(({ steps, ingredients }) => [...steps, ...ingredients.map(({ text }) => text)]),
      ...plan.shoppingList!.items.flatMap(({ food, purchase }) => [food, purchase?.product ?? '']),
    ];
    expect(plan.notices.length).toBeGreaterThan(0);
    expect(await shown.page.locator('.plan-know li').count()).toBeGreaterThan(0);
    expect(await shown.english(data)).toEqual([]);
    await shown.page.locator('.plan-meal a').first().click();
    await shown.page.locator('.plan-method').waitFor();
    expect(await shown.fits()).toBe(true);
    expect(await shown.english(data)).toEqual([]);
  });

  it('says in Danish what bars a plan, and what a field takes', async () => {
    const shown = await journey.visit('/plan', { language: 'da', width: 360 });
    const { page } = shown;
    await page.getByLabel('Må heller ikke få').fill('blorf');
    await page.getByLabel('Alder').first().fill('2000');
    await make(shown);
    await page.getByText('Alderen må være fra 4 til 120 år').waitFor();
    expect(await shown.english()).toEqual([]);
    await page.getByLabel('Alder').first().fill('35');
    await make(shown);
    await page.getByText('“blorf” er ikke noget, som maden kan undersøges for.').waitFor();
    expect(await shown.english()).toEqual([]);
    await page.getByLabel('Må heller ikke få').fill('');
    await page.getByLabel('Budget for det hele, $').fill('5');
    await page.getByText('Vegansk').click();
    await make(shown);
    await page.locator('.plan-bars li').first().waitFor({ timeout: MADE_MS });
    const { closest, clashes } = await journey.product.api.client.plans.get(shown.id);
    expect(clashes.length).toBeGreaterThan(0);
    const titles = (closest?.days ?? []).flatMap(({ meals }) => meals.map(({ title }) => title));
    expect(await shown.english([...titles, ...(closest?.misses ?? []).map(({ detail }) => detail)])).toEqual([]);
    expect(await shown.barriers()).toEqual([]);
  }, 90_000);
});
