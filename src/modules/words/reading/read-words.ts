import { dictionary } from '../../../common/dictionary.js';
import { calibrated, CURVES, type Curves } from './learned/calibration.js';
import { clausesOf, type Clause } from './clauses.js';
import { readClause, type ClauseReading } from './clause-reading.js';
import { decided } from './deciding-intent.js';
import { isKnownName } from './doubts.js';
import { looksDanish } from './lexis/language.js';
import { owned } from './ownership.js';
import { NO_CONTEXT, type Action, type Context, type Reading, type Role, type Span } from './reading.js';
import { settled } from './settling.js';
import { understood } from './lexis/spelling.js';
import { tokensOf, type Token } from './lexis/tokens.js';

export interface ReadOptions {
  /** BCP 47; where words could be of either language it tells, and what money is meant by "dollars". */
  locale?: string | null;
  context?: Context;
  /** How raw certainties are told; those that were measured, unless the measuring itself asks. */
  curves?: Curves | undefined;
}

/** Text beyond this is not read; callers refuse it before. */
export const MAX_WORDS_TEXT = 4000;

/**
 * What a text asks for: actions in order, each with its things and constraints, doubts where something has to be asked, and what every
 * character of it is. Pure and total: any text gives a reading, and nothing in a text is carried out here.
 */
export function readWords(
  text: string,
  { locale = null, context = NO_CONTEXT, curves = CURVES() }: ReadOptions = {},
): Reading {
  const tokens = withMarks(understood(tokensOf(text.slice(0, MAX_WORDS_TEXT))));
  const isDanish = looksDanish(tokens, locale);
  const roles: Role[] = [];
  const actions: Action[] = [];
  const foreign = forMachines(text);
  for (const clause of clausesOf(tokens, foreign)) {
    const part = tokens.slice(clause.from, clause.to);
    if (foreign.some(([start, end]) => part[0]!.start >= start && part[0]!.start < end)) {
      roles.push(...part.map((): Role => 'unread'));
      continue;
    }
    const read = readClause(text, part, looksDanish(part, isDanish ? 'da' : null), locale, curves);
    const found =
      isHeading(text, part, clause) || isTicked(part) ? [] : actionsOf(clause, read, actions, { context, curves });
    roles.push(...(found.length > 0 ? read.roles : read.roles.map(talked)));
    actions.push(...found);
  }
  return {
    language: isDanish ? 'da' : 'en',
    actions: settled(text, actions, context),
    words: owned(text, tokens, roles),
  };
}

/** Marks that were dictated, where none was written. */
function withMarks(tokens: Token[]): Token[] {
  if (!tokens.some(({ key }) => key === 'comma' || key === 'komma') || tokens.some(({ key }) => key === ','))
    return tokens;
  return tokens.map((token) =>
    DICTATED[token.key] === undefined ? token : { ...token, key: DICTATED[token.key]!, kind: 'mark' as const },
  );
}
const DICTATED = dictionary<string>({ comma: ',', komma: ',', period: '.', punktum: '.' });

/** Stretches that are written for machines, of which nothing is a wish: objects in braces, comments and elements of markup. */
const forMachines = (text: string): Span[] =>
  [...text.matchAll(MACHINES)].map((match) => [match.index, match.index + match[0].length]);
const MACHINES =
  /\{[^{}]{0,2000}"[^{}]{0,2000}\}|<!--[\s\S]{0,2000}?-->|<(script|style)\b[\s\S]{0,2000}?<\/\1>|<\/?[a-z][^<>]{0,200}>/gi;

/** What is only talk is owned as filler; what looked like a thing there was not taken for one. */
const talked = (role: Role): Role => (role === 'filler' || role === 'constraint' ? role : 'unread');

function actionsOf(
  clause: Clause,
  read: ClauseReading,
  before: readonly Action[],
  { context, curves }: { context: Context; curves: Curves },
): Action[] {
  const guess = decided(clause, read, before.at(-1) ?? null, context);
  if (guess === null) return [];
  const [first, last] = [read.tokens[0]!, read.tokens.at(-1)!];
  const action: Action = {
    intent: guess.intent,
    span: [first.start, last.end],
    confidence: guess.by === 'rule' ? guess.sure : calibrated(guess.sure, curves.intent),
    by: guess.by,
    lines: read.lines,
    constraints: read.constraints,
  };
  if (ASKING.has(guess.intent))
    return [{ ...action, lines: action.lines.filter(({ name, brand }) => isKnownName(name) || brand !== null) }];
  if (guess.intent !== 'constrain') return [action];
  const counted = read.lines.filter(({ quantity }) => quantity !== null);
  return [
    { ...action, lines: [] },
    ...(counted.length > 0 ? [{ ...action, intent: 'add' as const, lines: counted, constraints: {} }] : []),
  ];
}

/** "[x] pretzels": a line that is done. */
const isTicked = ([open, mark, close]: readonly Token[]): boolean =>
  open?.key === '[' && /^[xv✓✔]$/.test(mark?.key ?? '') && close?.key === ']';

/** Questions that are about things or about none: a stranger there is a word of the question. */
const ASKING = new Set([
  'show',
  'discounts_near',
  'status',
  'checkout',
  'plan_meals',
  'clear',
  'undo',
  'import',
  'affirm',
  'deny',
  'reorder',
]);

/** "PRODUCE" above the lines of a list that is written small. */
function isHeading(text: string, tokens: readonly Token[], clause: Clause): boolean {
  if (clause.after !== 'start' && clause.after !== 'line') return false;
  const words = tokens.filter(({ kind }) => kind === 'word');
  if (words.length === 0 || words.length > 3 || tokens.some(({ kind }) => kind === 'number')) return false;
  return (
    tokens.at(-1)!.kind === 'break' &&
    words.every((word) => word.text.length > 2 && word.text === word.text.toUpperCase()) &&
    /\p{Ll}{3}/u.test(text)
  );
}
