import type { CartLine } from '../provider.js';
import { chooseProduct, type CandidateProduct } from './choose-product.js';

const product = (name: string, size: string, priceCents: number): CandidateProduct => ({
  productId: name,
  name,
  brand: null,
  size,
  categories: [],
  priceCents,
  soldByWeight: false,
  inStock: true,
});
const choose = (line: Partial<CartLine> & { name: string }, candidates: CandidateProduct[]) =>
  chooseProduct({ id: 'line', quantity: 1, unit: null, ...line }, candidates);

describe('what a name is', () => {
  it.each([
    ['olive oil', 'Sardines in Olive Oil'],
    ['bean sprouts', 'Black Beans Canned'],
    ['snow peas', 'Frozen Green Peas'],
    ['tomatoes', 'Crushed Tomatoes Canned'],
    ['fresh spinach for a salad', 'Frozen Spinach Chopped'],
    ['soya milk', 'Whole Milk'],
    ['hot dogs', 'Hot Dog Buns'],
    ['teriyaki sauce', 'Tomato Sauce Canned'],
    ['zzyzx sauce', 'Tomato Sauce Canned'],
    ['glimmerfrond paste', 'Tomato Paste'],
    ['smooth peanut butter', 'Crunchy Peanut Butter'],
    ['peanut butter, crunchy', 'Creamy Peanut Butter'],
    ['salmon (not smoked)', 'Smoked Salmon'],
    ['sharp cheddar, block not shredded', 'Sharp Cheddar Cheese Shredded'],
    ['nonfat greek yogurt', '2% Greek Yogurt Plain'],
    ['bread, GF', 'White Bread'],
    ['df yogurt', 'Whole Milk Yogurt Plain'],
    ['soy sauce GF', 'Soy Sauce'],
  ])('decides: "%s" never buys %s', (name, offered) => {
    expect(choose({ name }, [product(offered, '12 oz', 100)]).productId).toBeNull();
  });

  it.each([
    ['chix breasts bnls/sknls', 'Chicken Breast Boneless Skinless'],
    ['gr turkey 93/7', '93% Lean Ground Turkey'],
    ['bicarb', 'Baking Soda'],
    ['bananas (not too ripe)', 'Bananas'],
    ['sourdough loaf', 'Sourdough Bread'],
    ['marinara', 'Marinara Pasta Sauce'],
    ['spinach for a salad', 'Baby Spinach'],
    ['tuna in water', 'Chunk Light Tuna Canned in Water'],
    ['Greek yoghurt 0%', 'Nonfat Greek Yogurt Plain'],
    ['smooth peanut butter', 'Creamy Peanut Butter'],
  ])('is heard as it is said: "%s" buys %s', (name, offered) => {
    expect(choose({ name }, [product(offered, '12 oz', 100)])).toMatchObject({ status: 'matched' });
  });

  it.each([
    ['flumbo bread', 'White Bread'],
    ['xqz cheese', 'String Cheese'],
  ])('where nothing but the kind was understood, "%s" is told to be another one', (name, offered) => {
    const { status, evidence } = choose({ name }, [product(offered, '12 oz', 100)]);
    expect([status, evidence.filter((one) => one.startsWith('unread:'))]).toEqual([
      'substituted',
      [`unread:${name.split(' ')[0]}`],
    ]);
  });

  it('shows a word that nobody understood, and is less sure of it', () => {
    const [plain, odd] = ['white rice', 'zibbly white rice'].map((name) =>
      choose({ name }, [product('White Rice', '2 lb', 100)]),
    );
    expect(odd).toMatchObject({ status: 'matched', evidence: expect.arrayContaining(['unread:zibbly']) as string[] });
    expect(odd!.confidence).toBeLessThan(plain!.confidence);
  });

  it.each(['LF yogurt', 'nf bread', 'fodmap-free pasta', 'fruitfree yogurt'])(
    'asks back where "%s" may name a diet',
    (name) => {
      const line = choose({ name }, [
        product('Yogurt Plain', '32 oz', 300),
        product('White Bread', '20 oz', 300),
        product('Penne Pasta', '16 oz', 100),
      ]);
      expect(line.productId).toBeNull();
    },
  );

  it('offers another brand of what a brand stands for, unless nothing may be substituted', () => {
    const store = product('FreshWay Sandwich Cookies Chocolate', '14 oz', 300);
    expect(choose({ name: 'Oreos' }, [store])).toMatchObject({
      status: 'substituted',
      evidence: expect.arrayContaining(['brand:other']) as string[],
    });
    const never = choose({ name: 'Oreos', substitution: { policy: 'never' } }, [store]);
    expect(never).toMatchObject({ status: 'missing', alternatives: [{ why: ['brand:other'] }] });
    expect(choose({ name: 'Oreos' }, [store, product('Oreo Original', '14 oz', 500)])).toMatchObject({
      status: 'matched',
      productName: 'Oreo Original',
    });
  });

  it('names for a missing line what is nearly it, with why it is not the same, and never against an allergy', () => {
    const near = [
      product('Frozen Spinach Chopped', '10 oz', 150),
      product('Creamed Spinach', '10 oz', 250),
      product('Spinach Dip', '10 oz', 350),
    ];
    const line = choose({ name: 'fresh spinach' }, near);
    expect(line.status).toBe('missing');
    expect(line.alternatives.length).toBeGreaterThan(0);
    for (const { why } of line.alternatives) expect(why.length).toBeGreaterThan(0);
    const safe = choose({ name: 'fresh spinach', allergens: ['milk'] }, near);
    expect(safe.alternatives.map(({ productName }) => productName)).not.toContain('Creamed Spinach');
  });

  it.each([
    ['dr pepper', 'Jalapeno Peppers'],
    ['dr pepper', 'Bell Peppers Green'],
    ['dr pepper 2 liter', 'Jalapeno Peppers'],
    ['dr zibbly pepper', 'Bell Peppers Green'],
    ['jelly belly', 'Grape Jelly'],
    ['orange crush', 'Oranges Navel'],
    ['ginger ale', 'Ginger Root'],
    ['goldfish', 'Salmon Fillet'],
    ['grape nuts', 'Mixed Nuts'],
    ['chicken of the sea', 'Whole Chicken'],
  ])('takes no brand for the food in it: "%s" is never matched to %s', (name, offered) => {
    expect(choose({ name }, [product(offered, '1 lb', 100)]).status).not.toBe('matched');
  });

  it('takes another cola for a Dr Pepper, and says so', () => {
    expect(choose({ name: 'dr pepper 2 liter' }, [product('Cola', '2 L', 199)])).toMatchObject({
      status: 'substituted',
      evidence: expect.arrayContaining(['brand:other']) as string[],
    });
  });

  it('buys zero sugar where "zero" is asked for, never diet', () => {
    const [diet, zero] = [product('Diet Cola', '12 ct', 500), product('Zero Sugar Cola', '12 ct', 700)];
    for (const name of ['Coke Zero 12 pack', 'coke zero sugar', 'cola zero'])
      expect(choose({ name }, [diet, zero])).toMatchObject({ status: 'matched', productName: 'Zero Sugar Cola' });
    expect(choose({ name: 'Pepsi Zero' }, [diet, zero])).toMatchObject({ productName: 'Zero Sugar Cola' });
    expect(choose({ name: 'Coke Zero' }, [diet]).productId).toBeNull();
  });

  it('takes the nearest leanness where there is none as asked', () => {
    const beef = [product('Ground Beef 80/20', '1 lb', 500), product('Ground Beef 93/7 Lean', '1 lb', 650)];
    for (const name of ['ground beef 90/10', '90% lean ground beef'])
      expect(choose({ name }, beef)).toMatchObject({ status: 'substituted', productName: 'Ground Beef 93/7 Lean' });
  });

  it('tells sticks of a spice from what is ground, and not of butter', () => {
    const ground = product('Cinnamon Ground', '2.5 oz', 300);
    expect(choose({ name: 'cinnamon sticks' }, [ground]).productId).toBeNull();
    const sticks = product('Cinnamon Sticks', '1 oz', 600);
    expect(choose({ name: 'cinnamon sticks' }, [ground, sticks])).toMatchObject({ productName: 'Cinnamon Sticks' });
    expect(choose({ name: '2 sticks of butter' }, [product('Salted Butter', '1 lb', 500)]).status).toBe('matched');
  });

  it('takes a French thing for no goods of a brand that is called alike', () => {
    const [baguette, mustard] = [
      product('French Baguette', '10 oz', 300),
      product("French's Yellow Mustard", '8 oz', 200),
    ];
    expect(choose({ name: 'french stick' }, [mustard, baguette])).toMatchObject({
      status: 'matched',
      productName: 'French Baguette',
    });
    expect(choose({ name: "french's mustard" }, [mustard, baguette])).toMatchObject({
      status: 'matched',
      productName: "French's Yellow Mustard",
    });
  });
});
