import { planRequest } from '../../../../test/support/plan-request.js';
import { shippedLibrary } from '../../nutrition/library.js';
import type { Recipe } from '../../nutrition/recipes.js';
import type { PlanRequest } from '../solver/plan.js';
import { avoidedOf } from './avoided.js';

const library = shippedLibrary();
const avoided = (request: Partial<PlanRequest>) => avoidedOf(planRequest(request), library);
const isAvoided = (request: Partial<PlanRequest>, food: string) => avoided(request).foods.has(food);

describe('foods avoided', () => {
  it('are ripe bananas where FODMAPs are, and not for an allergy to something else', () => {
    expect(isAvoided({ diets: ['low_fodmap'] }, 'banana')).toBe(true);
    expect(isAvoided({ diets: ['vegan'], allergens: ['milk'] }, 'banana')).toBe(false);
  });

  it.each([
    ['almonds', 'almond milk'],
    ['oats', 'rolled oats'],
    ['gluten', 'rolled oats'],
    ["cow's milk", 'butter'],
    ['coconut', 'coconut milk'],
    ['corn', 'cornstarch'],
    // Nobody wrote down what is in a mixture.
    ['tomato', 'salsa'],
    ['tomato', 'ketchup'],
    ['garlic', 'barbecue sauce'],
    ['lima bean', 'frozen mixed vegetables'],
    ['alliums', 'chicken stock'],
    ['pork', 'ham'],
    ['chicken', 'chicken broth'],
    ['shell-fish', 'shrimp'],
    ['crustaceans', 'shrimp'],
    ['seafood', 'salmon'],
    ['milk, peanuts', 'peanut butter'],
    ['milk, peanuts', 'butter'],
    ['celiac disease', 'spaghetti'],
    ['Weizen', 'couscous'],
    ['MSG', 'soy sauce'],
    // In some packs only.
    ['milk', 'white bread'],
  ])('for an allergy to %s are %s too', (allergen, food) => {
    expect(isAvoided({ allergens: [allergen] }, food)).toBe(true);
  });

  it.each([
    ['milk', 'almond milk'],
    ['milk', 'coconut milk'],
    ['egg', 'eggplant'],
    ['tree nuts', 'coconut milk'],
    ['tomato', 'white rice'],
    ['crustaceans', 'oyster sauce'],
    ['shell-fish', 'salmon'],
    ['alliums', 'soy sauce'],
    ['onion', 'baking soda'],
  ])('for an allergy to %s are not %s', (allergen, food) => {
    expect(isAvoided({ allergens: [allergen] }, food)).toBe(false);
  });

  it('are left out for the surest reason there is', () => {
    const { foods } = avoided({ allergens: ['alliums', 'milk'] });
    const why = (food: string) => foods.get(food)!.map((reason) => reason.why);
    expect(why('onion')).toEqual(['allergen "alliums"']);
    expect(why('hummus')).toEqual(['allergen "alliums"']);
    expect(why('cocoa powder')).toEqual(['allergen "milk" in some packs']);
    expect(why('mustard')).toEqual([
      'allergen "alliums", which it may have: nobody wrote down all that it is mixed of',
    ]);
  });

  it('are what a disliked word means, and no mixtures', () => {
    expect(isAvoided({ dislikes: ['tomatoes'] }, 'cherry tomato')).toBe(true);
    expect(isAvoided({ dislikes: ['tomatoes'] }, 'ketchup')).toBe(false);
    expect(isAvoided({ dislikes: ['seafood'] }, 'shrimp')).toBe(true);
    expect(isAvoided({ dislikes: ['svampe'] }, 'mushroom')).toBe(true);
    expect(isAvoided({ dislikes: ['blåbær'] }, 'blueberries')).toBe(true);
    expect(avoided({ dislikes: ['tacos'] }).recipes.has('pork-tacos')).toBe(true);
  });

  it.each([
    ['fish', ['salmon', 'canned tuna', 'cod'], ['shrimp']],
    ['salmon', ['salmon'], ['canned tuna', 'cod']],
    ['soy', ['firm tofu', 'tempeh', 'soy sauce'], ['canned black beans']],
    ['wheat', ['spaghetti', 'white bread', 'couscous'], ['rolled oats', 'corn tortillas']],
    ['noodles', ['egg noodles', 'rice noodles', 'spaghetti'], ['white rice']],
    ['beans', ['canned black beans', 'green beans', 'canned chickpeas', 'frozen mixed vegetables'], ['lentils']],
    ['green beans', ['green beans', 'frozen mixed vegetables'], ['canned black beans']],
    ['lima beans', ['frozen mixed vegetables'], ['green beans']],
    ['peas', ['frozen peas', 'snow peas', 'frozen mixed vegetables'], ['lentils', 'green beans']],
    ['carrots', ['carrot', 'frozen mixed vegetables'], ['parsnip']],
    ['onions', ['onion', 'green onion', 'salsa', 'barbecue sauce'], ['garlic', 'ketchup']],
    ['chickpeas', ['canned chickpeas', 'hummus'], ['lentils']],
    ['cumin', ['cumin', 'curry powder', 'chili powder'], ['ground coriander']],
    ['cucumber', ['cucumber', 'dill pickles'], ['zucchini']],
    ['cabbage', ['cabbage', 'sauerkraut'], ['kale']],
    ['anchovies', ['fish sauce', 'worcestershire sauce'], ['salmon', 'canned tuna']],
    [
      'greens',
      ['spinach', 'kale', 'arugula', 'romaine lettuce'],
      ['broccoli', 'green onion', 'lentils', 'green beans'],
    ],
    ['almonds', ['almonds'], ['walnuts']],
    ['nuts', ['almonds', 'walnuts', 'peanuts'], ['chia seeds']],
    ['garlic', ['garlic', 'garlic powder', 'hummus'], ['onion', 'soy sauce']],
    ['tomato', ['tomato', 'cherry tomato', 'canned tomatoes'], ['potato', 'eggplant']],
    ['dairy', ['2% milk', 'cheddar cheese', 'butter'], ['almond milk']],
    ['mushrooms', ['mushroom'], []],
    ['oily fish', ['salmon'], ['cod']],
    [
      'meat',
      ['chicken breast', 'pork chop', 'flank steak', 'bacon', 'ground beef', 'ham'],
      ['salmon', 'egg', 'tempeh'],
    ],
    ['red meat', ['ground beef', 'flank steak', 'ground pork'], ['chicken breast']],
    ['chicken', ['chicken breast', 'whole chicken', 'chicken thigh', 'chicken broth'], ['ground turkey', 'egg']],
    ['turkey', ['ground turkey', 'turkey breast'], ['chicken breast']],
    ['pork', ['pork chop', 'bacon', 'ham'], ['ground beef']],
    ['steak', ['flank steak'], ['salmon', 'ground beef']],
    [
      'vegetables',
      ['carrot', 'broccoli', 'spinach', 'frozen mixed vegetables'],
      ['vegetable oil', 'white rice', 'apple'],
    ],
    ['green vegetables', ['broccoli', 'spinach', 'green beans'], ['carrot', 'lentils', 'green onion']],
    ['pepper', ['red bell pepper', 'green bell pepper'], ['salt', 'black pepper']],
    ['peppers', ['red bell pepper', 'jalapeno pepper'], ['salt', 'paprika']],
    ['bell peppers', ['red bell pepper', 'green bell pepper'], ['jalapeno pepper', 'salt']],
    ['sweets', ['dark chocolate', 'jam'], ['onion', 'paprika', 'red bell pepper', 'sweet potato']],
    ['sugar', ['sugar', 'brown sugar', 'powdered sugar'], ['snow peas', 'honey']],
    ['corn', ['frozen corn', 'frozen mixed vegetables'], ['baking powder', 'powdered sugar', 'cornstarch']],
    ['citrus', ['orange', 'lemon', 'lime juice', 'lemon zest'], ['apple', 'white vinegar']],
    ['lemon', ['lemon', 'lemon juice', 'lemon zest'], ['lime', 'orange']],
    ['berries', ['strawberries', 'blueberries'], ['grapes', 'raisins']],
    ['grapes', ['grapes'], ['cherry tomato', 'raisins']],
    ['egg plant', ['eggplant'], ['egg', 'egg noodles']],
    ['potatoes', ['potato'], ['sweet potato']],
    ['sweet potato', ['sweet potato'], ['potato']],
    ['butter', ['butter', 'unsalted butter'], ['peanut butter', 'olive oil']],
    ['cream', ['heavy cream', 'sour cream'], ['cream cheese', 'ricotta cheese']],
    ['peanut butter', ['peanut butter'], ['butter', 'almonds']],
    ['rice', ['white rice', 'brown rice'], ['quinoa', 'white vinegar']],
    ['coconut', ['coconut milk', 'coconut oil'], ['almond milk', 'whole milk']],
    ['apple', ['apple'], ['apple cider vinegar', 'pear']],
    ['olives', ['black olives'], ['olive oil']],
    ['ginger', ['ginger', 'teriyaki sauce'], ['garlic', 'soy sauce']],
    ['coriander', ['cilantro', 'ground coriander'], ['parsley']],
    ['tofu', ['firm tofu'], ['tempeh', 'soy sauce']],
  ])('for the dislike "%s" are %j and not %j', (word, out, stay) => {
    const { foods, notices } = avoided({ dislikes: [word] });
    expect(out.filter((food) => !foods.has(food))).toEqual([]);
    expect(stay.filter((food) => foods.has(food))).toEqual([]);
    const told = notices.find(({ code }) => code === 'dislike_read')!.sentence;
    expect(told).toContain(`"${word}" was read as `);
    expect(out.some((food) => told.includes(food))).toBe(true);
  });

  it('are dishes that a title names, but not within the name of a food that stays', () => {
    const { recipes } = avoided({ dislikes: ['butter'] });
    const titles = [...recipes.keys()];
    expect(titles.filter((id) => id.includes('peanut-butter'))).toEqual([]);
    expect(avoided({ dislikes: ['steak'] }).recipes.has('southwest-steak-rice-bowl')).toBe(true);
  });

  it.each([
    ['keto', 'targets.carbohydrate_g'],
    ['low carb', 'targets.carbohydrate_g'],
    ['lactose-free', '"lactose" or "milk" in allergens'],
    ['omnivore', 'leaves diets empty'],
  ])('for the diet "%s" say what to ask instead', (diet, instead) => {
    expect(avoided({ diets: [diet] }).refusals).toEqual([
      { pointer: '/diets/0', reason: expect.stringContaining(instead) as string },
    ]);
  });

  it('are not guessed: what cannot be checked is refused, what is disliked or in the pantry and unknown is said', () => {
    const { refusals, notices } = avoided({
      allergens: ['E999', 'x'],
      dislikes: ['durian'],
      pantry: [{ food: 'durian', grams: 100 }],
    });
    expect(refusals.map(({ pointer }) => pointer)).toEqual(['/allergens/0', '/allergens/1']);
    expect(notices.map(({ code }) => code)).toEqual(['unknown_food', 'unknown_food']);
  });

  it('may be meant by a dislike that is misspelt, and that is said', () => {
    const { notices } = avoided({ dislikes: ['brusel sprouts', 'durian'] });
    expect(notices.map(({ sentence }) => sentence)).toEqual([
      '"brusel sprouts" is in none of our recipes. Did you mean "brussels sprouts"?',
      '"durian" is in none of our recipes.',
    ]);
  });

  it('are none for what no food of ours holds, and that is said', () => {
    const { foods, refusals, notices } = avoided({ allergens: ['kiwi', 'lupin', 'no allergies'] });
    expect([foods.size, refusals.length]).toEqual([0, 0]);
    expect(notices.flatMap(({ code, sentence }) => (code === 'unknown_food' ? [sentence] : []))).toEqual([
      '"kiwi" is in none of the foods we plan with.',
      '"lupin" is in none of the foods we plan with.',
    ]);
  });

  it.each([
    ['GF', 'spaghetti', true],
    ['plant-based', 'butter', true],
    ['halal', 'bacon', true],
    ['kosher', 'shrimp', true],
    ['pescatarian', 'salmon', false],
    ['vegetarian', 'parmesan cheese', true],
    ['vegan', 'white bread', false],
    ['gluten free', 'chicken broth', true],
    ['low FODMAP', 'onion', true],
    ['low FODMAP', 'spaghetti', true],
    ['low FODMAP', 'cheddar cheese', false],
    ['low FODMAP', 'white rice', false],
  ])('for the diet "%s": %s (%s)', (diet, food, isOut) => {
    expect(isAvoided({ diets: [diet] }, food)).toBe(isOut);
  });

  it('are for "kosher" all dishes of meat or poultry with milk, and those of one of them stay', () => {
    const { recipes } = avoided({ diets: ['kosher'] });
    const holds = ({ ingredients }: Recipe, pattern: RegExp) => ingredients.some(({ food }) => pattern.test(food.name));
    const own = [...shippedLibrary().recipes.values()];
    const meat = own.filter((recipe) => holds(recipe, /chicken|turkey|beef|steak|lamb/) && !holds(recipe, /broth/));
    const withCheese = meat.filter(
      (recipe) =>
        holds(recipe, /cheddar|mozzarella|yogurt|\bmilk\b|butter$/) &&
        !holds(recipe, /(soy|almond|coconut) milk|peanut butter/),
    );
    expect(withCheese.length).toBeGreaterThan(2);
    for (const { id } of withCheese) expect([id, recipes.has(id)]).toEqual([id, true]);
    expect(meat.some(({ id }) => !recipes.has(id))).toBe(true);
  });

  it('are not guessed for a diet nobody knows: it is refused, with those like it', () => {
    expect(avoided({ diets: ['vegann'] }).refusals).toEqual([
      { pointer: '/diets/0', reason: expect.stringContaining('Did you mean "vegan"') as string },
    ]);
  });
});
