import { RefreshingService } from '../../src/modules/discounts/refreshing.service.js';
import type { OfferList } from '../../src/modules/discounts/discounts.dto.js';
import type { Optimized } from '../../src/modules/planning/former/optimize.dto.js';
import { ReservationsRepository } from '../../src/modules/planning/making/reservations.repository.js';
import type { PlanList, PlanResource } from '../../src/modules/planning/plan.dto.js';
import type { PriceWatch } from '../../src/modules/prices/watching/watches.dto.js';
import { rowsOf } from '../support/stores.js';
import { startApp, type TestApp } from '../support/app.js';
import { inDays } from '../support/dates.js';
import { HOUSEHOLD } from '../support/household.js';

type Made = PlanResource & { clearances: NonNullable<PlanResource['clearances']> };
const AARHUS = { latitude: 56.152, longitude: 10.205 };
const WISH = { near: AARHUS, radiusKm: 5, maxStops: 2, perKmCents: 0 };

describe('what shops clear', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp();
  }, 60_000);
  afterAll(async () => {
    await test?.close();
  });
  const made = async (body: object): Promise<Made> => {
    const { id } = (await test.api.post('/v1/plans', { ...HOUSEHOLD, days: 3, startsOn: inDays(1), ...body })).body;
    const looked = async () => (await test.api.get(`/v1/plans/${id}`, { prefer: 'wait=20' })).body as Made;
    let plan = await looked();
    for (let more = 0; more < 2 && plan.status === 'open'; more++) plan = await looked();
    return plan;
  };
  const linesOf = ({ clearances }: Made) => clearances.stops.flatMap((stop) => stop.lines);

  it('is told for several places and chains, kept with its prices, and told to who watches a price near there', async () => {
    const near = { ...AARHUS, radiusKm: 3 };
    const watch = await test.api.post('/v1/price-watches', {
      words: 'demo',
      near,
      below: { cents: 1_000_000 },
      currency: 'DKK',
    });
    expect([watch.status, watch.body.near]).toEqual([201, near]);
    await test.app.get(RefreshingService).refresh();
    const { states } = (await test.api.get(`/v1/price-watches/${watch.body.id}`)).body as PriceWatch;
    expect(states.length).toBeGreaterThan(0);
    const all = (await test.api.get('/v1/offers?postalCode=8000,1050')).body as OfferList;
    const towns = new Set(all.data.map(({ store }) => store.city));
    expect(towns).toEqual(new Set(['Aarhus C', 'København K']));
    const inDenmark = (await test.api.get('/v1/offers?postalCode=DK-8000,DK1050')).body as OfferList;
    expect(inDenmark.data).toHaveLength(all.data.length);
    const around = (await test.api.get('/v1/offers?postalCode=8000&radiusKm=10')).body as OfferList;
    expect(new Set(around.data.map(({ store }) => store.postalCode))).toEqual(new Set(['8000', '8200']));
    expect(new Set(around.data.map(({ precision }) => precision))).toEqual(new Set(['postal_code']));
    const nowhere = await test.api.get('/v1/offers?postalCode=9999&radiusKm=10');
    expect([nowhere.status, nowhere.body.code]).toEqual([422, 'offers_place_unread']);
    const netto = (await test.api.get('/v1/offers?postalCode=8000,1050&chains=Netto,F%C3%B8tex')).body
      .data as OfferList['data'];
    expect(new Set(netto.map(({ store }) => store.brand))).toEqual(new Set(['netto', 'foetex']));
    expect(all.data[0]).toMatchObject({ isStale: false, trail: [{ cents: all.data[0]!.priceCents }] });
    const seen = await rowsOf<{ kind: string }>(test.stores.adminUrl, 'SELECT DISTINCT kind FROM price_observations');
    expect(seen).toEqual([{ kind: 'clearance' }]);
    // Copenhagen is farther than three kilometres.
    expect(new Set(states.map(({ store }) => store.slice(-1)))).not.toContain('3');
    expect(states[0]).toMatchObject({ side: 'below', toldAt: expect.any(String) });
  });

  it('becomes a plan that pays, in one currency, with stops, uses and what it saves', async () => {
    const plan = await made({ clearances: WISH });
    expect([plan.status, plan.currency]).toEqual(['completed', 'DKK']);
    const { clearances, days } = plan;
    const shoppingList = plan.shoppingList!;
    expect(clearances).toMatchObject({ isWorthIt: true, day: inDays(1), currency: 'DKK' });
    expect(clearances.savedCents).toBe(linesOf(plan).reduce((sum, line) => sum + line.savedCents, 0));
    for (const line of linesOf(plan)) {
      expect(line.uses.every(({ date }) => date >= inDays(1) && date <= line.useBy)).toBe(true);
      for (const { date, slot, recipeId } of line.uses)
        expect(days.find((day) => day.date === date)!.meals).toContainEqual(
          expect.objectContaining({ slot, recipeId }),
        );
    }
    const { food, usedGrams } = linesOf(plan)[0]!;
    const item = shoppingList.items.find((one) => one.food === food)!;
    expect(item.clearanceGrams).toBeGreaterThanOrEqual(usedGrams);
    expect(item.buyGrams).toBe(item.neededGrams - item.pantryGrams - item.clearanceGrams!);
    const uses = clearances.meals.flatMap((meal) => meal.uses);
    expect(uses.reduce((sum, { grams }) => sum + grams, 0)).toBe(clearances.savedGrams);
    const page = await fetch(`${test.url}/v1/plans/${plan.id}`, { headers: { accept: 'text/markdown' } });
    expect(await page.text()).toContain(`on ${inDays(1)}: ${linesOf(plan)[0]!.bought} × DEMO`);
    expect(clearances.maps.route).toContain('https://www.google.com/maps/dir/');
    expect(clearances.near).toEqual({ ...AARHUS, precision: 'point' });
  });

  it('is not bought where the trip costs more than it saves, and the plan says by how much', async () => {
    // What the plan before holds may be all that this one could use.
    await rowsOf(test.stores.adminUrl, 'DELETE FROM clearance_reservations');
    const plan = await made({ clearances: { ...WISH, perHourCents: 1_000_000, language: 'da' } });
    expect(plan.clearances).toMatchObject({ isWorthIt: false, stops: [], savedCents: 0 });
    expect(plan.clearances.sentence).toMatch(/^Det kan ikke betale sig: sparer .* kr, koster .* kr\.$/);
  });

  it('is held by the plans that buy it, so that many at once never count on the same packs', async () => {
    const plans = await Promise.all(
      Array.from({ length: 50 }, (_, seed) =>
        made({ days: 1, people: [{ ...HOUSEHOLD.people[0]! }], seed, clearances: WISH }),
      ),
    );
    expect(new Set(plans.map(({ status }) => status))).toEqual(new Set(['completed']));
    expect(plans.filter((plan) => linesOf(plan).length > 0).length).toBeGreaterThan(1);
    const [held] = await rowsOf<{ most: number }>(
      test.stores.adminUrl,
      `SELECT max(r.packs - floor((c.offer->>'stock')::numeric * 0.8 * CASE WHEN c.offer->>'stockUnit' = 'kg' THEN 1000 ELSE 1 END))::int AS most
       FROM (SELECT source_id, store_id, ean, sum(packs) AS packs FROM clearance_reservations GROUP BY 1, 2, 3) r
       JOIN clearances c USING (source_id, store_id, ean)`,
    );
    expect(held!.most).toBeLessThanOrEqual(0);
    const later = await made({ days: 1, seed: 99, clearances: WISH });
    expect(later.clearances.seen.heldPacks).toBeGreaterThan(0);
    expect(later.clearances.sentence).toMatch(/ \d+ packs there are held by other plans of yours\.$/);
    await Promise.all([later, ...plans].map(({ id }) => test.api.client.plans.releaseHold(id)));
  }, 60_000);

  it('is decided again for a plan with another meal, which takes over what the plan before held', async () => {
    const plan = await made({ clearances: WISH, seed: 5 });
    const held = async () => {
      const rows = await rowsOf<{ id: string; packs: number }>(
        test.stores.adminUrl,
        `SELECT plan_id AS id, sum(packs)::int AS packs FROM clearance_reservations
         WHERE plan_id IN (SELECT id FROM meal_plans WHERE id = '${plan.id}' OR swapped_from = '${plan.id}') GROUP BY 1`,
      );
      return Object.fromEntries(rows.map(({ id, packs }) => [id, packs]));
    };
    const packsOf = (one: Made) => linesOf(one).reduce((sum, { bought }) => sum + bought, 0);
    expect(await held()).toEqual({ [plan.id]: packsOf(plan) });
    const { body } = await test.api.post(`/v1/plans/${plan.id}/swap`, { date: inDays(3), slot: 'dinner' });
    const swapped = (await test.api.get(`/v1/plans/${body.id}`, { prefer: 'wait=20' })).body as Made;
    expect(swapped).toMatchObject({ status: 'completed', swappedFrom: plan.id, clearances: { isWorthIt: true } });
    expect(await held()).toEqual({ [swapped.id]: packsOf(swapped) });
    const meals = swapped.days.flatMap(({ date, meals: all }) =>
      all.map(({ slot, recipeId }) => `${date} ${slot} ${recipeId}`),
    );
    for (const { uses } of linesOf(swapped))
      for (const { date, slot, recipeId } of uses) expect(meals).toContain(`${date} ${slot} ${recipeId}`);
    const { food } = linesOf(swapped)[0]!;
    expect(swapped.shoppingList!.items.find((item) => item.food === food)!.clearanceGrams).toBeGreaterThan(0);
  });

  it('is given back by hand, for other plans at once and for good, also where a swap that took it over fails', async () => {
    // As it was at first, so that the trip is worth it as for the first plan.
    await rowsOf(test.stores.adminUrl, 'DELETE FROM clearance_reservations');
    const wish = { clearances: WISH };
    const plan = await made({ ...wish, seed: 5 });
    expect(plan).toMatchObject({ heldUntil: expect.any(String), clearances: { isWorthIt: true } });
    const listed = async () =>
      ((await test.api.get('/v1/plans?limit=1')).body as PlanList).data.find(({ id }) => id === plan.id)!.heldUntil;
    expect(await listed()).toBe(plan.heldUntil);
    const heldNow = async () =>
      (
        await rowsOf<{ packs: number }>(
          test.stores.adminUrl,
          'SELECT COALESCE(sum(packs), 0)::int AS packs FROM clearance_reservations WHERE expires_at > clock_timestamp()',
        )
      )[0]!.packs;
    const before = await heldNow();
    await test.api.client.plans.releaseHold(plan.id);
    await test.api.client.plans.releaseHold(plan.id);
    const packs = linesOf(plan).reduce((sum, { bought }) => sum + bought, 0);
    expect([await heldNow(), await listed()]).toEqual([before - packs, null]);
    const read = (await test.api.get(`/v1/plans/${plan.id}`)).body as Made;
    expect(read).toEqual({ ...plan, heldUntil: null });
    const { tenantId } = (
      await rowsOf<{ tenantId: string }>(
        test.stores.adminUrl,
        `SELECT tenant_id AS "tenantId" FROM meal_plans WHERE id = '${plan.id}'`,
      )
    )[0]!;
    const line = linesOf(plan)[0]!;
    const again = {
      sourceId: 'SALLING',
      storeId: plan.clearances.stops[0]!.shop.storeId,
      ean: line.ean,
      packs: 1,
      most: 999,
    };
    expect(await test.app.get(ReservationsRepository).reserve(tenantId, [plan.id], [again], line.buyBy)).toBe(false);
    expect(await heldNow()).toBe(before - packs);
    const { body } = await test.api.post(`/v1/plans/${plan.id}/swap`, { date: inDays(1), slot: 'dinner' });
    const swapped = (await test.api.get(`/v1/plans/${body.id}`, { prefer: 'wait=20' })).body as Made;
    expect([swapped.status, swapped.heldUntil !== null]).toEqual(['completed', swapped.clearances.isWorthIt]);
    const refused = (id: string, code: string) =>
      expect(test.api.client.plans.releaseHold(id)).rejects.toMatchObject({ code });
    await refused('plan_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9', 'plan_not_found');
    const failed = await made({ ...wish, budgetCents: 1 });
    expect(failed.status).toBe('failed');
    await refused(failed.id, 'plan_not_completed');
  });

  it('says how sure the place is from where one sets out, of an address too', async () => {
    const wish = { ...WISH, near: { address: 'Nørre Allé 12, 2. tv, 8000 Aarhus C' } };
    const { clearances } = await made({ days: 1, seed: 12, clearances: wish });
    expect(clearances.near).toMatchObject({ precision: 'postal_code' });
    if (clearances.isWorthIt) expect(clearances.tips.join(' ')).toContain('middle of the postal code');
  });

  it('is refused in another currency, with a route, and for a place that nobody knows', async () => {
    const asked = async (body: object) => (await test.api.post('/v1/plans', { ...HOUSEHOLD, ...body })).body.code;
    expect(await asked({ clearances: WISH, currency: 'USD' })).toBe('request_invalid');
    expect(await asked({ clearances: { ...WISH, near: { postalCode: '9999' } } })).toBe('plan_refused');
    expect(await asked({ clearances: { ...WISH, near: { address: 'Nowhere 1' } } })).toBe('plan_refused');
    expect(await asked({ clearances: { ...WISH, keepsDays: { unobtainium: 2 } } })).toBe('plan_refused');
  });

  it('is told in the words of the former optimizer, and so is what is wrong', async () => {
    const { status, body } = await test.api.post('/api/optimize', {
      location: '56.152,10.205',
      meals: ['chicken'],
      num_meals: 2,
      timeframe: inDays(1),
    });
    expect([status, body.success, body.user_location]).toEqual([200, true, AARHUS]);
    const { purchases, total_savings: total, stores } = (body as Optimized).recommendation;
    expect(purchases.length).toBeGreaterThan(0);
    const sum = purchases.reduce((all, { savings_ore: ore }) => all + ore, 0);
    expect([Math.round(total * 100), purchases[0]!.purchase_day]).toEqual([sum, inDays(1)]);
    expect(stores.map(({ name }) => name)).toContain(purchases[0]!.store_name);
    for (const location of ['nowhere', '91,0', 7]) {
      const refused = await test.api.post('/api/optimize', { location });
      expect([refused.status, refused.body.success, refused.body.error_type]).toEqual([400, false, 'validation']);
    }
    const equator = await test.api.post('/api/optimize', { location: '0,0' });
    expect([equator.status, equator.body.recommendation.purchases]).toEqual([200, []]);
  });
});
