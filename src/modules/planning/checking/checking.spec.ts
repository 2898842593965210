import { shippedLibrary } from '../../nutrition/library.js';
import { CheckPlan } from './check.dto.js';
import { CheckingService } from './checking.service.js';

const service = new CheckingService(shippedLibrary());
const EVA = { id: 'eva', ageYears: 31, sex: 'female', heightCm: 168, weightKg: 66, expecting: 'pregnant' };
const TOT = { id: 'tot', ageYears: 4, sex: 'male', heightCm: 103, weightKg: 16.5 };
const check = (asked: object) => service.check(CheckPlan.parse({ startsOn: '2026-11-30', ...asked }));
const HAM = [{ food: 'ham', grams: 60 }];

describe('what is said of a plan to check', () => {
  it('promises nothing of what others planned', () => {
    const { notices } = check({
      people: [EVA, TOT],
      dislikes: ['greens'],
      days: [{ meals: [{ foods: HAM }] }],
    });
    const said = notices.map(({ sentence }) => sentence).join(' ');
    expect(said).toContain('"greens" was read as');
    expect(said).toContain('In pregnancy');
    expect(said).not.toMatch(/leaves out|has none of it/);
  });

  it('names the person, the food and the reason of a caution', () => {
    const meals = [{ foods: HAM }, { foods: [{ food: 'walnuts', grams: 30 }], title: 'Nuts' }];
    const { proof } = check({ people: [EVA, TOT], days: [{ meals }] });
    const cautions = proof.violations.filter(({ rule }) => rule === 'caution');
    expect(cautions.map(({ personId, detail }) => [personId, detail])).toEqual([
      ['eva', 'ham is nothing for eva: deli meat (ham).'],
      ['tot', 'Nuts is nothing for tot: children under 5 years choke on it (walnuts).'],
    ]);
  });

  it.each([
    ['smoked salmon', 'salmon', 'raw or smoked fish (salmon)'],
    ['Brie', 'monterey jack cheese', 'what is not pasteurised (monterey jack cheese)'],
    ['deli meats', 'turkey breast', 'deli meat (turkey breast)'],
    ['Swordfish', 'cod', 'fish with much mercury'],
    ['soft-boiled eggs', 'egg', 'raw egg (egg)'],
  ])('knows what is asked about in pregnancy: %s, counted as %s', (food, counted, why) => {
    const { proof, days } = check({ people: [EVA], days: [{ meals: [{ foods: [{ food, grams: 80 }] }] }] });
    expect(days[0]!.meals[0]!.foods).toEqual([
      { food: counted, grams: 80, evidence: `as stated, counted as ${counted}` },
    ]);
    expect(proof.violations.filter(({ rule }) => rule === 'caution').map(({ detail }) => detail)).toEqual([
      `${food} is nothing for eva: ${why}.`,
    ]);
  });

  it('refuses what it knows nothing of, rather than count it as something', () => {
    expect(() => check({ people: [EVA], days: [{ meals: [{ foods: [{ food: 'sushi', grams: 80 }] }] }] })).toThrow(
      'errors',
    );
  });

  it('names every rule that a dish breaks, with the word that says so', () => {
    const asked = { allergens: ['pork'], diets: ['vegan', 'halal'], dislikes: ['ham'] };
    const { proof } = check({ people: [EVA], ...asked, days: [{ meals: [{ foods: HAM }] }] });
    const details = proof.violations.filter(({ detail }) => detail.startsWith('ham is')).map(({ detail }) => detail);
    expect(details).toEqual([
      'ham is made with ham: allergen "pork".',
      'ham is made with ham: diet "vegan".',
      'ham is made with ham: diet "halal".',
      'ham is made with ham: dislike "ham".',
      'ham is nothing for eva: deli meat (ham).',
    ]);
  });

  it('says in figures what a day misses', () => {
    const { clashes } = check({ people: [EVA], days: [{ meals: [{ foods: HAM }] }] });
    expect(clashes[0]!.sentence).toMatch(/^On 2026-11-30 eva gets too little energy: [\d.,]+ kcal, at least [\d.,]+;/);
    const much = check({ people: [EVA], days: [{ meals: [{ foods: [{ food: 'olive oil', grams: 900 }] }] }] });
    expect(much.clashes[0]!.sentence).toMatch(/too much energy: 7,\d+(\.\d)? kcal, at most/);
  });

  it('lets a dish come as often, and on days running, as is allowed', () => {
    const day = { meals: [{ recipeId: 'minestrone' }] };
    const repeats = (asked: object) =>
      check({ people: [EVA], days: [day, day, day], ...asked }).proof.violations.filter(
        ({ rule }) => rule === 'repeat',
      );
    expect(repeats({}).map(({ detail }) => detail)).toHaveLength(2);
    expect(repeats({ repeats: { daysRunning: true } })).toEqual([]);
    expect(repeats({ repeats: { perWeek: 2, daysRunning: true } })).toHaveLength(1);
    expect(() => repeats({ maxRepeats: 3, repeats: { perWeek: 2 } })).toThrow('state one of them');
  });

  it('counts dishes that others cook by their names, or else by their foods', () => {
    const named = { title: 'Omelette', foods: [{ food: 'egg', grams: 120 }] };
    const larger = { title: ' omelette ', foods: [{ food: 'egg', grams: 180 }] };
    const repeatsOf = (first: object, second: object, third: object) =>
      check({
        people: [EVA],
        days: [first, second, third].map((meal) => ({ meals: [meal] })),
        repeats: { perWeek: 2, daysRunning: true },
      })
        .proof.violations.filter(({ rule }) => rule === 'repeat')
        .map(({ detail }) => detail);
    expect(repeatsOf(named, larger, named)).toEqual(['Omelette comes more than twice in a week.']);
    expect(repeatsOf({ foods: HAM }, { foods: [{ food: 'ham', grams: 90 }] }, { foods: HAM })).toEqual([
      'ham comes more than twice in a week.',
    ]);
    expect(repeatsOf(named, { ...larger, title: 'Scrambled eggs' }, named)).toEqual([]);
    const own = { ...named, title: 'minestrone' };
    expect(repeatsOf({ recipeId: 'minestrone' }, own, own)).toHaveLength(1);
  });

  it('holds shares of a day where there are meals to share it, and of those who are planned for', () => {
    const shares = (meals: object[], people: object[]) =>
      check({ people, days: [{ meals }] }).proof.violations.filter(({ rule }) => rule === 'share');
    const [little, much] = [5, 400].map((grams) => ({ foods: [{ food: 'ham', grams }] }));
    expect(shares([much!], [EVA])).toEqual([]);
    const infant = { ...TOT, id: 'infant', ageYears: 2 };
    expect(shares([little!, much!], [EVA, infant]).map(({ personId }) => personId)).toEqual(['eva', 'eva']);
  });
});
