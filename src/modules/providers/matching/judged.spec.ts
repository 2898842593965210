import type { CartLine } from '../provider.js';
import { chooseProduct, type CandidateProduct } from './choose-product.js';

const product = (name: string, priceCents = 300): CandidateProduct => ({
  productId: name,
  name,
  brand: null,
  size: '1 lb',
  categories: [],
  priceCents,
  soldByWeight: false,
  inStock: true,
});
const choose = (line: Partial<CartLine> & { name: string }, ...candidates: CandidateProduct[]) =>
  chooseProduct({ id: 'line', quantity: 1, unit: null, ...line }, candidates);

describe('a food that a plan has judged', () => {
  it.each([
    ['rice noodles', 'Rice Noodles'],
    ['firm tofu', 'Tofu Firm'],
    ['fish sauce', 'Fish Sauce'],
  ])('is bought for the diet that the plan kept, though its name alone leaves doubts: %s', (name, offered) => {
    const line = { name, diets: ['low fodmap'] };
    expect(choose(line, product(offered)).status).toBe('ambiguous');
    expect(choose({ ...line, judged: true }, product(offered)).status).toBe('matched');
  });

  it('is not bought where the name of the product adds what the diet leaves out', () => {
    const line = { name: 'rice noodles', diets: ['low fodmap'], judged: true };
    expect(choose(line, product('Garlic Rice Noodles')).status).not.toBe('matched');
  });

  it('is not bought unasked where the label itself warns', () => {
    const line = { name: 'rice noodles', allergens: ['wheat'], judged: true };
    expect(choose(line, product('Rice Noodles')).status).toBe('matched');
    expect(choose(line, product('Rice Noodles, may contain wheat')).status).not.toBe('matched');
  });

  it('is never bought with an allergen that its name says surely', () => {
    const line = { name: 'firm tofu', allergens: ['soy'], judged: true };
    expect(choose(line, product('Tofu Firm'))).toMatchObject({ status: 'missing' });
  });
});

describe('words that a line prefers', () => {
  it('decide between products of the same food, even against a lower price', () => {
    const thighs = [product('Chicken Thighs Bone-In', 349), product('Chicken Thighs Boneless Skinless', 499)];
    const line = { name: 'chicken thigh', preferred: ['boneless', 'skinless'] };
    expect(choose(line, ...thighs).productName).toBe('Chicken Thighs Boneless Skinless');
    const milks = [product('Almond Milk Original'), product('Almond Milk Unsweetened')];
    expect(choose({ name: 'almond milk', preferred: ['unsweetened'] }, ...milks).productName).toBe(
      'Almond Milk Unsweetened',
    );
  });

  it('are required of nothing, and said where the product has them not', () => {
    const line = choose({ name: 'almond milk', preferred: ['unsweetened'] }, product('Almond Milk Original'));
    expect(line.status).toBe('matched');
    expect(line.evidence).toContain('preferred:no-unsweetened');
  });

  it('make nothing else of the food: candy stays candy', () => {
    expect(choose({ name: 'almonds', preferred: ['candy'] }, product('Almond Candy')).status).toBe('missing');
  });
});
