import { formatCents } from '../../../common/money.js';
import type { ProviderId, Quote, QuoteLine } from '../../providers/provider.js';
import { COMPARED_CURRENCY, judge } from '../deciding/eligibility.js';
import type { Answer, Policy } from '../deciding/policy.js';
import { amountOf, type ChargePart } from './charges.js';
import {
  choiceOf,
  costOf,
  goodsOf,
  leastGoods,
  openOf,
  type Assignment,
  type Choice,
  type Problem,
} from './problem.js';
import { secondBest, solve, type Means, type Second, type Solution } from './solve.js';
import type { Split, SplitWish, Unknown } from './split.js';
import { linesOf, offerOf, type Offer } from './stores-of.js';

/** What a split is made from: a route's frozen policy and the answers that were in when it was decided. */
export interface SplitTask {
  policy: Pick<Policy, 'expected' | 'allowPartial'>;
  answers: readonly Answer[];
  decidedAt: string;
  wish: SplitWish;
}

interface Cart {
  wish: SplitWish;
  lines: readonly string[];
  quotes: readonly { id: ProviderId; name: string; quote: Quote }[];
  offers: readonly Offer[];
  problem: Problem;
}

/** In a thread of its own, before a solver is asked. */
export const SPLIT_STEPS = 20_000;
/** Some tens of milliseconds at most: what decides a route holds its process meanwhile. */
const STEPS_ALONE = 4000;
/** Sets of more stores are too many: of those that quoted, the ones with the most lines for the least are looked at, and nothing is proven. */
const MOST_STORES = 8;

/**
 * The cheapest way of buying the most lines of a cart at several of the stores that quoted it. Quotes that lack lines count, too. Without a `milp`
 * it is a pure function of its task, and what is hard to prove stays unproven.
 */
export function splitCart(task: SplitTask, milp?: Means['milp']): Split {
  const means: Means = milp ? { steps: SPLIT_STEPS, milp } : { steps: STEPS_ALONE };
  const { cart, isWhole } = cartOf(task, false);
  const solution = solve(cart.problem, means);
  if (!solution.best) return nothing(cart);
  const bound = boundOf(task, solution, means);
  const { best, covered } = solution;
  const isKnown = best.stores.every((store) => cart.offers[store]!.unknown.length === 0);
  const second = secondBest(cart.problem, means, best, covered);
  const single = singleStore(cart);
  const perLine = cheapestPerLine(cart);
  const boundCents = isWhole ? bound : null;
  const facts: Omit<Split, 'explanation'> = {
    status: covered === cart.lines.length ? 'complete' : 'partial',
    wish: task.wish,
    currency: COMPARED_CURRENCY,
    stops: stopsOf(cart, best),
    totalCents: best.totalCents,
    provenOptimal: isKnown && boundCents === best.totalCents,
    boundCents,
    gapCents: boundCents === null ? null : best.totalCents - boundCents,
    againstSingleStore: single && {
      ...single,
      savesCents: cart.lines.length - single.uncovered < covered ? null : single.totalCents - best.totalCents,
    },
    againstCheapestPerLine: perLine && {
      ...perLine.told,
      savesCents: perLine.covered === covered ? perLine.told.totalCents - best.totalCents : null,
    },
    flip: second && flipOf(cart, best, second),
    uncovered: cart.lines.filter((_, line) => best.assignment[line] === null),
  };
  return { ...facts, explanation: explain(facts) };
}

function cartOf({ policy, answers, decidedAt, wish }: SplitTask, isFree: boolean): { cart: Cart; isWhole: boolean } {
  // A quote that lacks lines is as good as any, for it need not have them all.
  const { usable } = judge({ ...(policy as Policy), allowPartial: true }, answers, decidedAt);
  const names = new Map(policy.expected.map(({ id, name }) => [id, name]));
  const ranked = [...usable].sort(
    (one, other) => served(other.quote) - served(one.quote) || one.quote.totalCents - other.quote.totalCents,
  );
  const kept = new Set(ranked.slice(0, MOST_STORES).map(({ providerId }) => providerId));
  const quotes = usable
    .filter(({ providerId }) => kept.has(providerId))
    .map(({ providerId: id, quote }) => ({ id, name: names.get(id)!, quote }));
  const lines = linesOf(usable.map(({ quote }) => quote));
  const offers = quotes.map(({ id, quote }) => offerOf(id, quote, lines, wish, isFree));
  const problem = { lines: lines.length, stores: offers.map(({ store }) => store), maxStops: wish.maxStops };
  return { cart: { wish, lines, quotes, offers, problem }, isWhole: kept.size === usable.length };
}

const served = ({ lines }: Quote): number => lines.filter(({ lineTotalCents }) => lineTotalCents !== null).length;

