import { offer, open, WISH } from '../../../../test/support/clearances.js';
import type { FoundClearance } from '../../discounts/discounts.service.js';
import { libraryIn } from '../../nutrition/library.js';
import type { PlanRequest } from '../solver/plan.js';
import { keepingOf } from './keeping.js';
import { marketOf, type Held } from './market.js';
import type { ClearanceWish } from './words.js';

const NOW = Date.parse('2026-03-27T10:00:00Z');
const REQUEST = {
  currency: 'DKK',
  startsOn: '2026-03-27',
  days: 5,
  mealsPerDay: 3,
  people: [],
  pantry: [],
  allergens: [],
  diets: [],
  dislikes: [],
  unavailableFoods: [],
  micronutrients: [],
  budgetCents: null,
  maxMinutes: null,
  maxRepeats: null,
  seed: 1,
} as const satisfies PlanRequest;
describe('what may be bought for a household', () => {
  const library = libraryIn('DKK');
  const find = (
    some: FoundClearance,
    {
      wish = {},
      request = {},
      nowMs = NOW,
      held = new Map(),
    }: { wish?: Partial<ClearanceWish>; request?: Partial<PlanRequest>; nowMs?: number; held?: Held } = {},
  ) => marketOf([some], { ...WISH, ...wish }, { request: { ...REQUEST, ...request }, library, nowMs, held });
  const lotOf = (...asked: Parameters<typeof find>) => find(...asked)?.lots[0];

  it('is a part of the stock, the smaller the older the word, less what other plans hold', () => {
    expect(lotOf(offer())).toMatchObject({
      food: 'chicken breast',
      packs: 8,
      useBy: '2026-03-28',
      isUseByAssumed: true,
    });
    expect(lotOf(offer({ mayBeGone: 'likely' }))).toMatchObject({ packs: 4 });
    expect(lotOf(offer({ isStale: true }))).toMatchObject({ packs: 4 });
    const held = new Map([['SALLING one 2000000000015', 7]]);
    expect(lotOf(offer(), { held })).toMatchObject({ packs: 1 });
    expect(lotOf(offer({ stock: 1 }))).toBeUndefined();
  });

  it('keeps as long as is assumed, longer by the caller’s word or in the freezer, and never for what was thawed', () => {
    expect(lotOf(offer(), { wish: { keepsDays: { 'chicken breast': 4 } } })).toMatchObject({
      useBy: '2026-03-31',
      isUseByAssumed: false,
    });
    expect(lotOf(offer(), { wish: { freeze: true } })).toMatchObject({ isFrozen: true, useBy: '2026-09-23' });
    const thawed = offer({ name: 'KYLLINGEBRYST OPTØET 450 G' });
    expect(lotOf(thawed, { wish: { freeze: true } })).toMatchObject({ isFrozen: false, useBy: '2026-03-28' });
  });

  it('is nothing that holds or may hold what somebody must not have', () => {
    const marinated = (allergens: FoundClearance['read']['allergens']) => offer({}, { allergens });
    const milk = { request: { allergens: ['dairy'] } };
    expect(lotOf(marinated({ certain: [], likely: ['milk'], freeOf: [] }), milk)).toBeUndefined();
    expect(lotOf(marinated({ certain: ['milk'], likely: [], freeOf: [] }), milk)).toBeUndefined();
    expect(lotOf(marinated({ certain: ['mustard'], likely: [], freeOf: [] }), milk)).toBeDefined();
    expect(lotOf(offer(), { request: { diets: ['vegetarian'] } })).toBeUndefined();
    expect(lotOf(offer({}, { match: 'stand_in' }), milk)).toBeUndefined();
    expect(lotOf(offer({}, { match: 'stand_in' }))).toBeDefined();
  });

  it('keeps as the caller says of a food by any of its names, and of none that the library has not', () => {
    const told = { 'Chicken Breasts': 4, 'chicken breast': 2, salmon: 1, 'a/b~c': 3 };
    expect(keepingOf(told, library.foods)).toEqual({
      keepsDays: { 'chicken breast': 2, salmon: 1 },
      unknown: [{ pointer: '/clearances/keepsDays/a~1b~0c', reason: expect.stringContaining('No food of ours') }],
    });
  });

  it('is nothing whose regular price or weight is not told, that is too far, or in other money', () => {
    expect(lotOf(offer({ regularPriceCents: null }))).toBeUndefined();
    expect(lotOf(offer({}, { packGramsOrMl: null }))).toBeUndefined();
    expect(lotOf(offer({}, { food: null }))).toBeUndefined();
    expect(lotOf(offer(), { wish: { radiusKm: 0.05 } })).toBeUndefined();
    expect(lotOf(offer(), { request: { currency: 'USD' } })).toBeUndefined();
  });

  it('is bought on the first day on which the shop can be reached while it is open', () => {
    expect(find(offer())!.day).toBe('2026-03-27');
    // 20:55 there is too late for a shop that closes at 21.
    expect(find(offer(), { nowMs: Date.parse('2026-03-27T19:55:00Z') })!.day).toBe('2026-03-28');
    const closed = { store: { ...offer().store, hours: [] } };
    expect(find(offer({ store: { ...closed.store, hours: [open('2026-04-07')] } }))).toBeNull();
    const noon = { opensAt: '2026-03-27T12:00:00.000Z', closesAt: '2026-03-27T12:00:00.000Z' };
    expect(find(offer({ store: { ...closed.store, hours: [noon] } }))).toBeNull();
    expect(find(offer({ store: { ...closed.store, hours: [noon, open('2026-03-28')] } }))!.day).toBe('2026-03-28');
    expect(find(offer({ endsAt: '2026-03-27T10:00:00Z' }))).toBeNull();
  });

  it('of what is weighed is a pack of the weight in its name, at the price of the kg', () => {
    const weighed = offer({ stockUnit: 'kg', stock: 4.5, priceCents: 10_000, regularPriceCents: 20_000 });
    expect(lotOf(weighed)).toMatchObject({ priceCents: 4500, regularCents: 9000, packs: 8 });
  });
});
