import { WISH } from '../../../../test/support/clearances.js';
import { libraryIn } from '../../nutrition/library.js';
import type { Plan, PlanRequest } from '../solver/plan.js';
import { clearedAgain } from './clear.js';
import { needsOf, type Needs } from './needs.js';
import { packsFor } from './packing.js';
import { provenCleared } from './prove-cleared.js';
import { clearedAs } from './cleared.js';
import { bestRound, usableFrom } from './rounds.js';
import { shortestWay } from './trip.js';
import type { Cleared, ClearedLot, Market, Round, Shop } from './words.js';

const shop = (key: string, latitude: number, hours: [string, string] | null = null): Shop => ({
  key,
  sourceId: 'SALLING',
  storeId: key,
  name: key,
  brand: null,
  street: null,
  postalCode: null,
  city: null,
  latitude,
  longitude: 10.2,
  opensAt: hours?.[0] ?? null,
  closesAt: hours?.[1] ?? null,
});
const lot = (changes: Partial<ClearedLot> = {}): ClearedLot => ({
  key: 'a 1',
  shop: 'a',
  ean: '1',
  name: 'SKYR 500 G',
  food: 'skyr',
  match: 'exact',
  packGrams: 500,
  priceCents: 500,
  regularCents: 2000,
  stock: 10,
  stockUnit: 'each',
  packs: 8,
  stockShare: 0.8,
  buyBy: '2026-03-27T21:00:00Z',
  useBy: '2026-03-29',
  isUseByAssumed: true,
  isFrozen: false,
  mayBeGone: 'unlikely',
  isStale: false,
  allergens: { certain: [], likely: [] },
  ...changes,
});
const use = (date: string, grams: number) => ({ date, slot: 'dinner' as const, recipeId: 'r', grams });

describe('packs of what is cleared', () => {
  it('are bought while their used part is worth more than they cost, and no further', () => {
    const [line] = packsFor([lot()], [use('2026-03-27', 300), use('2026-03-29', 320)]);
    // Of the second pack 120 g are used: 480 of 2000, less than the 500 that it costs.
    expect(line).toMatchObject({ bought: 1, usedGrams: 500, savedCents: 1500, paidCents: 500 });
    expect(packsFor([lot()], [use('2026-03-27', 300), use('2026-03-29', 340)])[0]).toMatchObject({
      bought: 2,
      usedGrams: 640,
    });
  });

  it('are used by their last day, what keeps longer for later meals', () => {
    const soon = lot({ key: 'a 2', useBy: '2026-03-27', regularCents: 1900 });
    const lines = packsFor(
      [lot({ packs: 1 }), soon],
      [use('2026-03-27', 500), use('2026-03-29', 500), use('2026-03-30', 500)],
    );
    expect(lines.map(({ key, uses }) => [key, uses.map(({ date }) => date)])).toEqual([
      ['a 1', ['2026-03-29']],
      ['a 2', ['2026-03-27']],
    ]);
  });

  it('are never more than there are', () => {
    expect(packsFor([lot({ packs: 2 })], [use('2026-03-27', 5000)])[0]).toMatchObject({ bought: 2, usedGrams: 1000 });
    expect(packsFor([lot({ packs: 0 })], [use('2026-03-27', 5000)])).toEqual([]);
  });
});

describe('the way round shops', () => {
  it('is the shortest, and goes only where one is in time', () => {
    const near = shop('near', 56.16);
    const far = shop('far', 56.19);
    const way = shortestWay([far, near], WISH, '2026-03-27T15:00:00Z')!;
    expect(way.trip.cents).toBe(Math.ceil(way.trip.km * 200));
    const closing = shop('near', 56.16, ['2026-03-27T06:00:00Z', '2026-03-27T15:14:00Z']);
    expect(shortestWay([far, closing], WISH, '2026-03-27T15:00:00Z')!.shops[0]!.key).toBe('near');
    expect(shortestWay([closing], WISH, '2026-03-27T15:10:00Z')).toBeNull();
  });

  it('ends before a meal by the clock of the shop, over both changes of it', () => {
    // 17:30 there is 16:30 UTC in winter and 15:30 UTC in summer.
    expect(usableFrom('2026-03-28T16:30:00Z', 3)).toEqual({ date: '2026-03-28', slot: 'dinner' });
    expect(usableFrom('2026-03-29T16:30:00Z', 3)).toEqual({ date: '2026-03-30', slot: 'breakfast' });
    expect(usableFrom('2026-10-24T16:30:00Z', 3)).toEqual({ date: '2026-10-25', slot: 'breakfast' });
    expect(usableFrom('2026-10-25T16:30:00Z', 3)).toEqual({ date: '2026-10-25', slot: 'dinner' });
  });
});

