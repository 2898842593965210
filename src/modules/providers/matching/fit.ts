import {
  answers,
  isCut,
  isForm,
  isGenusOf,
  isLesserKind,
  isMade,
  isPlain,
  isTurnedBy,
  isTellingForm,
  isUsualForm,
} from './relations.js';
import { isKnownTerm } from './known-terms.js';
import type { Offer, Want } from './reading.js';
import { safetyOf, slaughterUntold } from './safety.js';
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
  pointOfLean: 0.02,
  lesserWord: 0.04,
  lesserKind: 0.05,
  flavour: 0.08,
  unaskedClaim: 0.03,
  tastedClaim: 0.06,
  unpreferred: 0.1,
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
  const brand = want.brand.every((word) => offer.words.has(word));
  // The brand says what it is: a box of it need not say so again.
  const asked = want.brand.length > 0 && brand ? want.terms.filter((term) => !want.generic.has(term)) : want.terms;
  const answered = new Map(asked.map((term) => [term, answerOf(term, want, offer)]));
  const lacking = asked.filter((term) => answered.get(term) === null && !isImplied(term, want, offer));
  const sizes = lacking.filter((term) => isSizeUntold(term, offer));
  const absent = lacking.filter((term) => !sizes.includes(term));
  const unread = absent.filter((term) => !isKnownTerm(term) && term !== want.head);
  const missing = absent.filter((term) => !unread.includes(term));
  if (asked.includes('fresh')) {
    const form = offer.named.find((own) => isForm(own) && own !== 'ground');
    if (form !== undefined) return { refused: `form:${form}` };
  }
  const lost = missing.find((term) => term === want.head || (rankOf(term) > 0 && !want.beside.has(term)));
  if (lost === undefined && (missing.length + unread.length) * 2 > asked.length)
    return { refused: `name:no-${[...missing, ...unread][0]}` };
  if (lost !== undefined) return { refused: `name:no-${lost}` };
  const telling = missing.find((term) => !isPreparation(term));
  if (telling !== undefined && (TOLD_BY_WORD.has(want.head) || want.head === 'cheese'))
    return { refused: `name:no-${telling}` };
  // Nothing but what kind of thing it is was understood: a sauce may be any then, a bread is another one than was asked for. Two letters
  // are mostly short for something, and what may be a diet is asked about.
  const isStrange = want.doubts.length === 0 && unread.some((term) => term.length > 2 || TITLES.has(term));
  const isBare = isStrange && asked.every((term) => term === want.head || absent.includes(term) || isPreparation(term));
  if (isBare && TOLD_BY_WORD.has(want.head)) return { refused: `name:no-${unread[0]}` };
  const [otherwise] = texturesOf(offer.words).filter((one) => texturesOf(new Set(asked)).some((own) => own !== one));
  if (otherwise !== undefined) return { refused: `name:${otherwise}` };
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
  const slaughter = slaughterUntold(want, offer);
  const unlike = isBare ? [...missing, ...unread] : missing;
  const differs = [
    ...unlike.map((term) => `${term === 'stick' ? 'form' : 'name'}:no-${term}`),
    ...rest.forms,
    ...(brand ? [] : ['brand:other']),
  ];
  const told = asked.length - sizes.length - missing.length - unread.length;
  const unpreferred = want.preferred.filter((term) => !offer.all.has(term));
  return {
    cost:
      rest.cost +
      (missing.length + unread.length) * COST.missingWord +
      leannessApart(missing, offer) * COST.pointOfLean +
      unpreferred.length * COST.unpreferred +
      (brand ? 0 : COST.otherBrand),
    differs,
    evidence: [
      `name:${told}/${asked.length}`,
      ...unread.map((term) => `unread:${term}`),
      ...sizes.map((term) => `size:${term}-untold`),
      ...unpreferred.map((term) => `preferred:no-${term}`),
      ...[...want.claims].map((asked) => `diet:${asked}`),
      ...(want.brand.length > 0 && brand ? ['brand:asked'] : []),
      ...differs,
      ...safety.evidence,
      ...slaughter.map((diet) => `diet:${diet}:slaughter-untold`),
    ],
    asks: safety.asks || slaughter.length > 0,
  };
}

/** Words of two letters that stand for no other word: with them begins a name. */
const TITLES: ReadonlySet<string> = new Set(['dr', 'mr', 'ms', 'st', 'mt']);

