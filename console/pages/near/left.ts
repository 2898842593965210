import type { Plan } from '../../../sdk/client.js';
import { goodsName } from '../../kit/planning/till.js';

type Cleared = NonNullable<Plan['clearances']>;

export interface Left {
  key: string;
  name: string;
  grams: number;
  useBy: string;
}

/** What of the packs that are bought no meal uses, the most first. Pure. */
export function leftOf({ stops }: Pick<Cleared, 'stops'>): Left[] {
  return stops
    .flatMap(({ shop, lines }) =>
      lines.map(({ ean, name, bought, packGrams, usedGrams, useBy }) => ({
        key: `${shop.storeId} ${ean}`,
        name,
        grams: bought * packGrams - usedGrams,
        useBy,
      })),
    )
    .filter(({ grams }) => grams > 0)
    .sort((one, other) => other.grams - one.grams);
}

/** What a meal uses of it, of the same goods together whatever shop they are of. Pure. */
export function usesOf({ uses }: Pick<Cleared['meals'][number], 'uses'>): { name: string; grams: number }[] {
  const used = new Map<string, number>();
  for (const { name, grams } of uses) used.set(goodsName(name), (used.get(goodsName(name)) ?? 0) + grams);
  return [...used].map(([name, grams]) => ({ name, grams }));
}
