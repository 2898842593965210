import { QuoteLine, type CartLine } from '../provider.js';
import { chooseProduct, type CandidateProduct } from './choose-product.js';

/** A product by name, size and price, as a provider's mapping makes it. */
const product = (name: string, size: string | null, priceCents: number, more: Partial<CandidateProduct> = {}) => ({
  productId: name,
  name,
  brand: null,
  size,
  categories: [],
  priceCents,
  soldByWeight: false,
  inStock: true,
  ...more,
});
const weighed = (name: string, priceCents: number) => product(name, 'per lb', priceCents, { soldByWeight: true });
const shelf = (...categories: string[]) => ({ categories });

function choose(line: Partial<CartLine> & { name: string }, candidates: CandidateProduct[]) {
  const chosen = chooseProduct({ id: 'line', quantity: 1, unit: null, ...line }, candidates);
  expect(() => QuoteLine.parse(chosen)).not.toThrow();
  return chosen;
}
const nameFor = (line: Partial<CartLine> & { name: string }, ...candidates: CandidateProduct[]) =>
  choose(line, candidates).productName;

const MILKS = [
  product('Almond Milk', '0.5 gal', 299),
  product('Oatly Oatmilk', '64 fl oz', 250, shelf('Dairy')),
  product('Chocolate Milk', '1 gal', 250),
  product('Evaporated Milk', '12 fl oz', 99),
  product('Coconut Milk Beverage', '0.5 gal', 199),
  product('Milk Duds 6 Pack', '6 ct', 199, shelf('Candy')),
  product("Hershey's Milk Chocolate Bars", '6 ct', 199, shelf('Snacks')),
  product('Milk-Bone Biscuits', '24 oz', 199, shelf('Pet Care')),
  product('Whole Milk', '1 pt', 129, shelf('Dairy & Eggs')),
  product('Kroger® Vitamin D Whole Milk', '1 gal', 329, shelf('Dairy & Eggs')),
];

