import { existsSync, readFileSync } from 'node:fs';
import { likenessOf, stemOf } from '../../../../providers/matching/likeness.js';
import { shippedFoodGroups } from '../food-groups.js';

describe('the group of a product', () => {
  it.each([
    ['Value Pantry 2% Reduced Fat Milk, 1 gal', 'dairy_eggs'],
    ['Horizon Organic Whole Milk 64 fl oz', 'dairy_eggs'],
    ['Great Value Toilet Paper, 12 rolls', 'household'],
    ['Marketside Honeycrisp Apples, 3 lb bag', 'produce'],
    ['Heinz Tomato Ketchup 32 oz', 'pantry'],
    ['Gift card', null],
    ['Quilted zzqx', null],
  ])('of %s is %s', (name, group) => {
    expect(shippedFoodGroups().of(name)).toBe(group);
  });

  const truth = '../shared/data/own/orders/household/truth.json';
  (existsSync(truth) ? it : it.skip)('is known and right for nearly all of a household', () => {
    const { products } = JSON.parse(readFileSync(truth, 'utf8'));
    const wrong: string[] = [];
    let unknown = 0;
    for (const { name, department } of products as { name: string; department: string }[]) {
      const group = shippedFoodGroups().of(name);
      if (group === null) unknown++;
      else if (group !== department.toLowerCase().replaceAll(/[^a-z]+/g, '_')) wrong.push(`${name}: ${group}`);
    }
    expect(wrong).toEqual([]);
    expect(unknown).toBeLessThan(20);
  });
});

describe('two names of products', () => {
  it.each([
    ['Value Pantry Whole Milk, 1 gal', 'Value Pantry Whole Milk, 0.5 gal', 1],
    ['Oat Milk, 64 fl oz', 'Oat Milk', 1],
    ['Value Pantry Whole Milk, 1 gal', 'Silver Pail Whole Milk, 1 gal', 0],
    ['Value Pantry Whole Milk, 1 gal', 'Value Pantry Organic Whole Milk, 1 gal', 0],
    ['Value Pantry Whole Milk, 1 gal', 'Value Pantry 2% Reduced Fat Milk, 1 gal', 0],
    ['Apples Gala, 3 lb', 'Applesauce, 24 oz', 0],
  ])('%s and %s', (one, other, likeness) => {
    if (likeness === 1) expect([likenessOf(one, other), stemOf(one)]).toEqual([1, stemOf(other)]);
    else {
      expect(likenessOf(one, other)).toBeLessThanOrEqual(0.5);
      expect(stemOf(one)).not.toBe(stemOf(other));
    }
  });
});
