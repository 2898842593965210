import { performance } from 'node:perf_hooks';
import { Catalogue, rows } from '../simulator/catalogue.js';
import { toBase } from '../src/vocabulary/units.js';
import { chooseProduct } from '../src/modules/providers/matching/choose-product.js';
import type { CandidateProduct } from '../src/modules/providers/matching/candidate.js';
import { rank } from '../src/modules/providers/matching/ranking.js';
import { searchText } from '../src/modules/providers/matching/search-text.js';
import type { CartLine, QuoteLine } from '../src/modules/providers/provider.js';
import { evaluateLists } from './eval-lists.js';
import { candidateOf, STORES } from './eval-stores.js';

/**
 * Judged shopper queries (data/eval) against what the matcher buys. The candidates are those that the adapters get from the simulated
 * search: per query the first 25 or 20 of each of the three stores that answer for a provider, asked for in the words of
 * `searchText`. A case is one query in one store that has something of the best grade in stock; a store that has none counts apart.
 */
const BEST = 3;

/** Grades 1..3 by product id. */
type Grades = ReadonlyMap<string, number>;
type Truth = Record<string, string>;

interface Case {
  query: string;
  split: string;
  store: string;
  candidates: CandidateProduct[];
  /** Of everything in the store that is in stock. */
  grades: Grades;
  dietary: RegExp | null;
}

export interface Report {
  cases: number;
  /** Share of cases whose pick has the best grade; a gap or a question back is a miss. */
  precisionAt1: number;
  precisionAt1OfTest: number;
  /** The same among the cases whose candidates hold one of the best grade. */
  precisionAt1OfRetrieved: number;
  ndcgAt10: number;
  /** Share of cases whose candidates hold one of the best grade, asked in the words of the shelf and as the query stands. */
  retrievalRecall: number;
  retrievalRecallVerbatim: number;
  /** Of the cases with nothing of the best grade in stock: answered by a gap, a question or a marked substitute. */
  honestGaps: { cases: number; share: number };
  wrongSize: { lines: number; served: number; share: number };
  wrongDiet: { lines: number; served: number; count: number };
  wrongAllergen: { lines: number; served: number; count: number };
  p50Ms: number;
  p95Ms: number;
  misses: string[];
}

export function evaluate(): Report {
  const truth = new Map(rows('products.csv').map((row) => [row.product_id!, row]));
  const { cases, gaps, verbatimRecall } = casesOf(Catalogue.load(), truth);
  const times: number[] = [];
  const picks = cases.map((one) => ({ one, line: timed(times, lineOf(one.query), one.candidates) }));
  const isHit = ({ one, line }: (typeof picks)[number]) => one.grades.get(line.productId ?? '') === BEST;
  const reached = picks.filter(({ one }) => reaches(one));
  const test = picks.filter(({ one }) => one.split === 'test');
  return {
    cases: cases.length,
    precisionAt1: share(picks, isHit),
    precisionAt1OfTest: share(test, isHit),
    precisionAt1OfRetrieved: share(reached, isHit),
    ndcgAt10: mean(cases.map(ndcg)),
    retrievalRecall: reached.length / cases.length,
    retrievalRecallVerbatim: verbatimRecall,
    honestGaps: { cases: gaps.length, share: share(gaps, isHonest) },
    wrongSize: wrongSizes(cases, truth),
    wrongDiet: wrongDiets(cases),
    wrongAllergen: wrongAllergens(cases, truth),
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    misses: picks.filter((pick) => !isHit(pick)).map(missOf),
  };
}

