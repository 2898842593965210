import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { amountsIn } from './amounts.js';

interface Cases {
  packs: { text: string; key: 'mass' | 'volume' | 'count'; amount: number }[];
}
const { packs } = JSON.parse(readFileSync(join(__dirname, '../../test/cases/amounts.json'), 'utf8')) as Cases;
const told = (text: string) => {
  const { size, count } = amountsIn(text);
  return { [size?.dimension ?? 'count']: Math.round((size?.amount ?? count ?? 0) * 1000) / 1000 };
};
const OZ = 28.349523125;
const FLOZ = 29.5735295625;
const LB = 453.59237;

describe('amounts', () => {
  it.each(packs.map(({ text, key, amount }) => [text, key, amount] as const))(
    'on a label: "%s" is %s %d',
    (text, key, amount) => {
      expect(told(text)[key]).toBeCloseTo(amount, 2);
    },
  );

  it.each([
    ['16.9 fl oz Bottles, 40 Count', 'volume', 40 * 16.9 * FLOZ],
    ['6 x 1.5 L', 'volume', 9000],
    ['12pk/12 fl oz cans', 'volume', 144 * FLOZ],
    ['Bread, 20 oz, 22 ct', 'mass', 20 * OZ],
    ['4-pack yogurt 5.3oz', 'mass', 4 * 5.3 * OZ],
    ['1lb12oz chicken', 'mass', 28 * OZ],
    ['2 lb. 4 oz. beef', 'mass', 36 * OZ],
    ['24/16.9oz water', 'mass', 24 * 16.9 * OZ],
    ['2,5 dl mælk', 'volume', 250],
  ])('of "%s" are %s %d', (text, key, amount) => {
    expect(told(text)[key]).toBeCloseTo(amount, 1);
  });

  it.each([
    ['milk 0,5 l', { volume: 500 }, 'milk'],
    ['eggs (2 dozen)', { count: 24 }, 'eggs'],
    ['2 x 400g tins chopped tomatoes', { mass: 800 }, 'chopped tomatoes'],
    ['two 28-oz cans crushed tomatoes', { mass: 1587.573 }, 'crushed tomatoes'],
    ['1 (15 oz) can black beans', { mass: 425.243 }, ', black beans'],
    ['shrimp 300 g', { mass: 300 }, 'shrimp'],
    ['garlic, 2 heads', { count: 2 }, 'garlic,'],
    ['kraft mac n cheese x4', { count: 4 }, 'kraft mac n cheese'],
    ['bananas (6)', { count: 6 }, 'bananas'],
    ['a couple of lemons', { count: 2 }, 'lemons'],
    ['half a dozen eggs', { count: 6 }, 'eggs'],
    ['half a pound of butter', { mass: Math.round(0.5 * LB * 1000) / 1000 }, 'butter'],
    ['half a watermelon', { count: 0.5 }, 'watermelon'],
    ['a pound and a half of shrimp', { mass: Math.round(1.5 * LB * 1000) / 1000 }, 'shrimp'],
    ['two and a half pounds of carrots', { mass: Math.round(2.5 * LB * 1000) / 1000 }, 'carrots'],
    ['2 kg and a half potatoes', { mass: 2500 }, 'potatoes'],
    ['1-2 onions', { count: 2 }, 'onions'],
    ['2 to 3 lb potatoes', { mass: Math.round(3 * LB * 1000) / 1000 }, 'potatoes'],
    ['stick of butter', { mass: 113.398 }, 'butter'],
    ['1 . 5 kg rice', { mass: 1500 }, 'rice'],
    ['3 # flour', { mass: Math.round(3 * LB * 1000) / 1000 }, 'flour'],
    ['tp 12 mega rolls = 48', { count: 12 }, 'tp'],
  ])('in a line: "%s" are %j of "%s"', (text, amount, rest) => {
    expect(told(text)).toEqual(amount);
    expect(amountsIn(text).rest).toBe(rest);
  });

  it.each([
    'half n half',
    '2% milk',
    '7 up',
    'V8',
    '00 flour',
    '3 bean salad',
    '80/20 ground beef',
    'gr turkey 93/7',
    'greek yogurt 0%',
    '',
  ])('are none in "%s"', (text) => {
    expect(amountsIn(text)).toMatchObject({ size: null, count: null, rest: text.toLowerCase() });
  });
});
