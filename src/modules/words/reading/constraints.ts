import { dictionary } from '../../../common/dictionary.js';
import { avoidedBy } from '../../../vocabulary/allergens.js';
import { dietNamed } from '../../../vocabulary/diets.js';
import { STORES } from './lexis/cues.js';
import { isScale, wordValue } from './lexis/number-words.js';
import type { Token } from './lexis/tokens.js';

/** What is to hold for a whole cart, as it was said. Money in cents (øre). */
export interface Constraints {
  budget?: { cents: number; currency: string };
  diet?: string[];
  allergen?: string[];
  people?: number;
  days?: number;
  brand?: string[];
  organic?: boolean;
  store?: string[];
  deadline?: string;
}

export interface FoundConstraint {
  constraints: Constraints;
  /** The tokens that say it. */
  places: number[];
}

interface Words {
  tokens: readonly Token[];
  keys: string[];
  isDanish: boolean;
}

/** Every constraint in the tokens of a clause. Pure; what nobody can read is left out, and never guessed. */
export function constraintsOf(tokens: readonly Token[], isDanish: boolean, locale: string | null): FoundConstraint[] {
  const words: Words = { tokens, keys: tokens.map(({ key }) => key), isDanish };
  return [budget, people, days, deadline, postalCodes, asides, stores, wishes, diets, allergens].flatMap((find) =>
    find(words, locale),
  );
}

export function together(found: readonly Constraints[]): Constraints {
  const all: Constraints = {};
  for (const one of found) {
    const lists = {
      diet: merged(all.diet, one.diet),
      allergen: merged(all.allergen, one.allergen),
      store: merged(all.store, one.store),
      brand: merged(all.brand, one.brand),
    };
    Object.assign(all, one);
    for (const [name, list] of Object.entries(lists)) if (list) Object.assign(all, { [name]: list });
  }
  return all;
}
const merged = (one: string[] | undefined, other: string[] | undefined): string[] | undefined =>
  one || other ? [...new Set([...(one ?? []), ...(other ?? [])])] : undefined;

const CURRENCIES = dictionary<string>({
  $: 'USD',
  dollars: 'USD',
  dollar: 'USD',
  bucks: 'USD',
  buck: 'USD',
  usd: 'USD',
  '£': 'GBP',
  pounds: 'GBP',
  quid: 'GBP',
  gbp: 'GBP',
  '€': 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  eur: 'EUR',
  kr: 'DKK',
  'kr.': 'DKK',
  kroner: 'DKK',
  dkk: 'DKK',
  cad: 'CAD',
  aud: 'AUD',
});
const AT_HOME = dictionary<string>({ 'en-CA': 'CAD', 'en-AU': 'AUD', 'en-NZ': 'NZD', 'en-GB': 'GBP' });
const LIMITING =
  /^(under|below|within|over|past|above|exceed|budget|max|maximum|most|than|around|spend|for|on|to|only|tops|limit|bruge|use|højst|maks|højest|got|have|down|beyond|with|is|of|a|total|roughly|about|til|ikke)$/;