function casesOf(catalogue: Catalogue, truth: ReadonlyMap<string, Truth>) {
  const grades = new Map<string, Map<string, number>>();
  for (const row of rows('../eval/qrels.csv')) {
    const ofQuery = grades.get(row.query_id!) ?? new Map<string, number>();
    grades.set(row.query_id!, ofQuery.set(row.product_id!, Number(row.grade)));
  }
  const cases: Case[] = [];
  const gaps: Case[] = [];
  let verbatim = 0;
  for (const row of rows('../eval/queries.csv')) {
    for (const { store, limit } of STORES) {
      const query = row.query!;
      const inStock = new Map([...grades.get(row.query_id!)!].filter(([id]) => catalogue.find(store, id)?.inStock));
      const candidates = catalogue.search(store, searchText(query), limit).map(candidateOf);
      const dietary = DIETARY.test(row.constraint!) ? new RegExp(row.constraint!.replace(/\.\*.*$/, ''), 'i') : null;
      const one = { query, split: row.split!, store, candidates, grades: inStock, dietary };
      const isServable = [...inStock.values()].includes(BEST);
      (isServable ? cases : gaps).push(one);
      const found = catalogue.search(store, query, limit);
      if (isServable && found.some(({ id, inStock: has }) => has && inStock.get(id) === BEST)) verbatim++;
    }
  }
  if (truth.size === 0 || cases.length === 0) throw new Error('data/eval or data/catalogue is empty');
  return { cases, gaps, verbatimRecall: verbatim / cases.length };
}

const DIETARY = /^(Organic|Lactose|Unsweetened|Cage Free|Unsalted|Gluten Free|Low Sodium|No Salt Added|Nonfat|Diet)/;

function lineOf(name: string, more: Partial<CartLine> = {}): CartLine {
  return { id: 'line', name, quantity: 1, unit: null, ...more };
}

/** The median of some runs, so that what else the machine does is not counted. */
function timed(times: number[], line: CartLine, candidates: CandidateProduct[]): QuoteLine {
  const runs: number[] = [];
  let chosen: QuoteLine;
  do {
    const start = performance.now();
    chosen = chooseProduct(line, candidates);
    runs.push(performance.now() - start);
  } while (runs.length < RUNS);
  times.push(percentile(runs, 0.5));
  return chosen;
}

const RUNS = 5;

const reaches = ({ candidates, grades }: Case): boolean =>
  candidates.some(({ productId, inStock }) => inStock && grades.get(productId) === BEST);

function isHonest({ query, candidates, grades }: Case): boolean {
  const { status, productId } = chooseProduct(lineOf(query), candidates);
  return status !== 'matched' || grades.get(productId!) === BEST;
}

/** Gain 2^grade - 1, over the order of all that the matcher would buy; against the best order of the store's stock. */
function ndcg({ query, candidates, grades }: Case): number {
  const gains = rank(lineOf(query), candidates).matches.map(
    ({ product }) => 2 ** (grades.get(product.productId) ?? 0) - 1,
  );
  const ideal = [...grades.values()].sort((a, b) => b - a).map((grade) => 2 ** grade - 1);
  return discounted(gains) / discounted(ideal);
}

const discounted = (gains: readonly number[]): number =>
  gains.slice(0, 10).reduce((sum, gain, index) => sum + gain / Math.log2(index + 2), 0);

/**
 * Every query again for each size its best-graded candidates come in. Wrong: the packs bought do not cover it by the catalogue's own
 * figures, or more than half of it is left over although a pack of just that size was to be had.
 */
function wrongSizes(cases: readonly Case[], truth: ReadonlyMap<string, Truth>): Report['wrongSize'] {
  let [lines, served, wrong] = [0, 0, 0];
  for (const one of cases) {
    const exact = one.candidates.filter(({ productId, inStock }) => inStock && one.grades.get(productId) === BEST);
    const sizes = new Set(exact.map(({ productId }) => sizeKey(truth.get(productId)!)).filter((key) => key !== null));
    for (const key of sizes) {
      const [quantity, unit] = [Number(key.split(' ')[0]), key.split(' ').slice(1).join(' ')];
      const bought = chooseProduct(lineOf(one.query, { quantity, unit }), one.candidates);
      lines++;
      if (bought.productId === null) continue;
      served++;
      const pack = truth.get(bought.productId)!;
      if (pack.sold_by === 'weight') continue;
      const held = toBase(Number(pack.size_value) * bought.packs, pack.size_unit!);
      const need = toBase(quantity, unit)!;
      const ratio = held && held.dimension === need.dimension ? held.amount / need.amount : 0;
      if (ratio < 0.99 || ratio > 1.5) wrong++;
    }
  }
  return { lines, served, share: wrong / Math.max(1, served) };
}