describe('what a line is, and what it is not', () => {
  it('buys the gallon of milk for "Milk, 1 gallon"', () => {
    const line = choose({ name: 'Milk', quantity: 1, unit: 'gallon' }, MILKS);
    expect(line).toMatchObject({
      status: 'matched',
      productName: 'Kroger® Vitamin D Whole Milk',
      packs: 1,
      surplus: 0,
    });
  });

  it('takes eight pints where there is no gallon, never one', () => {
    const line = choose({ name: 'Milk', quantity: 1, unit: 'gallon' }, MILKS.slice(0, -1));
    expect(line).toMatchObject({ productName: 'Whole Milk', packs: 8, lineTotalCents: 8 * 129, surplus: 0 });
  });

  it('has no milk where there are only other milks and candy', () => {
    const line = choose({ name: 'Milk', quantity: 1, unit: 'gallon' }, MILKS.slice(0, 8));
    expect(line).toMatchObject({ status: 'missing', productId: null, packs: 0, lineTotalCents: null });
    expect(line.evidence).toContain('refused:category:candy:1');
  });

  it.each<[string, string, string[]]>([
    [
      'butter',
      'Land O Lakes Salted Butter',
      ['Jif Peanut Butter', 'Butter Lettuce', 'Butter Cookies', 'Butter Popcorn'],
    ],
    ['eggs', 'Large Brown Eggs', ['Egg Noodles', 'Egg Whites Liquid', 'Eggplant', 'Liquid Egg Substitute']],
    ['salt', 'Iodized Salt', ['Saltine Crackers', 'Epsom Salt', 'Salted Almonds']],
    ['sugar', 'Granulated Sugar', ['Brown Sugar', 'Sugar Cookies', 'No Sugar Added Ketchup', 'Powdered Sugar']],
    ['garlic', 'Garlic', ['Garlic Powder', 'Garlic Bread', 'Garlic Hummus']],
    ['bread', 'White Bread', ['Bread Crumbs', 'Bread Flour', 'Garlic Bread', 'Banana Bread']],
    ['potatoes', 'Russet Potatoes', ['Sweet Potatoes', 'Potato Chips', 'Instant Mashed Potatoes']],
    ['orange juice', 'Orange Juice', ['Orange Chicken', 'Oranges', 'Apple Juice']],
    ['chicken breast', 'Boneless Skinless Chicken Breasts', ['Chicken Thighs', 'Chicken Broth', 'Turkey Breast']],
    ['apple cider vinegar', 'Apple Cider Vinegar', ['Apple Cider', 'White Vinegar']],
    ['hamburger meat', 'Ground Beef 80/20', ['Hamburger Buns', 'Ground Turkey']],
    ['scallions', 'Green Onions', ['Onions Yellow', 'Onion Powder']],
    ['peanuts', 'Peanuts Dry Roasted', ['Peanut Butter Creamy']],
    ['jalapeño', 'Jalapeno Peppers', ['Bell Peppers', 'Jalapeno Potato Chips']],
    ['mac and cheese', 'Macaroni and Cheese Dinner', ['Cheddar Cheese', 'Macaroni Salad']],
    ['sliced turkey', 'Turkey Breast Deli Sliced', ['Turkey Bacon', 'Dog Food Turkey']],
    ['dark chocolate', '70% Cacao Dark Chocolate Bar', ['Dark Chocolate Granola', 'Chocolate Milk']],
    ['oj no pulp', 'No Pulp Orange Juice', ['Orange Soda']],
    ['k-cups', 'Coffee Pods', ['Paper Cups', 'Peanut Butter Cups']],
  ])('buys for %s: %s', (name, right, wrong) => {
    const candidates = [...wrong.map((one) => product(one, '1 lb', 100)), product(right, '1 lb', 900)];
    expect(nameFor({ name }, ...candidates)).toBe(right);
  });

  it.each([
    ['cayenne pepper', 'Black Pepper Ground'],
    ['spaghetti', 'Penne Pasta'],
    ['almond milk', 'Whole Milk'],
    ['chicken breast', 'Chicken Thighs'],
    ['granola bars', 'Granola'],
  ])('would rather have no %s than %s', (name, other) => {
    expect(choose({ name }, [product(other, '1 lb', 100)])).toMatchObject({ status: 'missing', lineTotalCents: null });
  });

  it('finds chocolate among the candy, and no milk there', () => {
    const bar = product('Dark Chocolate Bar', '3.5 oz', 299, shelf('Candy'));
    expect(nameFor({ name: 'dark chocolate' }, bar)).toBe('Dark Chocolate Bar');
    expect(nameFor({ name: 'milk' }, product('Milk Duds', '5 oz', 199, shelf('Candy')))).toBeNull();
  });

  it('asks back when the word is too wide', () => {
    const line = choose({ name: 'cheese' }, [
      product('Cheddar Cheese', '8 oz', 299),
      product('Swiss Cheese', '8 oz', 350),
    ]);
    expect(line).toMatchObject({ status: 'ambiguous', lineTotalCents: null });
    expect(line.alternatives.map(({ productName }) => productName)).toEqual(['Cheddar Cheese', 'Swiss Cheese']);
  });

  it('buys the usual form and says so when it is another one', () => {
    const canned = product('Tuna Canned in Water', '5 oz', 150);
    expect(choose({ name: 'tuna' }, [canned])).toMatchObject({ status: 'matched' });
    const frozen = choose({ name: 'spinach' }, [product('Frozen Chopped Spinach', '10 oz', 150)]);
    expect(frozen).toMatchObject({ status: 'missing', alternatives: [{ why: ['form:frozen'] }] });
    const substitution = { policy: 'similar' as const };
    const allowed = choose({ name: 'spinach', substitution }, [product('Frozen Chopped Spinach', '10 oz', 150)]);
    expect(allowed).toMatchObject({ status: 'substituted' });
    expect(allowed.evidence).toContain('form:frozen');
  });

  it('holds no product for words that are none', () => {
    for (const name of ['🥛', '!!!', '的'])
      expect(choose({ name }, MILKS)).toMatchObject({ status: 'missing', productId: null });
  });

  it('names up to three alternatives, never the pick', () => {
    const line = choose(
      { name: 'flour' },
      ['A', 'B', 'C', 'D'].map((maker) => product(`${maker} Flour`, '5 lb', 400)),
    );
    expect(line.alternatives).toHaveLength(3);
    expect(line.alternatives.map(({ productId }) => productId)).not.toContain(line.productId);
  });
});

