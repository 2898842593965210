import { foods, tokensOf, words, type DanishFood, type WordKind } from './tables.js';

/** Which core food a register text names, if any. What is not understood is none: a purchase of its own, never an ingredient. Pure. */
export interface FoodFound {
  /** A core food; null where the text names none, or a prepared dish. */
  food: string | null;
  match: 'exact' | 'stand_in' | 'none' | 'mixed';
}

export interface Named {
  words: readonly string[];
  /** As the shop files it, e.g. "Mejeri>Ost"; empty where it does not. */
  category: string;
  percent: number | null;
}

const NONE: FoodFound = { food: null, match: 'none' };
const MIXED: FoodFound = { food: null, match: 'mixed' };
/** Whatever is filed here is no ingredient. */
const NEVER = ['Hus og hygiejne', 'Frost>Is', 'Brød og kager>Kager'];
/** Here only what the table files here, too. */
const STRICT = ['Køl>Færdigretter', 'Pålæg og salater'];
/** Of the letters of a name: how sure a word is that only ends with it. */
const HEAD_SHARE = 0.8;
/** Letters that an agreeing, or clashing, category is worth. */
const CATEGORY = { same: 4, sameTop: 2, other: -2 };
/** What follows "med", or in what it lies after "i", and adds nothing to the food. */
const PLAIN_ADDITIONS = new Set([
  'ben',
  'skind',
  'svær',
  'sten',
  'skal',
  'top',
  'salt',
  'kerner',
  'stilk',
  'fedtkant',
  'skureside',
  'vand',
  'olie',
  'rapsolie',
  'solsikkeolie',
  'olivenolie',
  'lage',
  'saltlage',
  'tern',
  'skiver',
  'stykker',
  'strimler',
  'ringe',
  'halve',
  'hele',
  'både',
  'potte',
  'bundt',
  'net',
  'pose',
  'bakke',
  'glas',
  'dåse',
]);
/** After these "i" is a number. */
const CLASS = ['kl', 'klasse'];

export function foodOf({ words: all, category, percent }: Named): FoodFound {
  const { named, added } = apart(all);
  const text = named.join(' ');
  if (NEVER.some((never) => category.startsWith(never)) || isNoFood(all)) return NONE;
  const candidates = foods()
    .flatMap((food) => candidateOf(food, named, all, category))
    .filter(({ food }) => fatFits(food.food, percent))
    .sort((one, other) => other.score - one.score);
  const best = candidates[0];
  const prepared = preparedAs(named, best?.words ?? []);
  if (prepared) return prepared;
  if (!best) return category === 'Køl>Færdigretter' ? MIXED : NONE;
  if (STRICT.includes(category) && best.food.category !== category) return category === STRICT[0] ? MIXED : NONE;
  if (category === 'Slik og snacks' && (best.kind !== 'exact' || best.isHead)) return NONE;
  if (clashes(category, best.food.category) || isOtherProduct(named, best.words)) return NONE;
  if (added.length > 0 && !best.covers(added)) return NONE;
  if (isPlantCopy(text, best.food)) return NONE;
  if (isFlavoured(best.food, candidates)) return NONE;
  return { food: best.food.food, match: best.kind };
}

/** What dishes are called after. */
const CALLED_AFTER = ['Kød og fisk', 'Frugt og grønt'];
/** A word that is shorter begins too many others. */
const LEAST_LETTERS = 4;

/** The foods that a word means when it names a dish: all whose name begins with it ("kylling"), or that are filed under it ("fisk"). Pure. */
export function foodsCalled(word: string): readonly string[] {
  const [token = '', ...more] = tokensOf(word);
  if (more.length > 0 || token.length < LEAST_LETTERS) return [];
  return foods()
    .filter(({ category, names }) => {
      const [top, kind = ''] = category.split('>');
      const isNamed = () => names.some(({ tokens }) => tokens.some((one) => one.startsWith(token)));
      return CALLED_AFTER.includes(top!) && (tokensOf(kind).includes(token) || isNamed());
    })
    .map(({ food }) => food);
}

