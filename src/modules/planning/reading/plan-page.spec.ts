import { planRequest } from '../../../../test/support/plan-request.js';
import { shippedLibrary } from '../../nutrition/library.js';
import { resourceOf } from '../plan.resource.js';
import { notice } from '../solver/notices.js';
import type { Plan, Notice } from '../solver/plan.js';
import { priced } from '../solver/shopping/packs.js';
import { shoppingListOf } from '../solver/shopping/shopping-list.js';
import { planAs } from './plan-page.js';

const library = shippedLibrary();
const MONDAY = '2026-11-30';

/** Oats that rest overnight on the first day, and so much tofu that packs of two sizes cost least. */
function printed(
  type: Parameters<typeof planAs>[0],
  createdOn: string,
  notices: readonly Notice[] = [],
  timezone = 'UTC',
) {
  const eaten = (slot: 'breakfast' | 'dinner', recipeId: string, servings: number) => ({
    slot,
    recipeId,
    portions: [{ personId: 'p1', servings }],
  });
  const plan: Plan = {
    seed: 1,
    repeatLimit: 2,
    days: [{ date: MONDAY, meals: [eaten('breakfast', 'banana-overnight-oats', 1), eaten('dinner', 'minestrone', 1)] }],
  };
  const made = new Date(`${createdOn}T12:00:00Z`);
  const list = priced(shoppingListOf(plan, planRequest(), library), library.prices);
  const tofu = priced(
    [
      {
        food: 'tofu',
        fdcId: null,
        neededGrams: 1635,
        pantryGrams: 0,
        clearanceGrams: 0,
        buyGrams: 1635,
        meals: [],
        keeps: false,
        pieces: null,
      },
    ],
    new Map([
      [
        'tofu',
        [
          { product: 'Large Tofu', grams: 454, cents: 200 },
          { product: 'Small Tofu', grams: 397, cents: 180 },
        ],
      ],
    ]),
  );
  const row = {
    id: 'plan_printed',
    status: 'completed' as const,
    reference: null,
    metadata: {},
    traceparent: '',
    swappedFrom: null,
    timezone,
    currency: null,
    heldUntil: null,
    createdAt: made,
    startedAt: made,
    deadlineAt: made,
    closedAt: made,
    plan,
    proof: null,
    outcome: {
      origin: 'solver' as const,
      receipt: null,
      failure: null,
      repairs: [],
      notices,
      clashes: [],
      shoppingList: { ...list, items: [...tofu.items, ...list.items] },
    },
  };
  const { text } = planAs(type, resourceOf(row, library, { waiting: 0, atOnce: 1, pace: null }));
  return text.replaceAll('\r\n ', '');
}

const EVENING = '2026-11-29';

describe('a plan to read', () => {
  it.each(['text/markdown', 'text/html', 'text/calendar'] as const)(
    'lists every pack that has to be bought, with its count, size and price: %s',
    (type) => {
      const text = printed(type, EVENING).replaceAll('\\,', ',');
      expect(text).toContain('tofu, 1,635 g: 1 × Large Tofu (454 g, $2.00) and 3 × Small Tofu (397 g, $1.80 each)');
    },
  );

  it.each(['text/markdown', 'text/html', 'text/calendar'] as const)('tells of the total what keeps: %s', (type) => {
    expect(printed(type, EVENING).replaceAll('\\,', ',')).toMatch(
      /Total \$[\d.]+, of which \$[\d.]+ is left over and keeps/,
    );
  });

  it.each(['text/markdown', 'text/html'] as const)(
    'begins with the food: notices come last, but what somebody must not have stays first: %s',
    (type) => {
      const text = printed(type, EVENING, [
        notice('nutrient_low', { nutrient: 'iron_mg', percent: 40, isLeast: false, answer: 'hold' }, 'p1'),
        notice('caution_pregnancy', {}, 'p1'),
      ]);
      const places = ['deli meat', 'Minestrone', 'To buy', 'Iron comes to'].map((what) => text.indexOf(what));
      expect(places).not.toContain(-1);
      expect(places).toEqual([...places].sort((one, other) => one - other));
    },
  );

  it('has the shopping and what rests overnight in the calendar on the evening before', () => {
    const text = printed('text/calendar', EVENING);
    expect(text).toMatch(/UID:plan_printed-shopping@\S+\r\n.+\r\nDTSTART:20261129T170000/);
    expect(text).toMatch(/UID:plan_printed-2026-11-30-breakfast-before@\S+\r\n.+\r\nDTSTART:20261129T200000/);
    expect(text.match(/-before@/g)).toHaveLength(1);
  });

  it('has what rests overnight on the first day after the shopping, for as long as it takes at work', () => {
    const text = printed('text/calendar', MONDAY);
    const of = (uid: string) =>
      new RegExp(`UID:plan_printed-${uid}@\\S+\r\n.+\r\nDTSTART:(\\S+)\r\nDURATION:(\\S+)`).exec(text)!;
    expect(of('shopping').slice(1)).toEqual(['20261130T063000', 'PT60M']);
    expect(of('2026-11-30-breakfast-before').slice(1)).toEqual(['20261130T073000', 'PT15M']);
  });

  it('has nothing in the calendar for the evening before it was made, wherever its maker is', () => {
    expect(printed('text/calendar', MONDAY)).not.toContain('DTSTART:20261129');
    // At noon of that day in London it is Monday in Kiritimati.
    expect(printed('text/calendar', EVENING, [], 'Pacific/Kiritimati')).not.toContain('DTSTART:20261129');
  });
});
