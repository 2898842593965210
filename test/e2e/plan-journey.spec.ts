import type { Plan } from '../../sdk/client.js';
import { CART } from '../support/cart.js';
import { startApp, type TestApp } from '../support/app.js';
import { HOUSEHOLD } from '../support/household.js';
import { Receiver } from '../support/receiver.js';
import { rowsOf } from '../support/stores.js';

interface Told {
  type: string;
  data: { id: string; status: string; reference: string | null; route: { id: string } | null };
}

/** From what is known of a household to a routed cart and its webhook. */
describe('from an intake to a routed cart', () => {
  let test: TestApp;
  let receiver: Receiver;

  beforeAll(async () => {
    [test, receiver] = await Promise.all([startApp(), Receiver.start()]);
    await test.api.post('/v1/webhook-endpoints', { url: receiver.url });
  }, 60_000);
  afterAll(async () => {
    await test?.close();
    await receiver?.close();
  });

  it('plans by the stored intake, shops in whole packs, routes the cart and tells both outcomes', async () => {
    expect((await test.api.send('PUT', '/v1/intake?user=eva', { ...HOUSEHOLD, allergens: ['peanut'] })).status).toBe(
      200,
    );
    const { shippingAddress } = CART;
    const { plans, routes } = test.api.client;
    const wish = { user: 'eva', days: 2, pantry: [{ food: 'white rice', grams: 500 }], route: { shippingAddress } };
    const plan = await plans.create(wish).wait();
    expect(plan.status).toBe('completed');
    const bought = plan.shoppingList!.items.flatMap(({ buyGrams, purchase }) =>
      purchase ? [{ buyGrams, purchase }] : [],
    );
    expect(bought.length).toBeGreaterThan(5);
    for (const { buyGrams, purchase } of bought) {
      const packs = [purchase, ...purchase.also];
      const sumOf = (each: (pack: (typeof packs)[number]) => number) =>
        packs.reduce((sum, pack) => sum + pack.packs * each(pack), 0);
      expect(sumOf(({ packGrams }) => packGrams)).toBeGreaterThanOrEqual(buyGrams);
      expect(purchase.cents).toBe(sumOf(({ packCents }) => packCents));
    }
    const route = await routes.get(plan.route!.id!);
    expect(route.reference).toBe(plan.id);
    expect(plan.route).toMatchObject({ status: route.status, totalCents: route.outcome?.winner?.totalCents ?? null });
    expect(['fulfilled', 'partial']).toContain(route.status);

    const live = plan.livePrices!;
    expect(live.providerId).toBe(route.outcome!.winner!.providerId);
    const lines = route.lines[live.providerId]!;
    expect(live.cents).toBe(lines.reduce((sum, line) => sum + (line.lineTotalCents ?? 0), 0));
    expect(plan.receipt).toMatchObject({ catalogueCents: plan.shoppingList!.totalCents, liveCents: live.cents });

    const told = (await receiver.waitFor(2)).map(({ body }) => JSON.parse(body) as Told);
    expect(told.find(({ type }) => type.startsWith('route.'))!.data).toMatchObject({
      id: route.id,
      reference: plan.id,
    });
    expect(told.find(({ type }) => type === 'plan.generated')!.data).toMatchObject({
      id: plan.id,
      route: { id: route.id },
    });
    const events = await rowsOf<{ name: string }>(
      test.stores.adminUrl,
      'SELECT name FROM events WHERE subject = $1 ORDER BY sequence',
      [plan.id],
    );
    expect(events.map(({ name }) => name)).toEqual([
      'plan.drafted',
      'plan.checked',
      'plan.priced',
      'plan.routed',
      'plan.generated',
    ]);

    const swapping = await plans.swap(plan.id, { date: plan.days[0]!.date, slot: 'dinner' });
    expect(swapping).toMatchObject({ status: 'open', swappedFrom: plan.id });
    const swapped = await plans.wait(swapping.id);
    expect(swapped).toMatchObject({
      status: 'completed',
      proof: { violations: [] },
      receipt: { draft: 'swapped', aiCents: 0 },
    });
    expect(swapped.shoppingList).not.toEqual(plan.shoppingList);
    const rerouted = await routes.get(swapped.route!.id!);
    expect(rerouted).toMatchObject({
      reference: swapped.id,
      outcome: { winner: { totalCents: swapped.route!.totalCents } },
    });
    expect(swapped.livePrices!.cents).toBe(swapped.receipt!.liveCents);
    const dinner = swapped.days[0]!.meals.find(({ slot }) => slot === 'dinner')!;
    const foods = swapped.proof!.foods[dinner.recipeId]!.map(({ food }) => food);
    expect(foods.filter((food) => live.unavailableFoods.includes(food))).toEqual([]);
  }, 40_000);

  it('changes one meal as a plan of its own and leaves the first as it was', async () => {
    const { plans } = test.api.client;
    const before = await plans.create(HOUSEHOLD).wait();
    const { date } = before.days[1]!;
    const { options, isAll } = await plans.swaps(before.id, { date, slot: 'dinner', limit: 3 });
    expect(isAll).toBe(false);
    expect(new Set(options.map(({ recipeId }) => recipeId)).size).toBe(3);
    const third = options[2]!;
    const chosen = await plans.swap(before.id, { date, slot: 'dinner', recipeId: third.recipeId });
    expect(chosen.days[1]!.meals.find(({ slot }) => slot === 'dinner')).toMatchObject({
      recipeId: third.recipeId,
      title: third.title,
    });
    expect(chosen.shoppingList!.totalCents! - before.shoppingList!.totalCents!).toBe(third.differenceCents);
    const swapped = await plans.swap(before.id, { date, slot: 'dinner' });
    expect(swapped.days[1]!.meals.find(({ slot }) => slot === 'dinner')!.recipeId).toBe(options[0]!.recipeId);
    expect(swapped).toMatchObject({ status: 'completed', swappedFrom: before.id, proof: { violations: [] } });
    const recipes = (plan: Plan) => plan.days.flatMap(({ meals }) => meals.map(({ recipeId }) => recipeId));
    const changed = recipes(swapped).filter((id, index) => id !== recipes(before)[index]);
    expect(changed).toHaveLength(1);
    expect(await plans.get(before.id)).toEqual(before);
    expect(await plans.get(swapped.id)).toEqual(swapped);
    const none = await test.api.get(`/v1/plans/${before.id}/swap?date=2020-01-01&slot=dinner`);
    expect(none).toMatchObject({ status: 422, body: { code: 'plan_refused', errors: [{ pointer: '/date' }] } });
    const nowhere = await test.api.post(`/v1/plans/${before.id}/swap`, { date: '2020-01-01', slot: 'dinner' });
    expect(nowhere).toMatchObject({ status: 422, body: { code: 'plan_refused' } });
  });

  it('plans from the household’s own today, at whatever hour, by the time zone of the stored intake', async () => {
    // One of the two has another date than UTC at every hour.
    const dates = (zone: string) => new Date().toLocaleDateString('sv', { timeZone: zone });
    const zone = ['Pacific/Pago_Pago', 'Pacific/Kiritimati'].find((one) => dates(one) !== dates('UTC'))!;
    const path = '/functions/v1/plan-generator';
    await test.api.send('PUT', '/v1/intake?user=far', { ...HOUSEHOLD, days: 1, timezone: zone });
    const before = dates(zone);
    const { body } = await test.api.post(path, { user: 'far' });
    expect(body).toMatchObject({ status: 'completed', cached: false });
    expect([before, dates(zone)]).toContain(body.plan.days[0].date);
    // Its one day is today there, so it still holds: midnight apart, which this may meet once.
    const again = await test.api.post(path, { user: 'far' });
    expect(again.body.cached).toBe(body.plan.days[0].date === dates(zone));
    const plan = await test.api.post('/v1/plans', { user: 'far', timezone: 'UTC', startsOn: dates('UTC') });
    expect(plan.status).toBe(202);
  }, 40_000);

  it('answers the former call: by what is stored, once until it is forced, five times an hour', async () => {
    const path = '/functions/v1/plan-generator';
    expect((await test.api.post(path, {})).body.code).toBe('intake_not_found');
    await test.api.send('PUT', '/v1/intake', { ...HOUSEHOLD, days: 1 });
    const first = await test.api.post(path, {});
    expect(first.body).toMatchObject({ status: 'completed', cached: false });
    expect((await test.api.post(path, {})).body).toMatchObject({ plan_id: first.body.plan_id, cached: true });
    const forced = await test.api.post(path, { force_regenerate: true });
    expect(forced.body).toMatchObject({ status: 'completed', cached: false });
    expect(forced.body.plan_id).not.toBe(first.body.plan_id);
    for (let call = 0; call < 3; call++) await test.api.post(path, { force_regenerate: true });
    const refused = await test.api.post(path, { force_regenerate: true });
    expect(refused).toMatchObject({ status: 429, body: { code: 'plan_quota_used' } });
  }, 40_000);
});
