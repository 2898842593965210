import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluateLists } from './eval-lists.js';

describe('lines in the manner of real lists', () => {
  const report = evaluateLists();

  it('are bought right, or are honest gaps', () => {
    expect(report.lines).toBeGreaterThanOrEqual(200);
    expect(report.verdicts.wrong_diet).toBe(0);
    expect(report.wrongShare).toBeLessThanOrEqual(0.01);
    expect(report.missedShare).toBeLessThanOrEqual(0.04);
  });
});

/** What is right for each line that was once answered wrongly: types of goods, how much, and what must be stated. */
const RIGHT: Readonly<Record<string, readonly [types: string, amount?: string, states?: string]>> = {
  'eggs (2 dozen)': ['eggs large', '24 ct'],
  '2 x 400g tins chopped tomatoes': ['diced tomatoes canned', '800 g'],
  tomatoes: ['tomatoes roma;tomatoes on the vine'],
  courgettes: ['zucchini', '3 pk'],
  bicarb: ['baking soda'],
  'prawns 300 g': ['shrimp raw peeled frozen', '300 g'],
  'loo roll 12 pack': ['toilet paper', '12 ct'],
  'chix breasts bnls/sknls': ['chicken breast boneless skinless', '1361 g'],
  'gr turkey 93/7': ['ground turkey', '907 g'],
  'PB crunchy lg jar': ['peanut butter crunchy'],
  parm: ['parmesan grated;parmesan wedge'],
  'mozz shredded 1 lb': ['mozzarella shredded', '454 g'],
  'half n half': ['half and half'],
  'bananas (not too ripe)': ['bananas', '6 pk'],
  'garlic, 2 heads': ['garlic', '2 ct'],
  'cloves garlic': ['garlic', '1 pk'],
  ginger: ['ginger root', '1 pk'],
  'bread, GF': ['gluten free bread', '', 'Gluten Free'],
  'Greek yoghurt 0% 1kg': ['greek yogurt plain', '1000 g', 'Nonfat|Fat Free'],
  'sharp cheddar, block not shredded': ['cheddar cheese block', '', 'Sharp'],
  Cheerios: ['toasted oat cereal'],
  Oreos: ['sandwich cookies chocolate'],
  'kraft mac n cheese x4': ['macaroni and cheese dinner', '4 ct'],
  'ziploc sandwich': ['zip sandwich bags'],
  kleenex: ['facial tissues'],
  'salad stuff': ['?'],
  'something for the dog (dry food)': ['dog food dry chicken'],
  'chickpeas 4 tins': ['chickpeas canned', '4 pk'],
  'milk 0,5 l': ['whole milk;2% reduced fat milk;1% low fat milk;fat free skim milk', '500 ml'],
  'salmon (not smoked) 4 fillets': ['salmon fillet atlantic;salmon fillets frozen', '4 ct'],
};

describe('lines that were once answered wrongly', () => {
  const { lines } = JSON.parse(readFileSync(join(__dirname, '../test/cases/shopper-lines.json'), 'utf8')) as {
    lines: { line: string; quantity: number; unit: string | null }[];
  };
  const asked = [...new Map(lines.map((one) => [one.line, one])).values()];

  it.each(asked.map((one) => [one.line, one] as const))(
    '"%s" is bought right, asked back, or an honest gap',
    (name, one) => {
      const [types, amount = '', states = ''] = RIGHT[name]!;
      const row = {
        line_id: 'l',
        line: name,
        quantity: String(one.quantity),
        unit: one.unit ?? '',
        types,
        amount,
        states,
      };
      expect(evaluateLists([row]).notRight).toEqual([]);
    },
  );
});
