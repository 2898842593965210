import type { Plan } from '../../../sdk/client.js';

export interface Left {
  key: string;
  name: string;
  grams: number;
  useBy: string;
}

/** What of the packs that are bought no meal uses, the most first. Pure. */
export function leftOf({ stops }: Pick<NonNullable<Plan['clearances']>, 'stops'>): Left[] {
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
