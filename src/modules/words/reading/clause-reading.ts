import { isKnownName } from './doubts.js';
import { constraintsOf, together, type Constraints, type FoundConstraint } from './constraints.js';
import { commanding } from './commands.js';
import { correcting, takesBack, withdrawn } from './corrections.js';
import { intentsOf, type Guess } from './learned/intents.js';
import { FLAVOURS } from './mending/marks.js';
import { mendedOfCart } from './mending/mending.js';
import { groupsOf, itemOf, type Group, type Part, type ReadItem } from './items.js';
import { partOf, type Label } from './learned/labels.js';
import { CUT_WORDS, goodsIn, indefinite, isFiller, JOINERS, saidUnit, SIZE_WORDS, stemOf } from './lexis/lexicon.js';
import { KINDS } from './lexis/spelling.js';
import { clauseSigns, signsOf, type ClauseSigns } from './learned/signs.js';
import { likelihood, type Sureness } from './learned/sureness.js';
import type { Doubt, Field, FieldName, Line, Role } from './reading.js';
import { tag, type Tagged } from './learned/tagger.js';
import { withUnread } from './unread.js';
import type { Token } from './lexis/tokens.js';

/** One clause, read: what it seems to ask for, of which things, under what constraints. */
export interface ClauseReading {
  guesses: Guess[];
  lines: Line[];
  /** The same, and what was made nothing of, to be asked about where things come into a cart. */
  asked: Line[];
  /** An amount without a name, where no thing is named. */
  nameless: Line | null;
  constraints: Constraints;
  /** What each token of the clause is. */
  roles: Role[];
  /** The words that are no part of a thing and no constraint. */
  cues: string;
  /** No word says what is to be done: the things alone are named. */
  isBare: boolean;
  /** Nothing but words for the sake of speaking. */
  isEmpty: boolean;
  tokens: readonly Token[];
}

const ROLES: Readonly<Record<Part, Role>> = { q: 'amount', u: 'unit', s: 'size', b: 'brand', n: 'item', p: 'note' };

export function readClause(
  text: string,
  tokens: readonly Token[],
  isDanish: boolean,
  locale: string | null,
  sureness: Sureness,
): ClauseReading {
  const taken = withdrawn(tokens, isDanish);
  const gone = taken.map((isGone, at) => isGone || tokens[at]!.isLayout === true);
  const kept = tokens.filter((_, at) => !gone[at]);
  const found = constraintsOf(kept, isDanish, locale).filter((one) => !isOfThing(one, kept));
  const outside = kept.map(() => false);
  for (const { places } of found) for (const at of places) outside[at] = true;
  for (const at of correcting(kept)) outside[at] = true;
  const verbs = commanding(kept);
  const unnamed = outside.map((isOut, at) => isOut || verbs.includes(at));
  const tagged = tag(kept, isDanish, unnamed);
  const guesses = intentsOf(tagged);
  const [likeliest] = guesses as [Guess, ...Guess[]];
  const isTalk = /^(none|out_of_scope)$/.test(likeliest.intent) && likeliest.sure > 0.4 && !isList(tagged);
  tagged.labels = mendedOfCart(tagged, unnamed, isTalk);
  const isSpoken = tagged.seen.tokens.some(
    ({ kind, key }, at) => partOf(tagged.labels[at]!) === 'O' && !outside[at] && kind === 'word' && !isFiller(key),
  );
  const talk = !isSpoken
    ? 0
    : guesses.reduce((sum, { intent, sure }) => sum + (/^(none|out_of_scope)$/.test(intent) ? sure : 0), 0);
  const signs = clauseSigns(tagged, unnamed, talk, taken.includes(true));
  const groups = corrected(kept, groupsOf(kept, tagged.labels), tagged.labels);
  const asLine = (group: Group): Line => lineOf(text, kept, group, tagged, isDanish, signs, sureness);
  const lines = groups.filter((group) => isNamed(kept, group)).map(asLine);
  const named = each(kept, extended(tokens, taken, lines));
  const alone = groups.filter((group) => !isNamed(kept, group) && group.at.q.length > 0);
  const roles = rolesOf(kept, tagged, found);
  const spoken = kept.filter((_, at) => partOf(tagged.labels[at]!) === 'O' && !outside[at]);
  const cues = spoken.filter(({ kind, key }) => kind === 'word' && !isFiller(key) && !JOINERS.has(key));
  return {
    guesses,
    lines: named,
    asked: withUnread(text, { seen: tagged.seen, labels: tagged.labels, outside: unnamed, lines: named }),
    nameless: lines.length === 0 && alone.length === 1 ? asLine(alone[0]!) : null,
    constraints: together(found.map(({ constraints }) => constraints)),
    roles: allRoles(tokens, gone, roles),
    cues: spoken.map(({ key }) => key).join(' '),
    isBare: cues.length === 0,
    isEmpty:
      cues.length === 0 &&
      lines.length === 0 &&
      found.length === 0 &&
      kept.every(({ kind, key }) => kind !== 'word' || isFiller(key)),
    tokens,
  };
}