describe('how much of it', () => {
  const FLOUR = [product('All Purpose Flour', '5 lb', 499)];
  const BANANAS = [weighed('Bananas, 0.4 lb avg', 58)];

  it.each<[string, number, string | null, CandidateProduct[], number, number]>([
    ['flour', 3, 'kg', FLOUR, 2, 998],
    ['flour', 2, 'cups', FLOUR, 1, 499],
    ['flour', 2, null, FLOUR, 2, 998],
    ['eggs', 2, 'dozen', [product('Eggs', '12 ct', 300)], 2, 600],
    ['eggs', 13, 'each', [product('Eggs', '12 ct', 300)], 2, 600],
    ['dozen eggs', 12, 'each', [product('Eggs', '12 ct', 300)], 1, 300],
    ['dozen eggs', 2, 'each', [product('Eggs', '12 ct', 300)], 2, 600],
    ['5 lb bag of potatoes', 2, null, [product('Russet Potatoes', '10 lb', 600)], 1, 600],
    ['bananas', 6, 'each', BANANAS, 6, 139],
    ['bananas', 3, 'lb', BANANAS, 8, 186],
    ['bananas', 2, 'bunch', BANANAS, 10, 232],
    ['2 bunches of bananas', 1, null, BANANAS, 10, 232],
    ['banana', 1, null, BANANAS, 1, 23],
    ['coke 12 pack', 1, null, [product('Cola', '12 ct / 12 fl oz', 799)], 1, 799],
    ['cola', 144, 'fl oz', [product('Cola', '12 pk 12 fl oz', 799)], 1, 799],
    ['orange juice', 0.5, 'gal', [product('Orange Juice', '52 oz', 499)], 2, 998],
    ['garlic', 3, 'cloves', [product('Garlic', '1 each', 59)], 1, 59],
    ['garlic, 2 heads', 1, null, [product('Garlic', '1 each', 59)], 2, 118],
    ['cloves garlic', 4, null, [product('Garlic', '1 each', 59)], 1, 59],
    ['eggs (2 dozen)', 1, null, [product('Eggs Large', '12 ct', 300)], 2, 600],
    ['eggs x 18', 1, null, [product('Eggs Large', '18 ct', 400)], 1, 400],
    ['chickpeas 4 tins', 1, null, [product('Chickpeas Canned', '15 oz', 89)], 4, 356],
    ['whole milk', 5, '1/2 gal', [product('Whole Milk', '0.5 gal', 200)], 5, 1000],
    ['bottled water', 5, 'gallon', [product('Bottled Water', '16.9 fl oz, 40 count', 500)], 1, 500],
    ['macaroni and cheese x4', 1, null, [product('Macaroni and Cheese Dinner', '7.25 oz', 100)], 4, 400],
    ['cola', 6, 'cans', [product('Cola', '12 pk 12 fl oz', 799)], 1, 799],
    ['spaghetti', 3, 'pkg.', [product('Spaghetti', '16 oz', 100)], 3, 300],
    ['bread', 3, 'loaves', [product('White Bread', '20 oz', 250)], 3, 750],
    ['apples x 5', 1, null, [product('Apples Fuji Bag', '3 lb', 400)], 1, 400],
    ['16.9 fl oz water 40 pk', 1, null, [product('Bottled Water', '24 ct', 400)], 2, 800],
    ['kale', 560, 'g', [product('Kale Curly', '1 bunch', 199)], 3, 597],
    ['kale', 560, 'g', [product('Kale Curly, 1 bunch', null, 199)], 3, 597],
    ['garlic', 49, 'g', [product('Garlic', '1 each', 59)], 2, 118],
    ['mango', 400, 'g', [product('Mangoes', '1 each', 125)], 2, 250],
    ['blueberries', 330, 'g', [product('Blueberries', '1 pint', 399)], 1, 399],
    ['cherry tomatoes', 330, 'g', [product('Cherry Tomatoes', '1 pint', 299)], 2, 598],
    ['radishes', 200, 'g', [product('Radishes', '1 bunch', 99)], 1, 99],
    ['spaghetti', 2, 'packs', [product('Spaghetti', '16 oz', 100)], 2, 200],
    ['cilantro', 3, 'bunches', [product('Cilantro', '1 bunch', 99)], 3, 297],
    ['corn', 6, 'ears', [product('Corn', '1 each', 50)], 6, 300],
    ['eggs', 18, 'large', [product('Large Eggs', '12 ct', 300)], 2, 600],
    ['large eggs', 12, null, [product('Large White Eggs 1 Dozen', '1 each', 300)], 1, 300],
    ['eggs', 30, null, [product('Eggs, Large', '1 ea', 300)], 3, 900],
    ['eggs', 12, null, [product('Large Eggs', '24 oz', 300)], 1, 300],
    ['3 large bananas', 1, null, [weighed('Bananas', 59)], 3, 46],
    ['avocado', 2, 'medium', [product('Hass Avocados', '1 each', 90)], 2, 180],
    ['butter', 8, 'tbsp', [product('Butter', '1 lb', 549)], 1, 549],
    ['ground beef', 32, 'fl oz', [product('Ground Beef', '1 lb', 499)], 3, 1497],
    ['hot dogs', 2, 'lb', [product('Hot Dogs', '8 ct', 499)], 1, 499],
    ['milk', 1, 'gal', [product('Whole Milk, Gallon, 128 fl oz', null, 312)], 1, 312],
    ['milk', 1, 'gal', [product('Whole Milk', '1/2 gal', 199)], 2, 398],
  ])('%s, %d %s', (name, quantity, unit, candidates, packs, lineTotalCents) => {
    expect(choose({ name, quantity, unit }, candidates)).toMatchObject({ packs, lineTotalCents });
  });

  const breasts = (pounds: number) => weighed(`Chicken Breast, ${pounds} lb avg`, 300);
  it.each<[number, string, number[], string, number, number, number]>([
    [3, 'lb', [2.9], '2.9', 1, 870, 0],
    [4, 'lb', [2.9], '2.9', 2, 1740, 1.8],
    [1, 'lb', [2.9, 1.4], '1.4', 1, 420, 0.4],
    [1, '', [4.8], '4.8', 1, 1440, 0],
  ])(
    'pays for the whole packs of what is weighed: %d %s of %p',
    (quantity, unit, sizes, chosen, packs, cents, surplus) => {
      const line = choose({ name: 'chicken breast', quantity, unit: unit || null }, sizes.map(breasts));
      expect(line).toMatchObject({ productName: `Chicken Breast, ${chosen} lb avg`, packs, lineTotalCents: cents });
      expect(line.surplus ?? 0).toBeCloseTo(surplus);
    },
  );

  it('asks back, naming the unit that nobody can read, and buys nothing', () => {
    const line = choose({ name: 'milk', quantity: 1, unit: 'parsec' }, MILKS);
    expect(line).toMatchObject({ status: 'ambiguous', packs: 0, evidence: ['unit:unread:parsec'] });
    expect(line.alternatives.map(({ productName }) => productName)).toContain('Kroger® Vitamin D Whole Milk');
  });

  it('tells what is left over in the unit asked for', () => {
    expect(choose({ name: 'potatoes', quantity: 5, unit: 'lb' }, [product('Potatoes', '8 lb', 600)]).surplus).toBe(3);
    expect(choose({ name: 'hot dogs', quantity: 2, unit: 'lb' }, [product('Hot Dogs', '8 ct', 499)])).toMatchObject({
      surplus: null,
      evidence: expect.arrayContaining(['size:unknown']) as string[],
    });
  });

  it('buys the usual size when none is told, neither the smallest nor the largest', () => {
    const yogurts = ['5.3 oz', '32 oz', '32 oz', '96 oz'].map((size, index) =>
      product('Greek Yogurt Plain', size, [119, 499, 489, 1299][index]!, { productId: `${index}` }),
    );
    expect(choose({ name: 'greek yogurt' }, yogurts).productId).toBe('2');
  });

  it('prefers a little more cost to a lot left over', () => {
    const sizes = [product('Sugar 10', '10 lb', 380), product('Sugar 4', '4 lb', 399)];
    expect(choose({ name: 'sugar', quantity: 4, unit: 'lb' }, sizes).productId).toBe('Sugar 4');
  });

  it('takes no price that is none and nothing out of stock', () => {
    const candidates = [
      product('Butter A', '1 lb', 0),
      product('Butter B', '1 lb', 100, { inStock: false }),
      { ...product('Butter C', '1 lb', 1), priceCents: null },
      product('Butter D', '1 lb', 900, { inStock: null }),
    ];
    const line = choose({ name: 'butter' }, candidates);
    expect(line.productId).toBe('Butter D');
    expect(line.evidence).toContain('stock:unknown');
  });
});