function budget({ tokens, keys, isDanish }: Words, locale: string | null): FoundConstraint[] {
  const found: FoundConstraint[] = [];
  const bare = bareBudget(tokens, keys, isDanish, locale);
  if (bare) return [bare];
  for (const [at, token] of tokens.entries()) {
    const before = CURRENCIES[keys[at - 1] ?? ''];
    const after = CURRENCIES[keys[at + 1] ?? ''];
    const value =
      token.value ?? wordValue(token.key, isDanish) ?? (isScale(token.key) ? hundreds(keys[at - 1]!, isDanish) : null);
    if (value === null || value <= 0 || value > 1e6 || token.key === 'a') continue;
    const isSymbol = before !== undefined && /[$£€]/.test(keys[at - 1]!);
    if (!isSymbol && (after === undefined || (/^pounds?$/.test(keys[at + 1]!) && locale !== 'en-GB'))) continue;
    const isCounted = isScale(token.key) && wordValue(keys[at - 1] ?? '', isDanish) !== null;
    const from = isSymbol || isCounted ? at - 1 : at;
    const to = isSymbol ? at : at + 1;
    if (from > 0 && !LIMITING.test(keys[from - 1]!) && !keys.some((key) => /^(budget|tops|max|total)$/.test(key)))
      continue;
    const said = isSymbol ? before : after!;
    const national = /canadian/.test(keys[to + 1] ?? '')
      ? 'CAD'
      : said === 'USD'
        ? (AT_HOME[locale ?? ''] ?? said)
        : said;
    const first =
      from > 0 && LIMITING.test(keys[from - 1]!) && !/^(is|of|a|have|got|only|til|to|with|spend)$/.test(keys[from - 1]!)
        ? from - 1
        : from;
    found.push({
      constraints: { budget: { cents: Math.round(value * 100), currency: national } },
      places: range(first, to + 1),
    });
    break;
  }
  return found;
}

/** "A hundred", "two hundred". */
const hundreds = (before: string, isDanish: boolean): number => 100 * (wordValue(before, isDanish) ?? 1);

/** "Budget is 75": money where nothing but money can be meant. */
function bareBudget(
  tokens: readonly Token[],
  keys: readonly string[],
  isDanish: boolean,
  locale: string | null,
): FoundConstraint | null {
  const at = keys.findIndex((key) => /^(budget|budgettet)$/.test(key));
  if (at < 0) return null;
  let next = at + 1;
  while (/^(is|of|:|er|på|=|this|week|about|around|max)$/.test(keys[next] ?? '')) next++;
  const value = tokens[next] ? (tokens[next]!.value ?? wordValue(keys[next]!, isDanish)) : null;
  if (value === null || value < 5 || value > 1e5 || CURRENCIES[keys[next + 1] ?? ''] !== undefined) return null;
  if (
    tokens[next + 1]?.kind === 'word' &&
    !/^(this|for|total|please|max|tops|a|in|i|and|so|per)$/.test(keys[next + 1]!)
  )
    return null;
  const currency = isDanish ? 'DKK' : (AT_HOME[locale ?? ''] ?? 'USD');
  return { constraints: { budget: { cents: Math.round(value * 100), currency } }, places: range(next, next + 1) };
}

function people({ tokens, keys, isDanish }: Words): FoundConstraint[] {
  for (const [at, token] of tokens.entries()) {
    const value = token.value ?? wordValue(token.key, isDanish);
    if (value === null || !Number.isInteger(value) || value < 1 || value > 500 || token.key === 'a') continue;
    const next = keys[at + 1] ?? '';
    const isOfUs = next === 'of' && keys[at + 2] === 'us';
    const isNamed = PERSONS.test(next);
    const isFor =
      /^(for|til|serves|serving|feeds|feeding)$/.test(keys[at - 1] ?? '') &&
      keys[at - 2] !== 'om' &&
      (at + 1 === tokens.length || /^[,.?!]|^(under|with|tonight|please|and|on|i|no)$/.test(next));
    const isWe =
      ((/^(are|er)$/.test(keys[at - 1] ?? '') && /^(we|vi)$/.test(keys[at - 2] ?? '')) || keys[at - 1] === "we're") &&
      (at + 1 === tokens.length || /^([,.!]|now|nu|not|this|tonight|altogether)$/.test(next));
    if (!isOfUs && !isNamed && !isFor && !isWe) continue;
    const from = /^(for|til|serves|feeds|serving|feeding|the)$/.test(keys[at - 1] ?? '') ? at - 1 : at;
    return [{ constraints: { people: value }, places: range(from, at + (isOfUs ? 3 : isNamed ? 2 : 1)) }];
  }
  return [];
}
const PERSONS =
  /^(people|persons|guests|adults|ppl|peeps|mouths|servings|personer|mennesker|gæster|pers|kids|children|childs|folks)$/;