describe('shops together', () => {
  const market = (lots: ClearedLot[], shops: Shop[]): Market => ({
    currency: 'DKK',
    day: '2026-03-27',
    departsAt: '2026-03-27T10:00:00Z',
    lots,
    shops,
  });
  const needs: Needs = new Map([['skyr', [use('2026-03-27', 500), use('2026-03-28', 500)]]]);
  const find = (some: Market, maxStops = 2) =>
    bestRound(some, needs, { wish: { ...WISH, maxStops }, mealsPerDay: 3, prices: new Map() });

  it('are those that save most beyond the trip, not those that save most', () => {
    const dear = lot({ key: 'b 1', shop: 'b', packs: 1, priceCents: 450 });
    const shops = [shop('a', 56.151), shop('b', 56.19)];
    expect(find(market([lot({ packs: 1 }), dear], shops))!.stops.map(({ shop: one }) => one.key)).toEqual(['a']);
    const near = [shop('a', 56.151), shop('b', 56.152)];
    expect(find(market([lot({ packs: 1 }), dear], near))!.stops).toHaveLength(2);
    expect(find(market([lot({ packs: 1 }), dear], near), 1)!.stops).toHaveLength(1);
  });

  it('are not worth a trip that costs what they save, and the sentence says both', () => {
    const round = find(market([lot({ packs: 1, priceCents: 1900 })], [shop('a', 56.19)]))!;
    const cleared = clearedAs(round, market([], []), {
      wish: WISH,
      currency: 'DKK',
      seen: { shops: 1, offers: 1 },
      lists: null,
    });
    expect([cleared.isWorthIt, cleared.round]).toEqual([false, null]);
    expect(cleared.sentence).toMatch(/^Not worth it: saves 1 kr, costs \d+(\.\d\d)? kr\.$/);
  });

  it('save no more than the list gets cheaper by, in the sentence and in what is told as the best', () => {
    const round = find(market([lot({ packs: 1 })], [shop('a', 56.1505)]))!;
    const { cents } = round.trip;
    const lists = { withoutCents: 1000, withCents: 1000 - cents };
    expect(round.netCents).toBeGreaterThan(0);
    const given = { wish: WISH, currency: 'DKK', seen: { shops: 1, offers: 1 }, lists } as const;
    const { isWorthIt, best, sentence } = clearedAs(round, market([], []), given);
    expect([isWorthIt, best]).toMatchObject([false, { savedCents: cents, tripCents: cents, netCents: 0 }]);
    const said = (cents / 100).toFixed(2);
    expect(sentence).toContain(`saves ${said} kr, costs ${said} kr`);
  });
});

/** What is told, as whoever tampers with it sees it. */
type Writable<T> = T extends object ? { -readonly [K in keyof T]: Writable<T[K]> } : T;
type Copy = Writable<Cleared & { round: Round }>;

