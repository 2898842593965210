import { Catalogue, rows } from '../simulator/catalogue.js';
import { chooseProduct, type CandidateProduct } from '../src/modules/providers/matching/choose-product.js';
import { searchText } from '../src/modules/providers/matching/search-text.js';
import type { CartLine, QuoteLine } from '../src/modules/providers/provider.js';
import { candidateOf, STORES } from './eval-stores.js';

/**
 * Lines in the manner of real lists (data/eval/lists.csv), judged one by one against what three stores sell: what kind of goods is meant,
 * how much of it has to come, and which words must stand on the label. "-" is sold nowhere, "?" has to be asked back.
 */
export const VERDICTS = ['right', 'gap', 'missed', 'wrong_product', 'wrong_size', 'wrong_count', 'wrong_diet'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface ListReport {
  lines: number;
  judged: number;
  verdicts: Record<Verdict, number>;
  /** Of bought lines. */
  wrongShare: number;
  /** Of lines whose goods the store has. */
  missedShare: number;
  notRight: string[];
}

type Truth = Readonly<Record<string, string>>;

export function evaluateLists(lists: readonly Truth[] = rows('../eval/lists.csv')): ListReport {
  const catalogue = Catalogue.load();
  const truth = new Map(rows('products.csv').map((row) => [row.product_id!, row]));
  const verdicts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  const notRight: string[] = [];
  let [bought, present] = [0, 0];
  for (const row of lists)
    for (const { store, limit } of STORES) {
      const line: CartLine = {
        id: row.line_id!,
        name: row.line!,
        quantity: row.quantity === '' ? 1 : Number(row.quantity),
        unit: row.unit === '' ? null : row.unit!,
      };
      const candidates = catalogue.search(store, searchText(line.name), limit).map(candidateOf);
      const chosen = chooseProduct(line, candidates);
      const sold = soldIn(row, catalogue, store, truth);
      const verdict = judge(row, chosen, sold, chosen.productId === null ? null : truth.get(chosen.productId)!);
      verdicts[verdict]++;
      if (chosen.productId !== null) bought++;
      if (sold) present++;
      if (verdict !== 'right' && verdict !== 'gap') notRight.push(told(verdict, row, store, chosen, candidates));
    }
  const wrong = verdicts.wrong_product + verdicts.wrong_size + verdicts.wrong_count;
  return {
    lines: lists.length,
    judged: lists.length * STORES.length,
    verdicts,
    wrongShare: wrong / bought,
    missedShare: verdicts.missed / present,
    notRight,
  };
}

const typesOf = (row: Truth): string[] => row.types!.split(';');

function isMeant(row: Truth, product: Truth): boolean {
  return typesOf(row).includes(product.type!) && states(row, product);
}

const states = (row: Truth, { name }: Truth): boolean => row.states === '' || new RegExp(row.states!, 'i').test(name!);

function soldIn(row: Truth, catalogue: Catalogue, store: string, truth: ReadonlyMap<string, Truth>): boolean {
  for (const [id, product] of truth) if (isMeant(row, product) && catalogue.find(store, id)?.inStock) return true;
  return false;
}

function judge(row: Truth, chosen: QuoteLine, isSold: boolean, product: Truth | null): Verdict {
  if (product === null)
    return row.types === '?' ? (chosen.status === 'ambiguous' ? 'right' : 'gap') : isSold ? 'missed' : 'gap';
  // A substitute that says so is an honest answer where the thing itself is not sold.
  if (!typesOf(row).includes(product.type!))
    return chosen.status === 'substituted' && !isSold ? 'gap' : 'wrong_product';
  if (!states(row, product))
    return chosen.status === 'substituted' && !isSold && !/free/i.test(row.states!) ? 'gap' : 'wrong_diet';
  return amountVerdict(row.amount!, chosen, product);
}

/** Of a pack that may lack: a hair of one that is filled, somewhat more of one that weighs what it says on average. */
const MAY_LACK = { filled: 0.02, average: 0.05 } as const;

/** Enough comes, and one pack fewer would not do; weighed goods come by weight or by the piece. */
function amountVerdict(amount: string, { packs }: QuoteLine, product: Truth): Verdict {
  const [number, unit] = [Number(amount.split(' ')[0]), amount.split(' ')[1]];
  if (amount === '') return packs === 1 ? 'right' : 'wrong_count';
  if (unit === 'pk') return packs === number ? 'right' : 'wrong_count';
  const pack = heldIn(product, unit!);
  if (pack === null) return unit === 'ct' && packs === number ? 'right' : 'wrong_size';
  const least = Math.max(1, Math.ceil(number / pack - MAY_LACK[product.sold_by === 'weight' ? 'average' : 'filled']));
  return packs === least ? 'right' : unit === 'ct' ? 'wrong_count' : 'wrong_size';
}

/** By the catalogue's own figures, millilitres counting as grams. */
function heldIn({ size_unit, size_value, net_g_or_ml, sold_by, avg_weight_lb }: Truth, unit: string): number | null {
  if (unit === 'ct')
    return size_unit === 'ct' ? Number(size_value) : size_unit === 'each' || sold_by === 'weight' ? 1 : null;
  if (sold_by === 'weight') return Number(avg_weight_lb) * 453.592;
  return Number(net_g_or_ml) > 0 ? Number(net_g_or_ml) : null;
}

function told(verdict: Verdict, row: Truth, store: string, chosen: QuoteLine, candidates: CandidateProduct[]): string {
  const asked = [row.quantity, row.unit, row.line].filter((part) => part !== '').join(' ');
  return `${verdict}: "${asked}" @${store}: ${chosen.status} ${chosen.packs}x ${chosen.productName ?? '-'} | ${chosen.evidence.join(' ')} | of ${candidates.length}: ${candidates[0]?.name ?? '-'}`;
}

if (require.main === module) {
  const { notRight, ...figures } = evaluateLists();
  console.log(JSON.stringify(figures, null, 2));
  console.log(notRight.join('\n'));
}
