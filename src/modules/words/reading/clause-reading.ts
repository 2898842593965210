import { calibrated, type Curve, type Curves } from './learned/calibration.js';
import { constraintsOf, together, type Constraints, type FoundConstraint } from './constraints.js';
import { correcting, takesBack, withdrawn } from './corrections.js';
import { intentsOf, type Guess } from './learned/intents.js';
import { mended } from './mending.js';
import { groupsOf, itemOf, type Group, type Part, type ReadItem } from './items.js';
import { partOf, type Label } from './learned/labels.js';
import { isKnownName } from './doubts.js';
import { indefinite, isFiller, JOINERS } from './lexis/lexicon.js';
import type { Field, FieldName, Line, Role } from './reading.js';
import { tag, type Tagged } from './learned/tagger.js';
import type { Token } from './lexis/tokens.js';

/** One clause, read: what it seems to ask for, of which things, under what constraints. */
export interface ClauseReading {
  guesses: Guess[];
  lines: Line[];
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
  curves: Curves,
): ClauseReading {
  const gone = withdrawn(tokens, isDanish);
  const kept = tokens.filter((_, at) => !gone[at]);
  const found = constraintsOf(kept, isDanish, locale).filter((one) => !isOfThing(one, kept));
  const outside = kept.map(() => false);
  for (const { places } of found) for (const at of places) outside[at] = true;
  for (const at of correcting(kept)) outside[at] = true;
  const tagged = tag(kept, isDanish, outside);
  const guesses = intentsOf(tagged);
  tagged.labels = mended(tagged, outside, guesses[0]!.intent === 'none' || guesses[0]!.intent === 'out_of_scope');
  const groups = corrected(kept, groupsOf(kept, tagged.labels), tagged.labels);
  const lines = groups
    .filter(({ at }) =>
      [...at.n, ...at.b].some((place) => /\p{L}/u.test(kept[place]!.text) || kept[place]!.key.includes('%')),
    )
    .map((group) => lineOf(text, kept, group, tagged, isDanish, curves));
  const roles = rolesOf(kept, tagged, found);
  const spoken = kept.filter((_, at) => partOf(tagged.labels[at]!) === 'O' && !outside[at]);
  const cues = spoken.filter(({ kind, key }) => kind === 'word' && !isFiller(key));
  return {
    guesses,
    lines: extended(tokens, gone, lines),
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
    !/^(and|so|but|please|from|only|og|så)$/.test(next.key)
  );
}

/** Groups after what the speaker took back: an amount alone, or another thing in the place of the one before. */
function corrected(tokens: readonly Token[], groups: readonly Group[], labels: readonly Label[]): Group[] {
  const kept: Group[] = [];
  for (const group of groups) {
    const before = kept.at(-1);
    const between = before ? tokens.slice(before.last + 1, group.first) : [];
    const isNamed = group.at.n.length + group.at.b.length > 0;
    if (before && !isNamed && group.at.q.length > 0) {
      const hasAmount = before.at.q.length > 0;
      if (!hasAmount || takesBack(between)) {
        kept[kept.length - 1] = withAmount(before, group);
        continue;
      }
    }
    if (before && isNamed && takesBack(between)) {
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
  curves: Curves,
): Line {
  const read = itemOf(text, tokens, group, isDanish);
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
    fields: fieldsOf(
      tokens,
      group,
      read,
      tagged,
      curves[isKnownName(name) || read.brand !== null ? 'known' : 'stranger'],
    ),
    doubts: [],
  };
}

const withoutArticle = (name: string): string => (name.includes(' ') ? name : indefinite(name));

const FIELD_PARTS: readonly (readonly [FieldName, Part])[] = [
  ['name', 'n'],
  ['quantity', 'q'],
  ['unit', 'u'],
  ['size', 's'],
  ['brand', 'b'],
  ['notes', 'p'],
];

function fieldsOf(
  tokens: readonly Token[],
  group: Group,
  read: ReadItem,
  tagged: Tagged,
  curve: Curve,
): Line['fields'] {
  const fields: Line['fields'] = {};
  const edge = edgeOf(group, tagged);
  for (const [field, part] of FIELD_PARTS) {
    const places = group.at[part].length > 0 ? group.at[part] : field === 'name' ? group.at.b : [];
    if (places.length === 0 || (field !== 'name' && read[field] === null)) continue;
    const raw = Math.min(...places.map((at) => tagged.sure[at]!), field === 'name' ? edge : 1);
    fields[field] = {
      span: [tokens[places[0]!]!.start, tokens[places.at(-1)!]!.end],
      confidence: calibrated(raw, curve),
      by: 'tagger',
    } satisfies Field;
  }
  return fields;
}

/** How sure it is that a thing ends where it ends: that the words beside it are no part of it. Marks and words between things part them anyhow. */
function edgeOf(group: Group, { sure, seen }: Tagged): number {
  const side = (at: number): number => {
    const token = seen.tokens[at];
    return token === undefined || token.kind !== 'word' || isFiller(token.key) || JOINERS.has(token.key)
      ? 1
      : sure[at]!;
  };
  return Math.min(side(group.first - 1), side(group.last + 1));
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

/** What was withdrawn right before a thing is part of its words. */
function extended(tokens: readonly Token[], gone: readonly boolean[], lines: readonly Line[]): Line[] {
  return lines.map((line) => {
    const first = tokens.findIndex(({ start }) => start === line.span[0]);
    let from = first;
    while (from > 0 && gone[from - 1]) from--;
    return from === first ? line : { ...line, span: [tokens[from]!.start, line.span[1]] };
  });
}