describe('diets and allergens', () => {
  it.each([
    ['organic bananas', 'Bananas'],
    ['gluten free bread', 'White Bread'],
    ['vegan butter', 'Salted Butter'],
    ['unsweetened applesauce', 'Cinnamon Applesauce'],
    ['lactose-free milk', 'Whole Milk'],
    ['low sodium soy sauce', 'Soy Sauce'],
    ['nonfat greek yogurt', 'Whole Milk Greek Yogurt Plain'],
    ['decaf coffee', 'Dark Roast Coffee Ground'],
  ])('has nothing for "%s" but what says so, whatever the policy', (name, other) => {
    const substitution = { policy: 'similar' as const };
    expect(choose({ name, substitution }, [product(other, '1 lb', 100)])).toMatchObject({ status: 'missing' });
  });

  it('hears the same claim in other words', () => {
    expect(nameFor({ name: 'nonfat milk' }, product('Fat Free Skim Milk', '1 gal', 300))).toBe('Fat Free Skim Milk');
    expect(nameFor({ name: 'vegan burger' }, product('Plant-Based Burger', '8 oz', 500))).toBe('Plant-Based Burger');
  });

  it.each([
    ['milk', 'oat milk', 'Oat Milk', true],
    ['milk', 'lactose free milk', 'Lactose Free Whole Milk', false],
    ['milk', 'coffee creamer', 'Non-Dairy Coffee Creamer', false],
    ['dairy', 'peanut butter', 'Peanut Butter', true],
    ['dairy', 'ranch', 'Ranch Dressing', false],
    ['tree nuts', 'almond milk', 'Almond Milk', false],
    ['peanuts', 'granola bars', 'Peanut Butter Granola Bars', false],
    ['gluten', 'rolled oats', 'Rolled Oats', false],
    ['gluten', 'rolled oats', 'Gluten Free Rolled Oats', true],
    ['wheat', 'flour tortillas', 'Flour Tortillas', false],
    ['gluten', 'soy sauce', 'Soy Sauce', false],
    ['eggs', 'mayo', 'Mayonnaise', false],
    ['eggs', 'eggplant', 'Eggplant', true],
    ['eggs', 'gluten free bread', 'Gluten Free Bread', false],
    ['soy', 'tofu', 'Tofu Firm', false],
    ['fish', 'worcestershire sauce', 'Worcestershire Sauce', false],
    ['shellfish', 'shrimp', 'Shrimp Raw Peeled', false],
    ['sesame', 'hummus', 'Hummus Classic', false],
    ['celery', 'celery', 'Celery', false],
  ])('without %s: for "%s", %s is %s', (allergen, name, offered, isBought) => {
    const line = choose({ name, allergens: [allergen] }, [product(offered, '1 lb', 100)]);
    expect(line.status).toBe(isBought ? 'matched' : 'missing');
    if (isBought) expect(line.evidence).toContain(`allergen:${allergen}:not-implied`);
  });

  it.each([
    ['tree nuts', 'peanuts', 'Peanuts', 'peanuts'],
    ['wheat', 'corn tortillas', 'Corn Tortillas', 'corn tortilla'],
    ['milk', 'dark chocolate', 'Dark Chocolate, may contain milk', 'dark chocolate'],
  ])('without %s: "%s" is asked back where only some packs of %s hold it', (allergen, name, offered) => {
    const line = choose({ name, allergens: [allergen] }, [product(offered, '1 lb', 100)]);
    expect(['ambiguous', 'missing']).toContain(line.status);
    expect(line.evidence.join(' ')).not.toContain('not-implied');
  });

  it.each([
    ['vegan', 'burger patties', 'Beef Burger Patties'],
    ['gluten free', 'bread', 'White Bread'],
    ['GF', 'bread', 'Whole Wheat Bread'],
    ['df', 'yogurt', 'Greek Yogurt Plain'],
    ['vegetarian', 'beans', 'Pork and Beans'],
    ['halal', 'sausage', 'Pork Sausage'],
    ['kosher', 'shrimp', 'Shrimp Raw Peeled'],
    ['vegan', 'olive oil', 'Sardines in Olive Oil'],
  ])('keeping to %s: "%s" never buys %s', (diet, name, offered) => {
    expect(choose({ name, diets: [diet] }, [product(offered, '1 lb', 100)])).toMatchObject({ status: 'missing' });
  });

  it('says of a diet kept what it goes by, and buys what does not break it', () => {
    const line = choose({ name: 'bread', diets: ['GF'] }, [product('Gluten Free Bread', '1 lb', 100)]);
    expect(line).toMatchObject({
      status: 'matched',
      evidence: expect.arrayContaining(['diet:gluten_free:not-broken']) as string[],
    });
  });

  it('buys nothing against a word that nobody can read', () => {
    const line = choose({ name: 'bread', allergens: ['zorgle'] }, [product('White Bread', '1 lb', 100)]);
    expect(line).toMatchObject({
      status: 'missing',
      evidence: expect.arrayContaining(['refused:unread:zorgle:1']) as string[],
    });
  });

  it('goes by the shelf too, when it is one thing alone', () => {
    const line = { name: 'spread', allergens: ['milk'] };
    expect(choose(line, [product('Garden Spread', '8 oz', 100, shelf('Cheese'))]).status).toBe('missing');
    expect(choose(line, [product('Garden Spread', '8 oz', 100, shelf('Dairy & Eggs'))]).status).toBe('ambiguous');
  });
});