/** "Milk and eggs": listed goods, and nothing else but what counts and parts them. */
const isList = ({ seen: { tokens, goods } }: Tagged): boolean =>
  tokens.some((_, at) => goods[at] !== 'O') &&
  tokens.every(
    ({ kind, key }, at) =>
      goods[at] !== 'O' || kind !== 'word' || isFiller(key) || JOINERS.has(key) || saidUnit(key) !== null,
  );

/** "Nut free cupcakes": a claim right before a name is part of that thing, and holds for no other. */
function isOfThing({ constraints, places }: FoundConstraint, tokens: readonly Token[]): boolean {
  if (constraints.diet === undefined && constraints.allergen === undefined) return false;
  const next = tokens[places.at(-1)! + 1];
  const lead = tokens[places[0]!]!.key;
  return (
    next !== undefined &&
    next.kind === 'word' &&
    !isFiller(next.key) &&
    !/^(no|without|with|free|allergic|allergisk|uden|ingen|avoid)$/.test(lead) &&
    !/^(and|so|but|please|from|only|og|så)$/.test(next.key) &&
    !MEALS.test(next.key)
  );
}

/** Nothing of these is bought: what is said of them is said of all. */
const MEALS =
  /^(dinners?|lunch(es)?|breakfasts?|meals?|menus?|plan|diet|food|household|family|week|middag(e)?|aftensmad|frokost(er)?|madplan|mad|uge)$/;

/** Groups after what the speaker took back: an amount alone, or another thing in the place of the one before. */
function corrected(tokens: readonly Token[], groups: readonly Group[], labels: readonly Label[]): Group[] {
  const kept: Group[] = [];
  let gone = -1;
  for (const group of groups) {
    const before = kept.at(-1);
    const between = before ? tokens.slice(Math.max(before.last, gone) + 1, group.first) : [];
    const hasName = isNamed(tokens, group);
    if (before && !hasName && group.at.q.length > 0) {
      if (isOfThose(tokens, group)) {
        kept[kept.length - 1] = withAmount(packed(before), group);
        continue;
      }
      if (
        !before.at.q.some((place) => tokens[place]!.kind !== 'mark') ||
        between.some(({ key }) => DOUBTING.test(key)) ||
        takesBack(between)
      ) {
        kept[kept.length - 1] = withAmount(before, group);
        continue;
      }
    }
    const isSizeAlone = !hasName && group.at.q.length === 0 && group.at.s.length > 1;
    if (before && isSizeAlone && before.at.q.length + before.at.u.length + before.at.s.length === 0) {
      kept[kept.length - 1] = { ...before, last: group.last, at: { ...before.at, s: group.at.s } };
      continue;
    }
    if (before && hasName && isOnlyKind(tokens, group) && tokens[group.first - 1]?.kind === 'mark') {
      kept[kept.length - 1] = withKind(tokens, before, group);
      continue;
    }
    // "Cheese for pizza, two cups": what goods are for is none of them.
    // "Mirka – napkins": who it is for.
    if (before && hasName && isLabel(tokens, before, between)) kept.pop();
    if (before && hasName && isWhatFor(tokens, between, group)) {
      const isCounted = before.at.q.some((place) => tokens[place]!.kind !== 'mark') || before.at.u.length > 0;
      const counted = isCounted || group.at.q.length === 0 ? before : withAmount(before, group);
      kept[kept.length - 1] = {
        ...counted,
        last: group.last,
        at: { ...counted.at, p: [...before.at.p, ...group.at.n] },
      };
      continue;
    }
    // "Sugar, no wait, we have sugar": not wanted at all.
    const isHad = between.some(({ key }) => /^(have|got|has|har)$/.test(key)) && isSameNamed(tokens, before!, group);
    if (before && hasName && isHad && between.some(({ key }) => DOUBTING.test(key))) {
      kept.pop();
      gone = group.last;
      continue;
    }
    if (before && hasName && isFlavourOf(tokens, before, group)) {
      kept[kept.length - 1] = withKind(tokens, before, group);
      continue;
    }
    if (before && hasName && takesBack(between, group.at.q.length > 0)) {
      const amount = group.at.q.length > 0 ? group : before;
      kept[kept.length - 1] = {
        first: before.first,
        last: group.last,
        at: { ...group.at, q: amount.at.q, u: amount.at.u, s: group.at.s.length > 0 ? group.at.s : before.at.s },
      };
      continue;
    }
    kept.push(group);
  }
  return kept.filter((group) => labels.length > 0 && group.first <= group.last);
}