function days({ tokens, keys, isDanish }: Words): FoundConstraint[] {
  for (const [at, key] of keys.entries()) {
    if (/^(days|nights|dage|aftener|day|dag)$/.test(key) && at > 0) {
      const value = tokens[at - 1]!.value ?? wordValue(keys[at - 1]!, isDanish);
      if (value !== null && Number.isInteger(value) && value > 0 && value < 60)
        return [{ constraints: { days: value }, places: range(at - 1, at + 1) }];
    }
    if (/^(week|ugen|uge)$/.test(key) && /^(a|the|one|hele|en|next|denne|this)$/.test(keys[at - 1] ?? ''))
      return [{ constraints: { days: 7 }, places: range(at - 1, at + 1) }];
  }
  return [];
}

const DAY =
  'monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|tonight|noon|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|morgen|christmas|thanksgiving|today'.split(
    '|',
  );
function deadline({ tokens, keys }: Words): FoundConstraint[] {
  for (const [at, key] of keys.entries()) {
    if (!/^(by|before|inden|senest|før)$/.test(key)) continue;
    // "Bump the eggs up by 6" tells how many more.
    if (
      key === 'by' &&
      keys.slice(0, at).some((one) => /^(bump|raise|increase|up|reduce|lower|cut|decrease|drop|down)$/.test(one))
    )
      continue;
    let end = at + 1;
    while (end < keys.length && end <= at + 5 && isTime(keys[end]!, tokens[end]!)) end++;
    // "By Friday 6 pm: milk": what ends it is none of it.
    while (/^[:.]$/.test(keys[end - 1]!)) end--;
    if (
      end > at + 1 &&
      keys.slice(at + 1, end).some((one) => DAY.includes(one) || /^(am|pm|klokken|kl)$/.test(one) || /\d/.test(one))
    )
      return [{ constraints: { deadline: keys.slice(at, end).join(' ') }, places: range(at, end) }];
  }
  return [];
}
const isTime = (key: string, token: Token): boolean =>
  DAY.includes(key) ||
  token.kind === 'number' ||
  /^(am|pm|a\.m|p\.m|:|\.|kl|klokken|i|på|on|morning|evening|afternoon|night|o'clock|eve|den|the)$/.test(key);

/** "Near M4C", "around SW1A 2AA": where, and no amount of anything. The place itself is asked for where it is needed. */
function postalCodes({ tokens, keys }: Words): FoundConstraint[] {
  for (const [at, key] of keys.entries()) {
    if (!/^(near|around|in|at|nær|omkring)$/.test(key)) continue;
    let end = at + 1;
    while (end < keys.length && end < at + 8 && /^([A-Z]{1,2}|\d{1,2})$/.test(tokens[end]!.text)) end++;
    const code = tokens
      .slice(at + 1, end)
      .map(({ text }) => text)
      .join('');
    if (/^[A-Z]{1,2}\d[A-Z\d]{0,4}[A-Z]?$/.test(code) && end > at + 2)
      return [{ constraints: {}, places: range(at, end) }];
  }
  return [];
}

/** Words about the shop and not about goods: "in stock", "på lager". */
function asides({ keys }: Words): FoundConstraint[] {
  return keys.flatMap((key, at) =>
    (key === 'in' && keys[at + 1] === 'stock') || (key === 'på' && keys[at + 1] === 'lager')
      ? [{ constraints: {}, places: range(at, at + 2) }]
      : [],
  );
}

function stores({ keys }: Words): FoundConstraint[] {
  const found: FoundConstraint[] = [];
  for (const { at, length, value } of STORES().in(keys)) {
    if (!value) continue;
    const before = keys[at - 1] ?? '';
    const isPlace =
      /^(at|from|in|i|fra|hos|only|the|or|than|og|and|is)$/.test(before) ||
      keys[at + length] === ':' ||
      /^(run|shop|haul)$/.test(keys[at + length] ?? '');
    const isWord = length === 1 && /^(sprouts|target|giant|metro|iceland|spar|meny|heb)$/.test(keys[at]!);
    if (!isPlace || (isWord && /^(the|or|and|og|than|is)$/.test(before))) continue;
    const name = keys
      .slice(at, at + length)
      .map((key) => key[0]!.toUpperCase() + key.slice(1))
      .join(' ');
    const from = /^(at|from|in|i|fra|hos|the|or)$/.test(before) ? at - 1 : at;
    const to = /^(run|shop|haul)$/.test(keys[at + length] ?? '') ? at + length + 1 : at + length;
    found.push({ constraints: { store: [name] }, places: range(from, to) });
  }
  return found;
}

/** Wishes that stand over all: only where they are not said of one thing ("organic milk"). */
function wishes({ keys }: Words): FoundConstraint[] {
  const text = keys.join(' ');
  const found: FoundConstraint[] = [];
  const standing =
    /\b(everything|always|only|all of it|make it|make them|where you can|where possible|if possible|whenever|hvor muligt|make it all|from now on|from today|assume|prefer|default|alt|altid|fra nu af|it all)\b/.test(
      text,
    );
  for (const [at, key] of keys.entries()) {
    if (standing && /^(organic|økologisk|økologiske|øko)$/.test(key))
      found.push({ constraints: { organic: true }, places: [at] });
    if (standing && key === 'store' && keys[at + 1] === 'brand')
      found.push({ constraints: { brand: ['store brand'] }, places: range(at, at + 2) });
  }
  return found.slice(0, 2);
}

/** Diets that a person or the whole of a cart keeps; the diet of one thing ("vegan butter") is part of it. */
function diets({ keys }: Words): FoundConstraint[] {
  const text = keys.join(' ');
  const isOfAll =
    /\b(i'm|im|i am|we're|we are|we're both|both|is|are|everything|all|keep|make|it|plan|dinners|dinner|meals|meal|lunches|madplan|jeg er|vi er|alt|days|nights|nothing|no|avoid|vegans?)\b/.test(
      text,
    );
  if (!isOfAll) return [];
  const found: FoundConstraint[] = [];
  const taken = new Set<number>();
  for (const length of [3, 2, 1])
    for (let at = 0; at + length <= keys.length; at++) {
      const places = range(at, at + length);
      const said = keys.slice(at, at + length).join(' ');
      const diet = dietNamed(said) ?? DIETS_ALSO[said];
      if (!diet || places.some((place) => taken.has(place))) continue;
      found.push({ constraints: { diet: [diet.replaceAll('_', '-')] }, places });
      for (const place of places) taken.add(place);
    }
  return found;
}
const DIETS_ALSO = dictionary<string>({
  'low sugar': 'low-sugar',
  'low sodium': 'low-sodium',
  'high protein': 'high-protein',
  'low carb': 'low-carb',
  'all plant-based': 'vegan',
  'plant-based': 'vegan',
  'sugar free': 'sugar-free',
  'no dairy': 'dairy-free',
});

const AVOIDING =
  /^(no|without|uden|ingen|avoid|undgå|with no|can't have|cannot have|can't eat|cannot eat|can't do|doesn't eat|don't eat|tåler ikke|spiser ikke|ikke tåle|må ikke få|nothing with|anything with|intet med|free of|free from|allergic to|allergy to|allergisk over for|overfor|any)$/;
const DENYING = /^(no|not|nothing|never|without|avoid|allergic|allergy|can't|cannot|don't|doesn't|won't|isn't|aren't)$/;
/** All of them: one that is missed is eaten. */
function allergens({ keys }: Words): FoundConstraint[] {
  const all: FoundConstraint[] = [];
  for (let at = 0; at < keys.length;) {
    const found = allergenAt(keys, at, all.length > 0);
    const known = all.flatMap(({ constraints }) => constraints.allergen!);
    // "Nothing with nuts, so granola bars without nuts": said of a thing what was said of all.
    const isNew = found?.ids.some((id) => !known.includes(id)) ?? false;
    if (isNew) all.push({ constraints: { allergen: found!.ids }, places: range(at, found!.end) });
    at = found?.end ?? at + 1;
  }
  return all;
}

/** What is to be avoided by the words from a place on; beside another that is, what is not wanted is meant so too. */
function allergenAt(keys: readonly string[], at: number, isBesideOne: boolean): Avoided | null {
  if (/^(intolerant|intolerance|allergy|allergies|allergi|allergisk|intolerans)$/.test(keys[at + 1] ?? '')) {
    const found = named(keys, at);
    if (found) return { ids: found.ids, end: at + 2 };
  }
  const two = `${keys[at]} ${keys[at + 1] ?? ''}`;
  const three = `${two} ${keys[at + 2] ?? ''}`;
  const lead = AVOIDING.test(three) ? 3 : AVOIDING.test(two) ? 2 : AVOIDING.test(keys[at]!) ? 1 : 0;
  // "Any ice cream" is asked for; "don't want any dairy" is not wanted.
  const isWanted = keys[at] === 'any' && !keys.slice(0, at).some((key) => DENYING.test(key));
  if (lead > 0 && !isWanted) {
    const found = named(keys, at + lead, lead > 1 || !/^(no|without|uden|ingen)$/.test(keys[at]!));
    const isSure =
      isBesideOne ||
      lead > 1 ||
      keys.includes('allergic') ||
      keys.includes('allergy') ||
      keys.includes('allergisk') ||
      keys.some((key) => /^(nothing|anything|plan|any|kids|madplan)$/.test(key));
    if (found && (isSure || /nut|gluten|peanut|shellfish/.test(found.ids.join()))) return found;
  }
  if (keys[at + 1] === 'free' || keys[at]!.endsWith('-free') || (keys[at + 1] === '-' && keys[at + 2] === 'free')) {
    const found = avoidedBy(`${keys[at]!.replace(/-free$/, '')} free`);
    if (found.ok && found.ids.length > 0)
      return { ids: [...found.ids], end: keys[at + 1] === 'free' ? at + 2 : at + 1 };
  }
  return null;
}

interface Avoided {
  ids: string[];
  /** Behind the last of the words. */
  end: number;
}

const LISTING = /^(and|or|og|eller|,)$/;
const goesOn = (key: string | undefined): boolean =>
  key !== undefined && /^\p{L}/u.test(key) && !/^(and|or|but|so|please|in|for|og|eller|men|så|tak|i|til)$/.test(key);

/** `isListed`: "allergic to milk, eggs" names both; "no eggs, milk" only the first. */
function named(keys: readonly string[], from: number, isListed = true): Avoided | null {
  for (const length of [3, 2, 1]) {
    // "No nuts, no shellfish": what ends in no name is more than what was named.
    if (from + length > keys.length || !/^\p{L}/u.test(keys[from + length - 1]!)) continue;
    // "Without nuts and apple juice": the second name goes on, and is another thing's.
    if (LISTING.test(keys[from + 1] ?? '') && length === 3 && goesOn(keys[from + 3])) continue;
    if (!isListed && keys.slice(from, from + length).includes(',')) continue;
    if (/^(no|not|and|or|nor|og|eller|ingen|ikke|without|uden)$/.test(keys[from + length - 1]!)) continue;
    const said = keys
      .slice(from, from + length)
      .join(' ')
      .replace(/^any /, '');
    const found = avoidedBy(said);
    if (found.ok && found.ids.length > 0) return { ids: [...found.ids], end: from + length };
  }
  return null;
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
