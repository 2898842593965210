import { parseLanes } from './lanes.js';
import { PROVIDER_IDS } from './cards.js';

describe('lanes', () => {
  it('are one by default, with everybody in it', () => {
    expect([...parseLanes('')]).toEqual([['default', [...PROVIDER_IDS]]]);
  });

  it('give the named their own queue and leave the rest in the default one', () => {
    const lanes = parseLanes('slow=MEALME, INSTACART; solo=KROGER_API');
    expect(lanes.get('slow')).toEqual(['MEALME', 'INSTACART']);
    expect(lanes.get('solo')).toEqual(['KROGER_API']);
    expect([...lanes.values()].flat().sort()).toEqual([...PROVIDER_IDS].sort());
  });

  it.each([
    ['slow=ACME', /"ACME" is not a provider; allowed: KROGER_API/],
    ['a=MEALME;b=MEALME', /MEALME is in two lanes/],
    ['default=MEALME', /not a usable lane name/],
    ['a=MEALME;a=INSTACART', /not a usable lane name/],
    ['Slow=MEALME', /not a usable lane name/],
  ])('refuse %s with a plain sentence', (text, sentence) => expect(() => parseLanes(text)).toThrow(sentence));
});
