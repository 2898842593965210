import { holdingsOf, surer, type Held, type Holdings } from '../../../vocabulary/holdings.js';
import { amountsIn } from '../../../vocabulary/amounts.js';
import { measureOf, type Measure } from '../../../vocabulary/measures.js';
import { wordsOf } from '../../../vocabulary/words.js';
import { kept, keptOf } from '../../../common/kept.js';
import type { CartLine } from '../provider.js';
import type { CandidateProduct } from './candidate.js';
import { needOf, type Need } from './need.js';
import { isTellingShelf, rulesOf, type Rules } from './safety.js';
import { bunchesIn, packIn, tells, type Pack } from './sizes.js';
import { spokenOf } from './spoken.js';
import { claimsIn, isClaim, Rank, rankOf, termsOf, termsOfWords } from './vocabulary.js';

/** A product with its label read. */
export interface Offer extends Label {
  product: CandidateProduct;
}

/** A line of a cart as terms: what thing, which words must hold, how much. */
export interface Want {
  /** Everything asked for but size, packing and claims, in order. */
  terms: readonly string[];
  claims: ReadonlySet<string>;
  /** Terms that it should have where there is a choice. */
  preferred: readonly string[];
  /** Words that must not stand on it: "not smoked". */
  banned: ReadonlySet<string>;
  /** The line says that the thing is not to be bought. */
  negated: boolean;
  /** Words that may ask for a diet and cannot be read for certain. */
  doubts: readonly string[];
  brand: readonly string[];
  /** Terms that the brand stands for: oreos are sandwich cookies. */
  generic: ReadonlySet<string>;
  /** Terms after "in" or "with": what it lies in. */
  beside: ReadonlySet<string>;
  /** The word that names the thing; the others describe it. */
  head: string;
  need: Need;
  measure: Measure;
  rules: Rules;
}

/** What the label of a product says, as terms. */
interface Label {
  /** The name without brand and size, up to "in" or "with": what it is. */
  terms: readonly string[];
  /** The word that names the thing. */
  head: string;
  /** Every term of the label, brand and the rest included. */
  all: ReadonlySet<string>;
  /** Every word of it, for brands: the parts of compounds too. */
  words: ReadonlySet<string>;
  /** The whole name in order. */
  named: readonly string[];
  /** What its name and its shelf tell of what is in it. */
  holdings: Holdings;
  claims: ReadonlySet<string>;
  /** Each category's terms. */
  categories: readonly (readonly string[])[];
  pack: Pack;
  /** Bunches in a pack that tells no other size; null when it is not sold by the bunch. */
  bunches: number | null;
  /** What one weighed piece weighs by its label ("0.4 lb avg"); null when it does not say. */
  pieceGrams: number | null;
}

const PACKING = new Set(
  'bag pack packet package can jar bottle box carton tub bunch head loaf container stick case of a an the some'.split(
    ' ',
  ),
);
/** Butter comes in sticks; sticks of cinnamon are no ground cinnamon. */
const isShape = (terms: readonly string[], at: number): boolean =>
  terms[at] === 'stick' && rankOf(terms[at - 1] ?? '') === Rank.ingredient;

const CONTEXT = new Set(['in', 'with', 'for']);

/** One line is held against every provider's products. */
export const wantOf = keptOf(want);

function want(line: CartLine): Want {
  const { read, words, banned, negated, doubts, brand, generic } = spokenOf(line.name);
  const spoken = termsOfWords(words);
  const worded = spoken.filter((term, at) => !PACKING.has(term) || isShape(spoken, at));
  const terms = worded.length > 0 ? worded : spoken;
  const context = terms.findIndex((term) => CONTEXT.has(term));
  const claims = claimsIn(terms);
  const things = terms.filter((term) => !isClaim(term));
  const measure = measureOf(terms);
  return {
    terms: things.length > 0 ? things : terms,
    claims: new Set(terms.filter(isClaim)),
    preferred: (line.preferred ?? []).flatMap(termsOf),
    banned,
    negated,
    brand: line.brand ? wordsOf(line.brand) : brand,
    generic: new Set(termsOfWords(generic)),
    beside: new Set(context > 0 ? terms.slice(context) : []),
    head: headOf(things.length > 0 ? things : [...claims]),
    need: needOf(line.quantity, line.unit, read, measure),
    measure,
    rules: rulesOf(line),
    doubts,
  };
}