export const isNoFood = (all: readonly string[]): boolean => isOfKind(all, 'not_food', 'baby');

interface Candidate {
  food: DanishFood;
  kind: 'exact' | 'stand_in';
  score: number;
  words: readonly string[];
  /** Only the end of a word names it. */
  isHead: boolean;
  covers: (added: readonly string[]) => boolean;
}

/** What stands before "med", "i" and "uden", and what stands after "med" and "i": what it is with, or lies in. */
function apart(all: readonly string[]): { named: string[]; added: string[] } {
  const named: string[] = [];
  const added: string[] = [];
  let into: string[] = named;
  for (const [at, word] of all.entries()) {
    // What is left out is one word.
    if (all[at - 1] === 'uden') into = named;
    else if (word === 'med' || (word === 'i' && !CLASS.includes(all[at - 1] ?? ''))) into = added;
    else if (into === added && PLAIN_ADDITIONS.has(word)) into = named;
    else if (word !== 'uden') into.push(word);
  }
  return { named, added };
}

function candidateOf(
  food: DanishFood,
  named: readonly string[],
  all: readonly string[],
  category: string,
): Candidate[] {
  let best: Pick<Candidate, 'score' | 'kind' | 'words' | 'isHead'> | null = null;
  for (const { tokens, kind } of food.names) {
    if (!tokens.every((token) => all.includes(token)) || !tokens.some((token) => named.includes(token))) continue;
    const score =
      tokens.reduce((sum, token) => sum + token.length, 0) + tokens.length - (kind === 'stand_in' ? 0.5 : 0);
    if (!best || score > best.score) best = { score, kind, words: tokens, isHead: false };
  }
  for (const head of food.heads) {
    const word = named.find((one) => one.length > head.length + 1 && one.endsWith(head));
    const score = head.length * HEAD_SHARE;
    if (word && head.length >= 4 && (!best || score > best.score) && mayEnd(food, word.slice(0, -head.length))) {
      best = { score, kind: 'stand_in', words: [word], isHead: true };
    }
  }
  if (!best || isExcluded(food, all, best.words)) return [];
  const { words: own, kind, score, isHead } = best;
  return [
    {
      food,
      kind,
      isHead,
      score: score + categoryScore(food.category, category),
      words: own,
      covers: (added) => added.every((word) => own.includes(word)),
    },
  ];
}

/** What may stand before the end of a compound so that it is still the food: no other animal, and before fruit and milk only what sorts them. */
function mayEnd({ category, names }: DanishFood, before: string): boolean {
  if (category.startsWith('Frugt og grønt>Frugt') || (category.startsWith('Mejeri') && category !== 'Mejeri>Ost'))
    return SORTS.has(before);
  const animal = animalOf(before);
  if (animal === null) return true;
  const own = names.flatMap(({ tokens }) => tokens).map(animalOf);
  return (
    own.includes(animal) ||
    (own.every((one) => one === null) && (animal === 'pork' || animal === 'beef') && category.startsWith('Kød'))
  );
}

const SORTS = new Set([
  'mad',
  'spise',
  'dessert',
  'mini',
  'snack',
  'blod',
  'mejeri',
  'jersey',
  'øko',
  'bord',
  'vin',
  'sommer',
  'vinter',
]);

function animalOf(word: string): string | null {
  const found = [...words().get('animal')!].filter(
    ([name]) => name.length > 3 && !name.endsWith('.') && word.startsWith(name),
  );
  return found.sort(([one], [other]) => other.length - one.length)[0]?.[1] ?? null;
}

/** Filed where the food is never filed: what is named is a flavour, or something made of it. */
function clashes(asked: string, of: string): boolean {
  const [top, ofTop] = [asked.split('>')[0]!, of.split('>')[0]!];
  if (top === 'Mejeri') return ofTop !== 'Mejeri' && ofTop !== 'Køl';
  if (top === 'Drikkevarer') return ofTop === 'Frugt og grønt' || ofTop === 'Kød og fisk';
  return asked === 'Kolonial>Pasta og ris' && ofTop !== 'Kolonial';
}