describe('the proof of what is bought', () => {
  const library = libraryIn('DKK');
  const recipe = [...library.recipes.values()].find(({ ingredients }) =>
    ingredients.some(({ food }) => food.name === 'chicken breast'),
  )!;
  const plan: Plan = {
    seed: 1,
    repeatLimit: 2,
    days: ['2026-03-27', '2026-03-28'].map((date) => ({
      date,
      meals: [{ slot: 'dinner', recipeId: recipe.id, portions: [{ personId: 'a', servings: 8 }] }],
    })),
  };
  const request = {
    currency: 'DKK',
    startsOn: '2026-03-27',
    days: 2,
    mealsPerDay: 3,
    pantry: [],
    allergens: [],
    diets: [],
    dislikes: [],
    people: [],
    unavailableFoods: [],
    micronutrients: [],
    budgetCents: null,
    maxMinutes: null,
    maxRepeats: null,
    seed: 1,
  } as unknown as PlanRequest;
  const lots = [lot({ food: 'chicken breast', useBy: '2026-03-28' })];
  const market: Market = {
    currency: 'DKK',
    day: '2026-03-27',
    departsAt: '2026-03-27T10:00:00Z',
    lots,
    shops: [shop('a', 56.151, ['2026-03-27T06:00:00Z', '2026-03-27T21:00:00Z'])],
  };
  const round = bestRound(market, needsOf(plan, request, library), { wish: WISH, mealsPerDay: 3, prices: new Map() })!;
  const cleared = clearedAs(round, market, { wish: WISH, currency: 'DKK', seen: { shops: 1, offers: 1 }, lists: null });
  const wrongWith = (change: (copy: Copy) => void): string[] => {
    const copy = structuredClone(cleared) as Copy;
    change(copy);
    return provenCleared(copy, { plan, request, wish: WISH, library });
  };

  it('finds nothing wrong with what was chosen', () => {
    expect(round.netCents).toBeGreaterThan(0);
    expect(wrongWith(() => undefined)).toEqual([]);
  });

  it.each([
    ['used after its day', (copy: Copy) => (copy.round.stops[0]!.lines[0]!.useBy = '2026-03-26')],
    ['more packs than there are', (copy: Copy) => (copy.round.stops[0]!.lines[0]!.packs = 0)],
    ['more than is cooked', (copy: Copy) => (copy.round.stops[0]!.lines[0]!.uses[0]!.grams += 1e6)],
    ['another sum', (copy: Copy) => (copy.round.savedCents += 1)],
    ['a trip for nothing', (copy: Copy) => (copy.round.trip.cents = 0)],
    ['a closed shop', (copy: Copy) => (copy.round.stops[0]!.shop.closesAt = '2026-03-27T07:00:00Z')],
    ['a meal that is not', (copy: Copy) => (copy.round.stops[0]!.lines[0]!.uses[0]!.slot = 'lunch')],
    ['another money', (copy: Copy) => (copy.currency = 'USD')],
    ['too many stops', (copy: Copy) => copy.round.stops.push(copy.round.stops[0]!, copy.round.stops[0]!)],
  ])('finds %s', (_, change) => {
    expect(wrongWith(change)).not.toEqual([]);
  });

  it('finds what the household must not have', () => {
    const found = provenCleared(cleared, { plan, request: { ...request, diets: ['vegetarian'] }, wish: WISH, library });
    expect(found).not.toEqual([]);
  });

  describe('for a plan with another meal', () => {
    const without = [...library.recipes.values()].find(({ ingredients }) =>
      ingredients.every(({ food }) => food.name !== 'chicken breast'),
    )!;
    /** The first of the two dinners, or both, without what was bought. */
    const other = (days: number): Plan => ({
      ...plan,
      days: plan.days.map((day, at) => ({
        ...day,
        meals: day.meals.map((meal) => (at < days ? { ...meal, recipeId: without.id } : meal)),
      })),
    });
    const again = (next: Plan, isUnderWay: boolean) =>
      clearedAgain(next, { ...cleared, round: cleared.round! }, { wish: WISH, request, library, isUnderWay });
    const wrongIn = (next: Plan, isUnderWay: boolean) =>
      provenCleared(again(next, isUnderWay), { plan: next, request, wish: WISH, library, isUnderWay });

    it('is the same where the meals take the same', () => {
      expect(again(plan, false).round).toEqual(cleared.round);
    });

    it('goes to the meals that still take it, and is proven', () => {
      const kept = again(other(1), true);
      const [line] = kept.round!.stops[0]!.lines;
      expect(line!.uses.map(({ date }) => date)).toEqual(['2026-03-28']);
      expect(line!.bought).toBe(cleared.round!.stops[0]!.lines[0]!.bought);
      expect(wrongIn(other(1), true)).toEqual([]);
    });

    it('that takes none of it is not worth the trip; under way it is bought, and says what it saves', () => {
      expect(again(other(2), false)).toMatchObject({ isWorthIt: false, round: null, day: null });
      const kept = again(other(2), true);
      expect(kept).toMatchObject({ isWorthIt: false, day: '2026-03-27', round: { savedGrams: 0 } });
      expect(kept.best).toMatchObject({ savedCents: 0, savedGrams: 0 });
      expect(kept.sentence).toMatch(/^The shopping at a is under way: with this meal it saves 0 kr, the trip costs /);
      expect([wrongIn(other(2), true), wrongIn(other(2), false)]).toEqual([[], []]);
    });
  });
});
