import { another, bodyOf, FRESH, twins, usualSize, type Wish } from './wish.js';

const ADDRESS = { street: '1 Main St', city: 'Cincinnati', state: 'OH', postalCode: '45202', country: 'US' };
const AROUND = {
  address: ADDRESS,
  language: 'en',
  timezone: 'America/New_York',
  nowMs: Date.parse('2026-11-29T03:00:00Z'),
} as const;
const ANN = { ...another([], 'Ann'), heightCm: '168', weightKg: '65,5' };
const wishOf = (part: Partial<Wish>): Wish => ({ ...FRESH, people: [ANN], ...part });

describe('bodyOf', () => {
  it('says what was told, and nothing of what was left empty', () => {
    expect(bodyOf(wishOf({}), AROUND)).toEqual({
      people: [
        {
          id: 'Ann',
          sex: 'female',
          ageYears: 35,
          heightCm: 168,
          weightKg: 65.5,
          activity: 'low_active',
          goal: 'maintain',
        },
      ],
      days: 3,
      mealsPerDay: 3,
      pantryStaples: true,
      countLeftovers: false,
      timezone: 'America/New_York',
      currency: 'USD',
      route: { shippingAddress: ADDRESS },
      reference: 'console',
    });
  });

  it('reads lists with commas and money with either mark', () => {
    const body = bodyOf(
      wishOf({
        allergens: ['milk'],
        moreAllergens: 'kiwi, lupin;',
        dislikes: 'olives',
        budget: '49,95',
        maxMinutes: '30',
      }),
      AROUND,
    );
    expect(body).toMatchObject({
      allergens: ['milk', 'kiwi', 'lupin'],
      dislikes: ['olives'],
      budgetCents: 4995,
      maxMinutes: 30,
    });
  });

  it('asks no shop of the US for a plan in kroner, and what is cleared only where a place is told', () => {
    const danish = bodyOf(wishOf({ currency: 'DKK', clearing: { ...FRESH.clearing, near: ' 2100 ' } }), AROUND);
    expect(danish).toMatchObject({ currency: 'DKK', clearances: { near: { postalCode: '2100' }, language: 'en' } });
    expect(danish).not.toHaveProperty('route');
    expect(bodyOf(wishOf({ currency: 'DKK' }), AROUND)).not.toHaveProperty('clearances');
    expect(bodyOf(wishOf({ clearing: { ...FRESH.clearing, near: '2100' } }), AROUND)).not.toHaveProperty('clearances');
  });

  it('begins today unless told, by the calendar of who asks', () => {
    expect(bodyOf(wishOf({}), AROUND)).not.toHaveProperty('startsOn');
    expect(bodyOf(wishOf({ begins: 'tomorrow' }), AROUND).startsOn).toBe('2026-11-29');
    const there = { ...AROUND, timezone: 'Europe/Copenhagen' };
    expect(bodyOf(wishOf({ begins: 'tomorrow' }), there).startsOn).toBe('2026-11-30');
  });

  it('says how far one goes for what is cleared, at which chains and what a km costs', () => {
    const clearing = { near: 'Gade 1, 2200 København N', radiusKm: 10, maxStops: 3, perKm: '3,75', freeze: true };
    const { clearances } = bodyOf(wishOf({ currency: 'DKK', clearing: { ...clearing, chains: ['netto'] } }), AROUND);
    expect(clearances).toEqual({
      near: { address: 'Gade 1, 2200 København N' },
      radiusKm: 10,
      maxStops: 3,
      perKmCents: 375,
      freeze: true,
      chains: ['netto'],
      language: 'en',
    });
  });

  it('takes what is usual at an age for who leaves the size empty', () => {
    const people = [{ ...ANN, ageYears: '10', sex: 'female' as const, heightCm: '', weightKg: '', name: ' ' }];
    expect(bodyOf(wishOf({ people }), AROUND).people![0]).toMatchObject({ id: '1', heightCm: 144, weightKg: 37 });
    expect([usualSize(8.5, 'male'), usualSize(9, 'male')]).toEqual([
      { heightCm: 115, weightKg: 20 },
      { heightCm: 144, weightKg: 36 },
    ]);
  });
});

it('names those who share a name', () => {
  const people = ['Ann', 'Bo', ' Ann', ''].map((name) => ({ ...ANN, name }));
  expect([...twins(people)]).toEqual(['Ann']);
});
