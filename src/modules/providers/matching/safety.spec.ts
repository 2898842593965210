import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvRows } from '../../../common/csv.js';
import { dataFile } from '../../../platform/data-file.js';
import { avoidedBy } from '../../../vocabulary/allergens.js';
import { listed, tableOf } from '../../../vocabulary/tables.js';
import { chooseProduct, type CandidateProduct } from './choose-product.js';

interface Cases {
  lines: { line: string; allergen: string }[];
  productNames: Record<string, string[]>;
}
const CASES = JSON.parse(readFileSync(join(__dirname, '../../../../test/cases/allergens.json'), 'utf8')) as Cases;

const candidate = (name: string): CandidateProduct => ({
  productId: name,
  name,
  brand: null,
  size: '1 lb',
  categories: [],
  priceCents: 300,
  soldByWeight: false,
  inStock: true,
});
const bought = (name: string, allergen: string, offered: string) =>
  chooseProduct({ id: 'line', name, quantity: 1, unit: null, allergens: [allergen] }, [candidate(offered)]).productName;

describe('a line that avoids an allergen', () => {
  it.each(CASES.lines.map(({ line, allergen }) => [allergen, line]))(
    'by the word "%s" never buys %s',
    (allergen, line) => {
      expect(bought(line, allergen, line)).toBeNull();
    },
  );

  it.each(Object.entries(CASES.productNames).flatMap(([allergen, names]) => names.map((name) => [allergen, name])))(
    'of %s never buys %s',
    (allergen, name) => expect(bought(name, allergen, name)).toBeNull(),
  );

  /** Flags of the catalogue and what they are called here; what is only possible is asked about. */
  const FLAGS: Readonly<Record<string, string>> = {
    dairy: 'milk',
    egg: 'egg',
    gluten: 'gluten',
    nuts: 'tree nuts',
    peanut: 'peanut',
    soy: 'soy',
    fish: 'fish',
    shellfish: 'shellfish',
    sesame: 'sesame',
  };
  /** Flagged by their type: gluten free spaghetti as spaghetti, plant based protein powder as whey. */
  const WRONGLY_FLAGGED = /gluten free|plant based protein/i;

  it('buys nothing that the catalogue flags, by any word for it that the vocabulary knows', () => {
    const products = new Map(
      csvRows(dataFile('catalogue', 'products.csv')).map((row) => [row.name!, row.flags!.split(',')]),
    );
    const words = tableOf('asked').flatMap((row) => (row.action === 'avoid' ? listed(row.words) : []));
    const meanings = new Map<string, string>();
    for (const word of words) {
      const read = avoidedBy(word);
      if (read.ok) meanings.set([...read.ids].sort().join(' '), word);
    }
    expect(words.length).toBeGreaterThan(1000);
    const flagged = new Map(Object.entries(FLAGS).map(([flag, word]) => [flag, avoidedBy(word)]));
    const misses: string[] = [];
    let checked = 0;
    for (const [ids, word] of meanings) {
      const avoided = ids.split(' ');
      const flags = [...flagged].filter(([, read]) => read.ok && read.ids.every((id) => avoided.includes(id)));
      for (const [name, held] of products) {
        if (WRONGLY_FLAGGED.test(name) || !flags.some(([flag]) => held.includes(flag))) continue;
        checked++;
        if (bought(name, word, name) !== null) misses.push(`${word}: ${name}`);
      }
    }
    expect(checked).toBeGreaterThan(5000);
    expect(misses).toEqual([]);
  });

  const choose = (line: { name: string; diets: string[] }, candidates: CandidateProduct[]) =>
    chooseProduct({ id: 'line', quantity: 1, unit: null, ...line }, candidates);

  it('asks to read the label of meat that does not say how it was slaughtered', () => {
    const plain = candidate('Chicken Thighs');
    const halal = candidate('Halal Chicken Thighs');
    for (const diets of [['halal'], ['kosher']])
      expect(choose({ name: 'chicken thighs', diets }, [plain])).toMatchObject({
        status: 'ambiguous',
        evidence: expect.arrayContaining([`diet:${diets[0]}:slaughter-untold`]) as string[],
      });
    expect(choose({ name: 'chicken thighs', diets: ['halal'] }, [plain, halal])).toMatchObject({
      status: 'matched',
      productName: 'Halal Chicken Thighs',
    });
    expect(choose({ name: 'broccoli', diets: ['halal'] }, [candidate('Broccoli')]).status).toBe('matched');
  });
});
