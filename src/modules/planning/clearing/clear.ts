import type { FoundClearance } from '../../discounts/discounts.service.js';
import type { Library } from '../../nutrition/library.js';
import { shortlistOf } from '../needs/shortlist.js';
import type { Plan, PlanRequest } from '../solver/plan.js';
import { priced } from '../solver/shopping/packs.js';
import { shoppingListOf } from '../solver/shopping/shopping-list.js';
import { clearedAs, keptAs } from './cleared.js';
import { keptRound } from './kept.js';
import { lotsFor, marketOf, type Held } from './market.js';
import { needsOf, possibleNeeds } from './needs.js';
import { bestRound } from './rounds.js';
import type { ClearanceWish, Cleared, Round } from './words.js';

/*
 * How a plan buys what shops clear. All of it is pure.
 *
 *   market      what may be bought, where and when, for this household
 *   needs       what meals take of each food, of a plan or before there is one
 *   packing     which packs of a food pay
 *   trip        the shortest way round some shops while they are open
 *   rounds      the set of shops that saves most beyond its trip
 *   kept        the same shopping for other meals
 *   cleared     what is told of it; tips
 *   prove-cleared   what it breaks, from rows alone
 */
export interface Clearing {
  offers: readonly FoundClearance[];
  wish: ClearanceWish;
  request: PlanRequest;
  library: Library;
  nowMs: number;
  /** What other plans of the tenant hold. */
  held: Held;
}

/** Before a plan is made: what its meals are welcome to use, by the shops that could save most. */
export function welcomed(clearing: Clearing): PlanRequest {
  const { offers, wish, request, library } = clearing;
  const market = marketOf(offers, wish, clearing);
  if (!market) return request;
  const round = bestRound(market, possibleNeeds(shortlistOf(request, library), request), among(clearing));
  const shops = new Set(round?.stops.map(({ shop }) => shop.key) ?? []);
  return { ...request, dated: lotsFor(request, market, shops) };
}

/** Once it is made: which packs to buy for it, and whether the trip pays. */
export function clear(plan: Plan, clearing: Clearing): Cleared {
  const { offers, wish, request, library } = clearing;
  const market = marketOf(offers, wish, clearing);
  const best = market && bestRound(market, needsOf(plan, request, library), among(clearing));
  const heldPacks = heldOf(clearing);
  const seen = { shops: new Set(offers.map(({ store }) => store.id)).size, offers: offers.length, heldPacks };
  const lists = best && listsOf(best, plan, request, library);
  return clearedAs(best, market, { wish, currency: request.currency ?? 'USD', seen, lists });
}

/** For a plan with another meal: what was chosen before it, for the meals that there are now. `isUnderWay`: it is bought, whatever it is worth. */
export function clearedAgain(
  plan: Plan,
  before: Cleared & { round: Round },
  { wish, request, library, isUnderWay }: Pick<Clearing, 'wish' | 'request' | 'library'> & { isUnderWay: boolean },
): Cleared {
  const round = keptRound(before.round, needsOf(plan, request, library), request.mealsPerDay);
  return keptAs(before, round, { wish, lists: listsOf(round, plan, request, library), isUnderWay });
}

/** Packs of what is cleared there that other plans of the tenant hold. */
const heldOf = ({ offers, held }: Clearing): number =>
  offers.reduce((packs, { sourceId, store, ean }) => packs + (held.get(`${sourceId} ${store.id} ${ean}`) ?? 0), 0);

const among = ({ wish, request, library }: Clearing) => ({
  wish,
  mealsPerDay: request.mealsPerDay,
  prices: library.prices,
});

/** Grams by food that a way to shop gives. */
export function clearedGrams(round: Pick<Round, 'stops'> | null): ReadonlyMap<string, number> {
  const grams = new Map<string, number>();
  for (const { food, usedGrams } of round?.stops.flatMap(({ lines }) => lines) ?? [])
    grams.set(food, (grams.get(food) ?? 0) + usedGrams);
  return grams;
}

function listsOf(round: Round, plan: Plan, request: PlanRequest, library: Library): Cleared['lists'] {
  const centsOf = (grams: ReadonlyMap<string, number>) =>
    priced(shoppingListOf(plan, request, library, grams), library.prices).totalCents;
  const [withoutCents, rest] = [centsOf(new Map()), centsOf(clearedGrams(round))];
  return withoutCents === null || rest === null ? null : { withoutCents, withCents: rest + round.paidCents };
}