function isLabel(tokens: readonly Token[], { at, first }: Group, between: readonly Token[]): boolean {
  const [name, other] = [...new Set([...at.n, ...at.b])].map((place) => tokens[place]!.text);
  return (
    first === 0 &&
    at.q.length + at.u.length + at.s.length === 0 &&
    name !== undefined &&
    other === undefined &&
    /^\p{Lu}/u.test(name) &&
    /^[-–—:]$/.test(between.map(({ key }) => key).join('')) &&
    !isKnownName(name)
  );
}
function isWhatFor(tokens: readonly Token[], between: readonly Token[], { at }: Group): boolean {
  const isCountedAhead = [...at.q, ...at.u].some((place) => place < at.n[0]!);
  return (
    !isCountedAhead &&
    /^(for|til)( the| a| my| our)?$/.test(between.map(({ key }) => key).join(' ')) &&
    !tokens.some(({ key }) =>
      /^(swap|replace|exchange|switch|substitute|trade|change|use|byt|udskift|skift|erstat|bytte)$/.test(key),
    )
  );
}

const DOUBTING = /^(hmm|no|wait|sorry|actually|rather|make|nej|vent)$/;
/** What was measured before is the size of each, once it is said how many. */
const packed = (group: Group): Group => ({
  ...group,
  at: { ...group.at, s: [...group.at.q, ...group.at.u, ...group.at.s], q: [], u: [] },
});
/** "Ginger ale 2 liters, 4 of those": how many of what was just named. */
function isOfThose(tokens: readonly Token[], { last }: Group): boolean {
  const isThose = (at: number): boolean => /^(those|these|them|that|em|dem)$/.test(tokens[at]?.key ?? '');
  if (isThose(last)) return true;
  const of = tokens[last]!.key === 'of' ? 0 : 1;
  return (of === 0 || tokens[last + 1]?.key === 'of') && isThose(last + 1 + of);
}
/** "Cashews — raw, about a pound": which kind of what was just named, and how much. */
const isOnlyKind = (tokens: readonly Token[], { at }: Group): boolean =>
  at.b.length === 0 && at.n.every((place) => isKind(tokens[place]!.key));
const isKind = (key: string): boolean =>
  COLOURS.test(key) ||
  ((KINDS.has(key) || SIZE_WORDS.has(key) || CUT_WORDS.has(key)) && goodsIn(false).at([stemOf(key)], 0) === undefined);
const COLOURS = /^(dark|light|red|green|white|yellow|black|brown|blue|mild|hot|medium)$/;
function withKind(tokens: readonly Token[], group: Group, kind: Group): Group {
  const isCounted = group.at.q.some((at) => tokens[at]!.kind !== 'mark') || group.at.u.length > 0;
  const whole = isCounted || kind.at.q.length === 0 ? group : withAmount(group, kind);
  return { ...whole, last: kind.last, at: { ...whole.at, p: [...group.at.p, ...kind.at.n, ...kind.at.p] } };
}

