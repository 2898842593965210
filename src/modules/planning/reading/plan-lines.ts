import { plainMoney, type Currency } from '../../../common/money.js';
import type { PlanResource } from '../plan.dto.js';

/** Lines of a plan as people read them, in a page and in a calendar. Pure. */
export type Meal = PlanResource['days'][number]['meals'][number];

export const slotName = ({ slot }: Pick<Meal, 'slot'>): string => {
  const words = slot.replace('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** "mum 420 g, dad 510 g": what each has on the plate, as it is weighed before it is cooked. */
export function sharesOf({ portions }: Meal): string {
  const served = portions.filter(({ servings }) => servings > 0);
  return served
    .map(({ personId, servings, grams }) => `${personId} ${grams === null ? `${servings} servings` : `${grams} g`}`)
    .join(', ');
}

/** "3 × Firm Tofu, 14 oz (397 g, $2.14 each)": packs of one size, of what is sold by weight with what one weighs. */
function packsText(
  { packs, product, packGrams, packCents }: Packs,
  isByPiece: boolean,
  isAlone: boolean,
  currency: Currency,
): string {
  const weighs = isByPiece ? [] : [`${Math.round(packGrams).toLocaleString('en-US')} g`];
  const costs = isAlone && packs === 1 ? [] : [`${plainMoney(packCents, currency)}${packs > 1 ? ' each' : ''}`];
  const told = [...weighs, ...costs];
  return `${packs} × ${product}${told.length === 0 ? '' : ` (${told.join(', ')})`}`;
}
type Packs = Pick<
  NonNullable<NonNullable<PlanResource['shoppingList']>['items'][number]['purchase']>,
  'packs' | 'product' | 'packGrams' | 'packCents'
>;

/** What to buy, a food a line: every pack of it with its count, size and price. */
export function linesToBuy(plan: PlanResource): { text: string; cents: number | null }[] {
  const { shoppingList, currency } = plan;
  const usual = (shoppingList?.items ?? [])
    .filter(({ buyGrams }) => buyGrams > 0)
    .map(({ food, buyGrams, pieces, purchase }) => {
      const what =
        pieces === null
          ? `${buyGrams.toLocaleString('en-US')} g`
          : `of ${pieces.count} ${pieces.of}${pieces.count === 1 ? '' : 's'}`;
      const packs = purchase === null ? [] : [purchase, ...purchase.also];
      const bought = packs.map((one) => packsText(one, pieces !== null, packs.length === 1, currency)).join(' and ');
      return { text: `${food}, ${what}${bought === '' ? '' : `: ${bought}`}`, cents: purchase?.cents ?? null };
    });
  return [...clearedLines(plan), ...usual];
}

/** "At Netto, on 2026-03-27: 2 × SKYR 1 KG, by 2026-03-30": what is bought on clearance, shop by shop. */
function clearedLines({ clearances }: PlanResource): { text: string; cents: number }[] {
  return (clearances?.stops ?? []).flatMap(({ shop, lines }) =>
    lines.map(({ bought, name, useBy, isFrozen, paidCents }) => ({
      text: `At ${shop.name}, on ${clearances!.day}: ${bought} × ${name}, ${isFrozen ? 'frozen that day, ' : ''}by ${useBy}`,
      cents: paidCents,
    })),
  );
}

export const money = (cents: number | null, { currency }: Pick<PlanResource, 'currency'>): string =>
  cents === null ? 'price unknown' : plainMoney(cents, currency);

export function totalOf(plan: PlanResource): string {
  const { shoppingList } = plan;
  if (shoppingList === null) return '';
  const { totalCents, knownCents, keptCents, unpricedFoods } = shoppingList;
  const paid = plan.clearances?.paidCents ?? 0;
  const kept = keptCents > 0 ? `, of which ${money(keptCents, plan)} is left over and keeps` : '';
  return totalCents === null
    ? `Total ${money(knownCents + paid, plan)} and what ${unpricedFoods.join(', ')} costs`
    : `Total ${money(totalCents + paid, plan)}${kept}`;
}