/** Something else made of it, or it in something else: a drink, a dip, breaded. */
const isOtherProduct = (named: readonly string[], own: readonly string[]): boolean =>
  named.some(
    (word) =>
      !own.includes(word) &&
      (/(?:drik|drikke|juice|nektar|sodavand|likør|dressing|dip|pesto|smoothie|shake|karrypasta)$/.test(word) ||
        /^paneret|^panerede/.test(word)),
  );

function isExcluded({ excluded }: DanishFood, all: readonly string[], own: readonly string[]): boolean {
  const ownText = ` ${own.join(' ')} `;
  return excluded.some((words_) => {
    const parts = words_.replace(/^m\//, 'med ').replace(/^u\//, 'uden ').replaceAll('/', ' ').split(/\s+/);
    if (parts.length > 1)
      return ` ${all.join(' ')} `.includes(` ${parts.join(' ')} `) && !ownText.includes(` ${parts.join(' ')} `);
    const [part] = parts as [string];
    return (
      all.some((word) => !own.includes(word) && (part.length <= 3 ? word === part : word.includes(part))) ||
      own.some((word) => word !== part && part.length > 3 && word.includes(part) && !isNamed(own, word))
    );
  });
}

/** A word that the table itself spells so is what it names. */
const isNamed = (own: readonly string[], word: string): boolean =>
  foods().some(({ names }) => names.some(({ tokens }) => tokens.includes(word) && tokens.length === own.length));

function categoryScore(of: string, asked: string): number {
  if (asked === '' || asked.startsWith('Frost')) return 0;
  if (of === asked) return CATEGORY.same;
  return of.split('>')[0] === asked.split('>')[0] ? CATEGORY.sameTop : CATEGORY.other;
}

/** A dish, a spread or a cake by one of its words, unless the food itself is named so. */
function preparedAs(named: readonly string[], own: readonly string[]): FoodFound | null {
  const is = (kind: WordKind) =>
    named.some((word) => !own.includes(word) && endsWithKind(word, kind)) ||
    named
      .join(' ')
      .split(' ')
      .some((_, at) =>
        words()
          .get(kind)!
          .has(named.slice(at, at + 2).join(' ')),
      );
  if (is('ready_meal')) return MIXED;
  return is('spread') || is('sweet') ? NONE : null;
}

function endsWithKind(word: string, kind: WordKind): boolean {
  for (const [of] of words().get(kind)!)
    if (word === of || (of.length >= 4 && word.endsWith(of) && word.length > of.length)) return true;
  return false;
}

const isOfKind = (all: readonly string[], ...kinds: WordKind[]): boolean =>
  kinds.some((kind) =>
    [...words().get(kind)!.keys()].some((word) =>
      word.includes(' ')
        ? ` ${all.join(' ')} `.includes(` ${word} `)
        : all.includes(word) || (word.length > 4 && all.some((one) => one.startsWith(word))),
    ),
  );

/** "Vegansk bacon": the animal word is a flavour. */
function isPlantCopy(text: string, { category }: DanishFood): boolean {
  const isAnimal = /^(Mejeri|Kød og fisk|Pålæg)/.test(category);
  return (
    isAnimal &&
    [...words().get('diet')!].some(
      ([word, value]) =>
        value === 'plant based' &&
        (` ${text} `.includes(` ${word} `) || (word === 'plante' && text.includes('plante'))),
    )
  );
}

/** Milk, yoghurt or cheese with a fruit beside it. */
function isFlavoured({ category }: DanishFood, candidates: readonly Candidate[]): boolean {
  return (
    category.startsWith('Mejeri') &&
    candidates.some(({ food }) => /^(Frugt og grønt>Frugt|Kød og fisk|Pålæg)/.test(food.category))
  );
}

/** Minced beef by its mean fat: below 15 % it is lean. */
function fatFits(food: string, percent: number | null): boolean {
  if (food === 'lean ground beef') return percent !== null && percent < 15;
  if (food === 'ground beef') return percent === null || percent >= 15;
  return true;
}