/** How far the nearest share told is from the one asked for: 93 % lean is nearer to 90 % than 80 % is. */
function leannessApart(missing: readonly string[], { all }: Offer): number {
  const asked = missing.find((term) => term.endsWith('%'));
  if (asked === undefined) return 0;
  const told = [...all].filter((term) => term.endsWith('%')).map((term) => Math.abs(parseInt(term) - parseInt(asked)));
  return told.length === 0 ? 0 : Math.min(...told);
}

/** One of them is not the other. */
const TEXTURES: Readonly<Record<string, readonly string[]>> = {
  smooth: ['smooth', 'creamy'],
  chunky: ['chunky', 'crunchy'],
};
const texturesOf = (words: ReadonlySet<string>): string[] =>
  Object.keys(TEXTURES).filter((texture) => TEXTURES[texture]!.some((word) => words.has(word)));

/** How large loose pieces are is for the shopper to choose: their label names no size. */
const isSizeUntold = (term: string, { product, words }: Offer): boolean =>
  product.soldByWeight && SIZES.has(term) && ![...SIZES].some((size) => words.has(size));
const SIZES: ReadonlySet<string> = new Set(['small', 'medium', 'large', 'jumbo']);

/** The offered term that answers an asked one: in the name, in the brand, or a kind of it. */
function answerOf(term: string, want: Want, offer: Offer): string | null {
  const own = offer.terms.find((one) => answers(term, one));
  if (own !== undefined) return own;
  const texture = Object.values(TEXTURES)
    .find((same) => same.includes(term))
    ?.find((word) => offer.words.has(word));
  if (texture !== undefined) return texture;
  // What something lies in is not what it is: sardines in olive oil are no oil.
  const isThing = rankOf(term) > 0 && !want.beside.has(term);
  return offer.all.has(term) && !isThing ? term : null;
}

/** "Fresh" needs no word where nothing says otherwise; connecting words need none at all. */
function isImplied(term: string, { head }: Want, offer: Offer): boolean {
  if (CONNECTING.has(term)) return true;
  if (term === 'fresh') return !offer.named.some((own) => isForm(own));
  return term !== head && offer.terms.some((own) => isGenusOf(term, own));
}

const CONNECTING = new Set(['and', 'in', 'with', 'for', 'on']);

const PREPARATIONS = new Set(
  'toasted roasted pure real natural extra virgin fresh cold pressed mild medium hot thick thin smooth chunky light dark style low reduced'.split(
    ' ',
  ),
);
const isPreparation = (term: string): boolean => PREPARATIONS.has(term) || isForm(term) || term.endsWith('%');

/** Things that are what the word before says: teriyaki sauce is no kind of tomato sauce. */
const TOLD_BY_WORD = new Set(
  'sauce oil vinegar powder seasoning soup juice flour seed paste dressing noodle spice extract syrup meal broth stock milk'.split(
    ' ',
  ),
);

/** Words that make another thing of whatever stands before them: hot dog buns are no hot dogs. */
const CARRIERS = new Set(
  'sauce bun roll bread dressing syrup seasoning powder mix shell flour broth stock juice oil extract spread dip paste kit stuffing vinegar marinade gravy rub crouton bread_crumb mayonnaise helper'.split(
    ' ',
  ),
);

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
    if (headRank === Rank.ingredient && isMade(term)) return { refused: `other:${term}` };
    if (want.preferred.includes(term) && (isCut(term) || isClaim(term) || isPlain(term))) continue;
    if (isLesserKind(term, want.head)) cost += COST.lesserKind;
    else if (isCut(term)) cost += COST.formOrCut;
    else if (isForm(term)) {
      // "93 % lean" is told of nothing but ground meat.
      const isLean = term === 'ground' && want.terms.some((asked) => asked.endsWith('%'));
      if ((headRank > Rank.ingredient && !isTellingForm(term)) || isLean || isUsualForm(term, want.head))
        cost += COST.formOrCut;
      else {
        forms.push(`form:${term}`);
        cost += COST.otherForm;
      }
    } else if (isClaim(term)) cost += TASTED.has(term) ? COST.tastedClaim : COST.unaskedClaim;
    else if (isAfter && CARRIERS.has(term) && headRank > Rank.ingredient) return { refused: `other:${term}` };
    else if (headRank === 0 && isAfter && rank > 0 && want.terms.length === 1) cost += COST.flavour;
    else if (rank > Math.max(headRank, 1) || (rank > 0 && rank === headRank && isAfter))
      return { refused: `other:${term}` };
    else if (rank > 0) cost += rank === headRank || isAfter ? COST.flavour : COST.lesserWord;
    else if (!isPlain(term)) cost += isAfter ? COST.unknownAfter : COST.unknownBefore;
  }
  return { cost, forms };
}