/** No way costs less, whatever is not told: that of the same cart where all of it costs nothing. */
function boundOf(task: SplitTask, { boundCents, covered }: Solution, means: Means): number | null {
  const { cart } = cartOf(task, true);
  if (cart.offers.every(({ unknown }) => unknown.every((part) => part === 'minimum'))) return boundCents;
  const free = solve(cart.problem, means);
  return boundCents !== null && free.covered === covered ? free.boundCents : null;
}

function nothing({ wish, lines }: Cart): Split {
  return {
    status: 'none',
    wish,
    currency: COMPARED_CURRENCY,
    stops: [],
    totalCents: null,
    provenOptimal: false,
    boundCents: null,
    gapCents: null,
    againstSingleStore: null,
    againstCheapestPerLine: null,
    flip: null,
    uncovered: [...lines],
    explanation: 'No store that answered accepts any part of this cart.',
  };
}

function stopsOf(cart: Cart, { assignment, stores }: Choice): Split['stops'] {
  const goods = goodsOf(cart.problem, assignment);
  return stores.map((index) => {
    const { id, name, quote } = cart.quotes[index]!;
    const { store, unknown } = cart.offers[index]!;
    const goodsCents = goods[index]!;
    const charged = (part: ChargePart) =>
      store.charges.reduce((sum, charge) => (charge.part === part ? sum + amountOf(charge, goodsCents) : sum), 0);
    const minimumCents = unknown.includes('minimum') ? null : store.minimumCents;
    return {
      providerId: id,
      providerName: name,
      store: quote.store,
      lines: boughtAt(cart, assignment, index),
      goodsCents,
      deliveryCents: charged('delivery'),
      feesCents: charged('fees'),
      taxCents: charged('tax'),
      stopCostCents: store.stopCents,
      totalCents: costOf(store, goodsCents),
      minimumCents,
      slackCents: minimumCents === null ? null : goodsCents - minimumCents,
      assumed: [...unknown] as Unknown[],
      expiresAt: quote.expiresAt,
    };
  });
}

function boughtAt(cart: Cart, assignment: Assignment, index: number): Split['stops'][number]['lines'] {
  const byId = new Map(cart.quotes[index]!.quote.lines.map((line) => [line.lineId, line]));
  return cart.lines.flatMap((lineId, line) => (assignment[line] === index ? [boughtLine(byId.get(lineId)!)] : []));
}

const boughtLine = (line: QuoteLine): Split['stops'][number]['lines'][number] => ({
  lineId: line.lineId,
  productId: line.productId,
  productName: line.productName,
  packs: line.packs,
  isSubstitute: line.status === 'substituted',
  cents: line.lineTotalCents!,
});

function singleStore({ problem, quotes, lines }: Cart) {
  const alone = problem.stores.flatMap(({ cents }, index) => {
    const choice = choiceOf(
      problem,
      cents.map((price) => (price === null ? null : index)),
    );
    const has = cents.filter((price) => price !== null).length;
    return choice && has > 0 ? [{ index, has, totalCents: choice.totalCents }] : [];
  });
  const [first] = alone.sort((one, other) => other.has - one.has || one.totalCents - other.totalCents);
  if (!first) return null;
  return { providerId: quotes[first.index]!.id, totalCents: first.totalCents, uncovered: lines.length - first.has };
}

/** As who compares prices alone would do it: the first of equal ones. */
function cheapestPerLine({ problem, quotes }: Cart) {
  const assignment = Array.from({ length: problem.lines }, (_, line) => {
    const prices = problem.stores.map(({ cents }) => cents[line] ?? Infinity);
    const least = Math.min(...prices);
    return Number.isFinite(least) ? prices.indexOf(least) : null;
  });
  const stores = openOf(problem, assignment);
  if (stores.length === 0) return null;
  const goods = goodsOf(problem, assignment);
  return {
    covered: assignment.filter((store) => store !== null).length,
    told: {
      totalCents: stores.reduce((sum, store) => sum + costOf(problem.stores[store]!, goods[store]!), 0),
      stops: stores.length,
      brokenMinimums: stores
        .filter((store) => goods[store]! < leastGoods(problem.stores[store]!))
        .map((store) => quotes[store]!.id),
    },
  };
}

const flipOf = ({ quotes }: Cart, best: Choice, { choice, boundCents }: Second): Split['flip'] => ({
  secondBest: choice.stores.map((store) => quotes[store]!.id),
  costsMoreCents: choice.totalCents - best.totalCents,
  provenOptimal: boundCents === choice.totalCents,
});

function explain({
  stops,
  totalCents,
  againstSingleStore: single,
  uncovered,
  provenOptimal,
}: Omit<Split, 'explanation'>): string {
  const where = stops.map(({ providerName }) => providerName).join(' and ');
  const saves = single?.savesCents ? `, ${formatCents(single.savesCents)} less than all at one store` : '';
  const lacks = uncovered.length > 0 ? `; ${uncovered.length} of the lines are to be had at none of them` : '';
  const sure = provenOptimal ? 'no way costs less' : 'that no way costs less is not proven';
  return `${formatCents(totalCents!)} at ${where}${saves}${lacks}; ${sure}.`;
}
