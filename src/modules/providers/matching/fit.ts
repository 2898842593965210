import { answers, isCut, isForm, isGenusOf, isPlain, isTurnedBy, isUsualForm } from './relations.js';
import type { Offer, Want } from './reading.js';
import { safetyOf } from './safety.js';
import { isClaim, Rank, rankOf } from './vocabulary.js';

/** How well a product answers a line, size and price aside. */
export interface Fit {
  /** 0 is the very thing; each doubt adds to it. */
  cost: number;
  /** How it differs from what was asked for; empty for the very thing. Anything here makes it a substitute. */
  differs: readonly string[];
  evidence: readonly string[];
  /** May hold what the shopper avoids, so that only the label can tell. */
  asks: boolean;
}

/** Not this one, and why, e.g. "diet:organic", "allergen:milk:cheese", "other:candy". */
export interface Refusal {
  refused: string;
}

/** What doubts cost, measured on the judged queries; confidence is what is left of 1. */
const COST = {
  missingWord: 0.2,
  otherBrand: 0.15,
  otherForm: 0.2,
  lesserWord: 0.04,
  flavour: 0.08,
  unaskedClaim: 0.03,
  tastedClaim: 0.06,
  formOrCut: 0.02,
  /** Before the thing it is mostly a brand, after it mostly another thing. */
  unknownBefore: 0.01,
  unknownAfter: 0.06,
} as const;

/** Claims that one tastes: nobody gets them unasked when there is a choice. */
const TASTED = new Set([
  'diet',
  'zero_sugar',
  'sugar_free',
  'no_sugar_added',
  'decaf',
  'caffeine_free',
  'fat_free',
  'vegan',
  'unsalted',
  'alcohol_free',
]);
/** Shelves where no food for grown people lies, and candy, where a food is another thing unless it is one of SWEETS. */
const ALIEN_SHELVES = new Set(
  'pet dog cat baby household cleaning beauty health toy garden pharmacy personal cosmetic candy'.split(' '),
);

const SWEETS = new Set(['chocolate', 'caramel', 'cocoa']);

/** Whether a product is what a line asks for, in words: nothing asked for may be refused away, nothing that turns it may stand by. */
export function fitOf(want: Want, offer: Offer): Fit | Refusal {
  if (want.terms.length === 0) return { refused: 'name:none' };
  const answered = new Map(want.terms.map((term) => [term, answerOf(term, offer)]));
  const missing = want.terms.filter((term) => answered.get(term) === null && !isImplied(term, want, offer));
  const lost = missing.find((term) => term === want.head || rankOf(term) > 0);
  if (lost === undefined && missing.length * 2 > want.terms.length) return { refused: `name:no-${missing[0]}` };
  if (lost !== undefined) return { refused: `name:no-${lost}` };
  const claim = [...want.claims].find((asked) => !offer.claims.has(asked));
  if (claim !== undefined) return { refused: `diet:${claim}` };
  const banned = [...want.banned].find((word) => offer.words.has(word));
  if (banned !== undefined) return { refused: `not:${banned}` };
  const safety = safetyOf(want.rules, offer.holdings);
  if ('refused' in safety) return safety;
  const shelf = offer.categories.flat().find((word) => ALIEN_SHELVES.has(word) && !want.terms.includes(word));
  const isFood = rankOf(want.head) > 0 && rankOf(want.head) < Rank.dish;
  if (shelf !== undefined && isFood && !(shelf === 'candy' && SWEETS.has(want.head)))
    return { refused: `category:${shelf}` };
  const rest = restOf(want, offer, new Set([...answered.values()].filter((term) => term !== null)));
  if ('refused' in rest) return rest;
  const brand = want.brand.every((word) => offer.words.has(word));
  const differs = [...missing.map((term) => `name:no-${term}`), ...rest.forms, ...(brand ? [] : ['brand:other'])];
  const told = want.terms.length - missing.length;
  return {
    cost: rest.cost + missing.length * COST.missingWord + (brand ? 0 : COST.otherBrand),
    differs,
    evidence: [
      `name:${told}/${want.terms.length}`,
      ...[...want.claims].map((asked) => `diet:${asked}`),
      ...(want.brand.length > 0 && brand ? ['brand:asked'] : []),
      ...differs,
      ...safety.evidence,
    ],
    asks: safety.asks,
  };
}

/** The offered term that answers an asked one: in the name, in the brand, or a kind of it. */
function answerOf(term: string, offer: Offer): string | null {
  return offer.terms.find((own) => answers(term, own)) ?? (offer.all.has(term) ? term : null);
}

/** "Fresh" needs no word where nothing says otherwise; connecting words need none at all. */
function isImplied(term: string, { head }: Want, offer: Offer): boolean {
  if (CONNECTING.has(term)) return true;
  if (term === 'fresh') return !offer.named.some((own) => isForm(own));
  return term !== head && offer.terms.some((own) => isGenusOf(term, own));
}

const CONNECTING = new Set(['and', 'in', 'with', 'for', 'on']);

/** What the words that nobody asked for make of the thing. */
function restOf(want: Want, offer: Offer, used: ReadonlySet<string>): { cost: number; forms: string[] } | Refusal {
  const { terms } = offer;
  const headAt = terms.findIndex((own) => answers(want.head, own));
  const headRank = rankOf(want.head);
  const forms: string[] = [];
  let cost = 0;
  for (const [at, term] of terms.entries()) {
    if (used.has(term) || want.terms.includes(term)) continue;
    const isAfter = at > headAt;
    if (want.terms.some((asked) => isGenusOf(term, asked)) || isGenusOf(term, terms[headAt] ?? '')) continue;
    if (isTurnedBy(want.head, term)) return { refused: `other:${term}` };
    const rank = rankOf(term);
    if (isCut(term)) cost += COST.formOrCut;
    else if (isForm(term)) {
      if (headRank > Rank.ingredient || isUsualForm(term, want.head)) cost += COST.formOrCut;
      else {
        forms.push(`form:${term}`);
        cost += COST.otherForm;
      }
    } else if (isClaim(term)) cost += TASTED.has(term) ? COST.tastedClaim : COST.unaskedClaim;
    else if (rank > Math.max(headRank, 1) || (rank > 0 && rank === headRank && isAfter))
      return { refused: `other:${term}` };
    else if (rank > 0) cost += rank === headRank || isAfter ? COST.flavour : COST.lesserWord;
    else if (!isPlain(term)) cost += isAfter ? COST.unknownAfter : COST.unknownBefore;
  }
  return { cost, forms };
}