const nameOf = (tokens: readonly Token[], { at }: Group): string =>
  at.n.map((place) => stemOf(tokens[place]!.key)).join(' ');
const isSameNamed = (tokens: readonly Token[], one: Group, other: Group): boolean =>
  nameOf(tokens, one) === nameOf(tokens, other);
/** "10 yogurts, strawberry": a single fruit behind what comes in flavours. */
function isFlavourOf(tokens: readonly Token[], before: Group, { at, first }: Group): boolean {
  const isAlone = at.n.length === 1 && at.q.length + at.u.length + at.b.length === 0;
  return (
    isAlone &&
    !/^(too|also|as|også)$/.test(tokens[at.n[0]! + 1]?.key ?? '') &&
    FLAVOURS.test(tokens[at.n[0]!]!.key) &&
    tokens[first - 1]?.kind === 'mark' &&
    FLAVOURED.test(nameOf(tokens, before))
  );
}
const FLAVOURED =
  /(^|\b)(yogh?urt|skyr|ice cream|creamer|jello|gelatin|pudding|seltzer|sparkling water|sorbet|sherbet|popsicle|gum|frosting|shake|smoothie|squash|gatorade|saft|sodavand)$/;

const withAmount = (group: Group, amount: Group): Group => ({
  first: group.first,
  last: amount.last,
  at: {
    ...group.at,
    q: amount.at.q,
    u: amount.at.u.length > 0 ? amount.at.u : group.at.u,
    s: [...group.at.s, ...amount.at.s],
  },
});

function lineOf(
  text: string,
  tokens: readonly Token[],
  group: Group,
  tagged: Tagged,
  isDanish: boolean,
  clause: ClauseSigns,
  sureness: Sureness,
): Line {
  const read = itemOf(text, tokens, group, isDanish);
  const signs = signsOf(group, read, tagged, isDanish, clause);
  const sure = {
    name: likelihood(signs.name, sureness.name),
    amount: likelihood(signs.amount, sureness.amount),
    signs,
  };
  const name = read.name === '' ? (read.brand ?? '') : read.name;
  return {
    name: isDanish ? withoutArticle(name) : name,
    quantity: read.quantity,
    quantityMax: read.quantityMax,
    unit: read.unit,
    size: read.size,
    brand: read.brand,
    notes: read.notes,
    role: null,
    span: [tokens[group.first]!.start, tokens[group.last]!.end],
    fields: fieldsOf(tokens, group, read, sure),
    doubts: isTwice(tokens, group) ? [TWO_AMOUNTS] : [],
    sure,
  };
}

/** "Apples 6 maybe 8": two numbers that make no one amount. */
function isTwice(tokens: readonly Token[], { at: { q } }: Group): boolean {
  const numbers = q.filter((place) => tokens[place]!.kind === 'number' && (tokens[place]!.value ?? 0) >= 1);
  const [first, second] = numbers;
  if (first === undefined || second === undefined) return false;
  const between = tokens.slice(first + 1, second).map(({ key }) => key);
  return between.every((key) => !/^(-|–|—|to|or|til|eller|through|x|×|and|og|point|plus|\/)$/.test(key));
}
const TWO_AMOUNTS: Doubt = { kind: 'how_much', why: 'two amounts were said', choices: [] };

const isNamed = (tokens: readonly Token[], { at }: Group): boolean =>
  (at.u.some((place) => saidUnit(tokens[place]!.key) !== null) &&
    at.n.some((place) => ALSO_GOODS.test(tokens[place]!.key))) ||
  ([...at.n, ...at.b].some((place) => isNaming(tokens[place]!)) &&
    (at.b.length > 0 || !at.n.every((place) => isNoName(tokens[place]!))));
