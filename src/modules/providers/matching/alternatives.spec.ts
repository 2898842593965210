import type { CartLine } from '../provider.js';
import { chooseProduct, type CandidateProduct } from './choose-product.js';

const product = (name: string, size: string, priceCents: number): CandidateProduct => ({
  productId: `${name}, ${size}`,
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
const namesOf = (name: string, offered: string[]) =>
  choose(
    { name },
    offered.map((one) => product(one, '1 lb', 300)),
  ).alternatives.map(({ productName }) => productName);

describe('what is offered instead', () => {
  it.each([
    ['lamb mince', ['Ground Beef 80/20'], ['Cinnamon Ground', 'Cumin Ground', 'Ground Pork']],
    ['lamb chops', ['Veal Chops'], ['Pork Chops Boneless']],
    ['duck breast', ['Chicken Breast Boneless Skinless'], ['Breast Pump']],
    ['trout fillets', ['Salmon Fillets Frozen'], ['Chicken Fillets']],
    ['walnut oil', ['Sesame Oil'], ['Walnuts']],
    ['spelt flour', ['All Purpose Flour'], ['Spelt Crackers']],
    ['goat cheese', ['String Cheese'], ['Goat Milk Soap']],
    ['teriyaki sauce', [], ['Tomato Sauce', 'Teriyaki Jerky']],
    ['organic free range eggs', ['Eggs Large', 'Cage Free Eggs'], ['Egg Noodles']],
    ['garlic paste', [], ['Tomato Paste', 'Garlic Bread']],
    ['canned chili no beans', [], ['Chili Powder']],
  ])('of "%s" are %j, and never %j', (name, kin, strangers) => {
    const offered = namesOf(name, [...kin, ...strangers]);
    expect(offered.filter((one) => strangers.includes(one!))).toEqual([]);
    for (const one of kin) expect(offered).toContain(one);
  });

  it('is no goods of a kind without the word that tells it', () => {
    expect(choose({ name: 'goat cheese' }, [product('String Cheese', '12 oz', 300)])).toMatchObject({
      status: 'missing',
      alternatives: [{ why: ['name:no-goat'] }],
    });
    expect(choose({ name: 'plain yogurt' }, [product('Greek Yogurt Plain', '32 oz', 300)]).productId).toBeNull();
  });
});

describe('what is offered instead, where a diet is asked for', () => {
  it('keeps the diet, and lets go how it was grown', () => {
    const drumsticks = product('Chicken Drumsticks', '2 lb', 400);
    const halal = product('Halal Chicken Drumsticks', '2 lb', 600);
    const of = (name: string) =>
      choose({ name }, [drumsticks, halal]).alternatives.map(({ productName }) => productName);
    expect(of('halal chicken thighs')).toEqual(['Halal Chicken Drumsticks']);
    expect(of('organic chicken thighs')).toContain('Chicken Drumsticks');
    expect(choose({ name: 'decaf coffee' }, [product('Coffee Ground', '12 oz', 500)]).alternatives).toEqual([]);
  });

  it('is no ground meat bought for meat in pieces', () => {
    const line = choose({ name: 'diced beef' }, [product('Ground Beef 80/20', '1 lb', 600)]);
    expect(line).toMatchObject({ productId: null, alternatives: [{ productName: 'Ground Beef 80/20' }] });
    expect(choose({ name: 'stewing beef' }, [product('Beef Stew Meat', '1 lb', 700)])).toMatchObject({
      status: 'matched',
    });
    expect(choose({ name: 'gr turkey' }, [product('93% Lean Ground Turkey', '1 lb', 700)])).toMatchObject({
      status: 'matched',
    });
  });
});

describe('a line that says not to buy', () => {
  it.each([
    'no bread',
    'No more bread please',
    'no white bread',
    'no bread this week',
    "don't buy bread",
    'do not get bread',
    'skip the bread',
    'bread (not needed)',
    'bread: we already have it',
    'bread - have enough',
    'without bread',
    'no need for bread',
  ])('buys nothing and says so: "%s"', (name) => {
    expect(choose({ name }, [product('White Bread', '20 oz', 117)])).toMatchObject({
      status: 'ambiguous',
      productId: null,
      evidence: ['line:negated'],
      alternatives: [],
    });
  });

  it.each([
    ['no pulp orange juice', 'No Pulp Orange Juice'],
    ['no salt added tomato sauce', 'No Salt Added Tomato Sauce'],
    ['no sugar added applesauce', 'No Sugar Added Applesauce'],
    ['no boil lasagna', 'No Boil Lasagna'],
    ['no bean chili', 'No Bean Chili'],
    ['salmon, not smoked', 'Salmon Fillets'],
    ['noodles', 'Egg Noodles'],
    ['bananas (not too ripe)', 'Bananas'],
  ])('is not one that a name is written with: "%s" buys %s', (name, offered) => {
    expect(choose({ name }, [product(offered, '16 oz', 300)]).productName).toBe(offered);
  });
});

describe('single ones', () => {
  const SINGLE = product('Chunk Light Tuna Canned in Water', '5 oz', 97);
  const OF_FOUR = product('Chunk Light Tuna Canned in Water', '4 ct', 348);
  const OF_FOUR_TOO = product('Chunk Light Tuna Canned in Oil', '4 ct', 348);

  it.each([
    ['2 tins of tuna', 1, null, '5 oz', 2],
    ['tuna', 2, 'can', '5 oz', 2],
    ['4 tins of tuna', 1, null, '4 ct', 1],
    ['tuna', 8, 'cans', '4 ct', 2],
  ])('"%s" × %d %s are as many as are asked for: packs of %s', (name, quantity, unit, packSize, packs) => {
    const line = choose({ name, quantity, unit }, [OF_FOUR, OF_FOUR_TOO, SINGLE]);
    expect(line).toMatchObject({ status: 'matched', packSize, packs });
  });

  it.each([
    ['eggs', 30, [product('Eggs Large', '12 ct', 184)], 3],
    ['eggs', 2, [product('Eggs Large', '12 ct', 184)], 2],
    ['bagels', 4, [product('Bagels Plain', '6 ct', 300)], 1],
    ['lemons', 5, [product('Lemons', '1 each', 68)], 5],
    ['milk', 4, [product('Whole Milk', '1 gal', 400)], 4],
    ['corn tortillas', 4, [product('Corn Tortillas', '30 ct', 238)], 4],
  ])('of what people count by the piece are pieces without a unit: "%s" × %d', (name, quantity, offered, packs) => {
    expect(choose({ name, quantity }, offered)).toMatchObject({ status: 'matched', packs });
  });

  it('that come in a larger pack alone tell what is left over', () => {
    expect(choose({ name: 'tuna', quantity: 2, unit: 'can' }, [OF_FOUR])).toMatchObject({ packs: 1, surplus: 2 });
  });

  it('of a size are not bought in packs that tell none', () => {
    const line = choose({ name: 'sparkling water 6 x 1.5L' }, [
      product('Lemon Sparkling Water', '8 ct', 327),
      product('Lime Sparkling Water', '12 ct', 420),
    ]);
    expect(line).toMatchObject({ status: 'ambiguous', productId: null });
    expect(line.evidence).toContain('size:untold');
    expect(line.alternatives).toHaveLength(2);
  });
});

describe('what a plain word means', () => {
  it.each([
    ['rice', ['Brown Rice', 'Long Grain White Rice'], 'Long Grain White Rice'],
    ['spaghetti', ['Whole Wheat Spaghetti', 'Spaghetti'], 'Spaghetti'],
    ['avocados ripe', ['Avocados Hass'], 'Avocados Hass'],
    [
      'full fat greek yogurt',
      ['2% Greek Yogurt Plain', 'Whole Milk Greek Yogurt Plain'],
      'Whole Milk Greek Yogurt Plain',
    ],
  ])('"%s" of %j is %s', (name, offered, bought) => {
    const line = choose(
      { name },
      offered.map((one) => product(one, '32 oz', one === bought ? 310 : 300)),
    );
    expect(line).toMatchObject({ status: 'matched', productName: bought });
  });

  it.each([
    ['a bag of onions', 1, null],
    ['onions', 1, 'bag'],
    ['a net bag of onions', 1, null],
  ])('"%s" × %d %s are no loose one', (name, quantity, unit) => {
    const loose = [product('Onions Yellow', '1 each', 88), product('Onions Red', '1 each', 99)];
    const line = choose({ name, quantity, unit }, [...loose, product('Onions Yellow', '3 lb', 287)]);
    expect(line).toMatchObject({ status: 'matched', packSize: '3 lb', packs: 1 });
  });
});