describe('substitution', () => {
  const RUSSET_OUT = product('Russet Potatoes', '5 lb', 400, { inStock: false });
  const line = { name: 'russet potatoes', quantity: 5, unit: 'lb' };

  it('takes the same food in another variety, within 20 % by default, and marks it', () => {
    const within = choose(line, [RUSSET_OUT, product('Yukon Gold Potatoes', '5 lb', 480)]);
    expect(within).toMatchObject({ status: 'substituted', productName: 'Yukon Gold Potatoes' });
    expect(within.evidence).toEqual(expect.arrayContaining(['substitution:similar', 'name:no-russet', 'price:<=20%']));
    expect(choose(line, [RUSSET_OUT, product('Yukon Gold Potatoes', '5 lb', 481)])).toMatchObject({
      status: 'missing',
      alternatives: [{ productName: 'Yukon Gold Potatoes' }],
    });
  });

  it('compares prices on a common base', () => {
    const twice = product('Yukon Gold Potatoes', '10 lb', 800);
    expect(choose(line, [RUSSET_OUT, twice]).status).toBe('substituted');
  });

  it('keeps a limit that the shopper set only where there is a price to hold it against', () => {
    const substitution = { policy: 'similar' as const, maxPriceIncreasePercent: 50 };
    const gold = product('Yukon Gold Potatoes', '5 lb', 590);
    expect(choose({ ...line, substitution }, [RUSSET_OUT, gold]).status).toBe('substituted');
    const line2 = choose({ ...line, substitution }, [gold]);
    expect(line2.status).toBe('missing');
    expect(line2.evidence).toContain('substitution:no-reference-price');
  });

  it('never substitutes for "never", another brand included', () => {
    const substitution = { policy: 'never' as const };
    const store = product('Store Whole Milk', '1 gal', 300);
    expect(choose({ name: 'whole milk', brand: 'Horizon', substitution }, [store]).status).toBe('missing');
    expect(choose({ name: 'whole milk', brand: 'Horizon' }, [store])).toMatchObject({ status: 'substituted' });
    const own = product('Horizon Whole Milk', '1 gal', 500);
    expect(choose({ name: 'whole milk', brand: 'Horizon' }, [store, own])).toMatchObject({
      status: 'matched',
      productName: 'Horizon Whole Milk',
    });
  });

  it('takes from a list in its order, and nothing else', () => {
    const candidates = [product('Whole Milk', '1 gal', 300), product('Oat Milk', '0.5 gal', 400)];
    const substitution = { policy: 'list' as const, productNames: ['soy milk', 'oat milk', 'whole milk'] };
    expect(choose({ name: '2% milk', substitution }, candidates)).toMatchObject({
      status: 'substituted',
      productName: 'Oat Milk',
    });
    const none = { policy: 'list' as const, productNames: ['rice milk'] };
    expect(choose({ name: '2% milk', substitution: none }, candidates).status).toBe('missing');
    const allergens = ['gluten'];
    expect(choose({ name: '2% milk', substitution, allergens }, candidates).productName).toBe('Whole Milk');
  });
});