const isNaming = ({ key }: Token): boolean => /\p{L}/u.test(key) || key.includes('%') || /^\d{2}\/\d{1,2}$/.test(key);
/** Units that are goods behind another unit: "a rack of ribs". */
const ALSO_GOODS = /^(ribs|rolls|leaves|sticks|bars|fillets|drops)$/;
/** Words that say how much or where, and name nothing by themselves. */
const isNoName = ({ key }: Token): boolean =>
  isFiller(key) ||
  JOINERS.has(key) ||
  (saidUnit(key) !== null && !/^rashers?$/.test(key)) ||
  /^(they|them|these|those|it|he|she|everything|anything|something|same|day|days|week|weeks|under|over|per|about|around|with|without|by|from|one|ones|kind|else)$/.test(
    key,
  );

const withoutArticle = (name: string): string => (name.includes(' ') ? name : indefinite(name));

const FIELD_PARTS: readonly (readonly [FieldName, Part])[] = [
  ['name', 'n'],
  ['quantity', 'q'],
  ['unit', 'u'],
  ['size', 's'],
  ['brand', 'b'],
  ['notes', 'p'],
];

/** Fields with where their words stand. What is said of a thing beside its amount is as sure as its name. */
function fieldsOf(
  tokens: readonly Token[],
  group: Group,
  read: ReadItem,
  sure: { name: number; amount: number },
): Line['fields'] {
  const fields: Line['fields'] = {};
  for (const [field, part] of FIELD_PARTS) {
    const places = group.at[part].length > 0 ? group.at[part] : field === 'name' ? group.at.b : [];
    if (places.length === 0 || (field !== 'name' && read[field] === null)) continue;
    fields[field] = {
      span: [tokens[places[0]!]!.start, tokens[places.at(-1)!]!.end],
      confidence: /^[qus]$/.test(part) ? sure.amount : sure.name,
      by: 'tagger',
    } satisfies Field;
  }
  return fields;
}

function rolesOf(tokens: readonly Token[], { labels }: Tagged, found: readonly FoundConstraint[]): Role[] {
  const roles = tokens.map((token, at): Role => {
    const part = partOf(labels[at]!);
    if (part === 'O' || part === 'J') return token.kind !== 'word' || isFiller(token.key) ? 'filler' : 'action';
    return ROLES[part];
  });
  for (const { places } of found)
    for (const at of places) if (roles[at] === 'action' || roles[at] === 'filler') roles[at] = 'constraint';
  return roles;
}

function allRoles(tokens: readonly Token[], gone: readonly boolean[], roles: readonly Role[]): Role[] {
  let next = 0;
  return tokens.map((_, at) => (gone[at] ? 'filler' : roles[next++]!));
}

/** "1 lb each of beef and pork", "beef and pork, 1 lb each": the amount of the first, or of the last, is that of all. */
function each(tokens: readonly Token[], lines: readonly Line[]): Line[] {
  const isAhead = tokens.some(({ key }, at) => key === 'each' && tokens[at + 1]?.key === 'of');
  const isBehind =
    !isAhead && /\b(each|apiece|of each|af hver|hver|stk af hver)\W*$/.test(tokens.map(({ key }) => key).join(' '));
  const one = isAhead ? lines[0] : isBehind ? lines.at(-1) : undefined;
  const measure = isBehind && one ? /^(\d+(?:\.\d+)?) (\p{L}+)$/u.exec(one.size ?? '') : null;
  if (one && measure && lines.every((line) => line === one || line.quantity === null))
    return lines.map((line) => ({ ...line, quantity: Number(measure[1]), unit: measure[2]!, size: null }));
  if (!one || one.quantity === null || lines.some((line) => line !== one && line.quantity !== null)) return [...lines];
  const { quantity, quantityMax } = one;
  const unit = one.unit === 'each' ? null : one.unit;
  return lines.map((line) => ({ ...line, quantity, quantityMax, unit }));
}

/** What was withdrawn right before a thing is part of its words. */
function extended(tokens: readonly Token[], gone: readonly boolean[], lines: readonly Line[]): Line[] {
  return lines.map((line) => {
    const first = tokens.findIndex(({ start }) => start === line.span[0]);
    let from = first;
    while (from > 0 && gone[from - 1]) from--;
    return from === first ? line : { ...line, span: [tokens[from]!.start, line.span[1]] };
  });
}