/** The last word of the highest rank before any "in" or "with": the chips of potato chips, the chicken of boneless chicken. */
function headOf(terms: readonly string[]): string {
  const end = terms.findIndex((term) => CONTEXT.has(term));
  const own = end > 0 ? terms.slice(0, end) : terms;
  return own.reduce((head, term) => (rankOf(term) >= rankOf(head) ? term : head), own[0] ?? '');
}

/** A product as it is offered now: its label is read once and kept, for the same goods come back with every cart. */
export const offerOf = keptOf((product: CandidateProduct): Offer => ({ product, ...labelOf(product) }));

/** About 4 KB each. */
const MOST_LABELS = 5000;
const labelOf = kept(
  MOST_LABELS,
  ({ name, brand, size, categories }: CandidateProduct) =>
    `${name}\n${brand ?? ''}\n${size ?? ''}\n${categories.join('\t')}`,
  read,
);

function read(product: CandidateProduct): Label {
  const words = wordsOf(product.name);
  const brandWords = wordsOf(product.brand ?? '');
  const [named, brand] = [termsOfWords(words), termsOfWords(brandWords)];
  const ownTerms = withoutBrand(termsOf(amountsIn(product.name).rest || product.name), brand);
  const context = ownTerms.findIndex((term, index) => index > 0 && CONTEXT.has(term));
  const head = headOf(ownTerms);
  const pack = packOf(product, head);
  const average = named.at(-1) === 'avg' ? packIn(product.name).mass : null;
  return {
    terms: context > 0 ? ownTerms.slice(0, context) : ownTerms,
    head,
    all: new Set([...named, ...brand]),
    words: new Set([...words, ...brandWords]),
    named,
    holdings: holdingsIn(product, words),
    claims: claimsIn(named),
    categories: product.categories.map(termsOf),
    pack,
    bunches: tells(pack) ? null : (bunchesIn(product.size ?? '') ?? bunchesIn(product.name)),
    pieceGrams: average,
  };
}

/** What a pack holds by its size, or by its name where the size says nothing or "1 each". */
function packOf({ name, size }: CandidateProduct, head: string): Pack {
  const [labelled, named] = [packIn(size ?? ''), packIn(name)];
  const pack = tells(named) && (!tells(labelled) || isOnePiece(labelled)) ? named : labelled;
  if (head !== 'egg' || (tells(pack) && !isOnePiece(pack))) return pack;
  return { ...pack, count: /^\d{1,2}$/.test(size ?? '') && Number(size) > 1 ? Number(size) : EGGS };
}
const isOnePiece = ({ mass, volume, count }: Pack): boolean => mass === null && volume === null && count === 1;
/** No shop sells one egg: a pack that does not tell how many holds as many as most do. */
const EGGS = 12;

/** A shelf tells of what is on it only when it is named by that word alone: "Cheese", not "Dairy & Eggs". */
function holdingsIn({ name, categories }: CandidateProduct, words: readonly string[]): Holdings {
  const own = holdingsOf(name);
  const shelves = categories.filter((category) => isTellingShelf(wordsOf(category), words));
  if (shelves.length === 0) return own;
  const all = new Map<string, Held>(own);
  for (const shelf of shelves)
    for (const [id, held] of holdingsOf(`${name}, ${shelf}`)) all.set(id, surer(all.get(id) ?? null, held));
  return all;
}

function withoutBrand(named: readonly string[], brand: readonly string[]): readonly string[] {
  if (brand.length === 0) return named;
  const at = named.findIndex((_, index) => brand.every((word, offset) => named[index + offset] === word));
  return at < 0 || named.length === brand.length ? named : [...named.slice(0, at), ...named.slice(at + brand.length)];
}