function sizeKey({ sold_by, size_value, size_unit }: Truth): string | null {
  return sold_by === 'weight' || toBase(1, size_unit!) === null ? null : `${size_value} ${size_unit}`;
}

const CLAIMS: readonly (readonly [asked: string, stated: RegExp])[] = [
  ['organic', /\borganic\b/i],
  ['gluten free', /\bgluten free\b/i],
  ['vegan', /\b(vegan|plant based)\b/i],
  ['unsweetened', /\bunsweetened\b/i],
  ['lactose free', /\b(lactose free|vegan|plant based)\b/i],
  ['low sodium', /\blow sodium\b/i],
  ['fat free', /\b(fat free|nonfat)\b/i],
  ['decaf', /\bdecaf\b/i],
];

/** The queries that ask for a diet, and every query again with each claim before it: a pick must state it. */
function wrongDiets(cases: readonly Case[]): Report['wrongDiet'] {
  let [lines, served, count] = [0, 0, 0];
  const check = (line: CartLine, candidates: CandidateProduct[], stated: RegExp) => {
    const { productName } = chooseProduct(line, candidates);
    lines++;
    if (productName === null) return;
    served++;
    if (!stated.test(productName)) count++;
  };
  for (const { query, candidates, dietary } of cases) {
    if (dietary) check(lineOf(query), candidates, dietary);
    for (const [asked, stated] of CLAIMS) check(lineOf(`${asked} ${query}`), candidates, stated);
  }
  return { lines, served, count };
}

const ALLERGENS: readonly (readonly [asked: string, flag: string])[] = [
  ['milk', 'dairy'],
  ['eggs', 'egg'],
  ['gluten', 'gluten'],
  ['tree nuts', 'nuts'],
  ['peanuts', 'peanut'],
  ['soy', 'soy'],
  ['fish', 'fish'],
  ['shellfish', 'shellfish'],
  ['sesame', 'sesame'],
];

const GLUTEN_FREE = /\bgluten free\b/i;

/**
 * Every query for each allergen to avoid: wrong when the catalogue flags the pick, which the matcher does not see. It flags by type, so
 * gluten free spaghetti carries the flag of spaghetti: what states to be free of gluten is taken at its word.
 */
function wrongAllergens(cases: readonly Case[], truth: ReadonlyMap<string, Truth>): Report['wrongAllergen'] {
  let [lines, served, count] = [0, 0, 0];
  for (const { query, candidates } of cases) {
    for (const [asked, flag] of ALLERGENS) {
      const { productId } = chooseProduct(lineOf(query, { allergens: [asked] }), candidates);
      lines++;
      if (productId === null) continue;
      served++;
      const { flags, name } = truth.get(productId)!;
      if (flags!.split(',').includes(flag) && !(flag === 'gluten' && GLUTEN_FREE.test(name!))) count++;
    }
  }
  return { lines, served, count };
}

function missOf({ one, line }: { one: Case; line: QuoteLine }): string {
  const why = reaches(one) ? `${line.status} ${line.productName ?? '-'} ${line.evidence.join(' ')}` : 'not retrieved';
  return `${one.query} @${one.store}: ${why}`;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const share = <T>(all: readonly T[], holds: (one: T) => boolean): number =>
  all.length === 0 ? 1 : all.filter(holds).length / all.length;
const percentile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(part * (values.length - 1))]!;

if (require.main === module) {
  evaluate(); // once to warm up, so that the times are those of a running worker
  const { misses, ...figures } = evaluate();
  console.log(
    JSON.stringify(
      figures,
      (_, value: unknown) => (typeof value === 'number' ? Math.round(value * 1e4) / 1e4 : value),
      2,
    ),
  );
  const { notRight, ...lists } = evaluateLists();
  console.log(JSON.stringify({ lists }, null, 2));
  console.log(notRight.join('\n'));
  console.log(misses.length === 0 ? 'no misses' : `${misses.length} misses:\n${misses.join('\n')}`);
}
