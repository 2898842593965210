import { amountsIn } from '../../../../vocabulary/amounts.js';
import { englishNameOf } from '../../../../vocabulary/danish/english-name.js';
import type { CartState, StateLine } from './cart-state.js';

/** A line as a route takes it. */
export interface RoutedLine {
  id: string;
  name: string;
  quantity: number;
  unit: string | null;
  brand?: string;
  allergens?: string[];
  diets?: string[];
  preferred?: string[];
}

/**
 * The settled lines as a route takes them; what holds for the whole cart holds for each of them. Shops that quote speak English: what is
 * known by a Danish name goes to them by their own.
 */
export function routedLines({ lines, constraints, language }: CartState): RoutedLine[] {
  const brands = constraints.brand ?? [];
  const [brand] = brands.length === 1 ? brands : [];
  const all = {
    ...(brands.length > 1 ? { preferred: brands.slice(0, 5).map((name) => name.slice(0, 40)) } : {}),
    ...(constraints.allergen ? { allergens: constraints.allergen.slice(0, 20) } : {}),
    ...(constraints.diet ? { diets: constraints.diet.slice(0, 10) } : {}),
  };
  return lines
    .filter(({ state }) => state === 'settled')
    .map((line) => ({
      ...(brand === undefined ? {} : { brand: brand.slice(0, 80) }),
      ...amountFor(inEnglish(line, language === 'da'), constraints.organic ?? false),
      ...all,
    }));
}

const inEnglish = (line: StateLine, isDanish: boolean): StateLine => ({
  ...line,
  name: englishNameOf(line.name, isDanish) ?? line.name,
});

/** Two cans of 15 oz are 2 of "15 oz cans": a size goes to the name, where the matcher reads it; a number that was not said is one. */
function amountFor(line: StateLine, isOrganic: boolean): RoutedLine {
  const sized =
    line.size !== null && amountsIn(line.size).size !== null && line.quantity !== null
      ? `${line.name} ${line.size}`
      : line.name;
  const name = isOrganic && !/\borganic|øko/i.test(sized) ? `organic ${sized}` : sized;
  const fromSize = line.quantity === null && line.size !== null ? amountOfSize(line.size) : null;
  return {
    id: line.id,
    name: name.slice(0, 200),
    quantity: Math.min(10_000, line.quantity ?? fromSize?.quantity ?? 1),
    unit: line.quantity === null ? (fromSize?.unit ?? line.unit) : line.unit,
    ...(line.brand === null ? {} : { brand: line.brand.slice(0, 80) }),
  };
}

function amountOfSize(size: string): { quantity: number; unit: string } | null {
  const found = /^(\d+(?:\.\d+)?) (.+)$/.exec(size);
  return found ? { quantity: Number(found[1]), unit: found[2]! } : null;
}
