import { dictionary } from '../../../common/dictionary.js';
import { intentSigns, likelihood, SURENESS, type Sureness } from './learned/sureness.js';
import { clausesOf, type Clause } from './clauses.js';
import { readClause, type ClauseReading } from './clause-reading.js';
import { decided, isOwned, wantsAmount } from './deciding-intent.js';
import { heldIn, inCart, isKnownName, isListedWhole } from './doubts.js';
import { lookedBack, withoutStock } from './across/looking-back.js';
import { laidOut } from './layout.js';
import { looksDanish, namesDanish } from './lexis/language.js';
import { together, type Constraints } from './constraints.js';
import { owned } from './ownership.js';
import type { Intent } from './intent-names.js';
import { NO_CONTEXT, type Action, type Context, type Line, type Reading, type Role, type Span } from './reading.js';
import { checkedByCues } from './cue-reading.js';
import { settled } from './settling.js';
import { LOOSE, NOT_UNDERSTOOD, unreadDoubt, unreadLine } from './unread.js';
import { understood } from './lexis/spelling.js';
import { tokensOf, type Token } from './lexis/tokens.js';

export interface ReadOptions {
  /** BCP 47; where words could be of either language it tells, and what money is meant by "dollars". */
  locale?: string | null;
  context?: Context;
  /** How signs become certainties; as was measured, unless the measuring itself asks. */
  sureness?: Sureness | undefined;
}

/** Text beyond this is not read; callers refuse it before. */
export const MAX_WORDS_TEXT = 4000;

/**
 * What a text asks for: actions in order, each with its things and constraints, doubts where something has to be asked, and what every
 * character of it is. Pure and total: any text gives a reading, and nothing in a text is carried out here.
 */
export function readWords(
  text: string,
  { locale = null, context = NO_CONTEXT, sureness = SURENESS() }: ReadOptions = {},
): Reading {
  const tokens = laidOut(withMarks(understood(tokensOf(text.slice(0, MAX_WORDS_TEXT)))));
  const isDanish = looksDanish(tokens, locale);
  const roles: Role[] = [];
  const actions: Action[] = [];
  const foreign = forMachines(text);
  const isMarked = marksChanges(text);
  const lost: Line[] = [];
  let hasThings = false;
  let over: Constraints = {};
  for (const clause of clausesOf(tokens, foreign)) {
    const part = tokens.slice(clause.from, clause.to);
    if (foreign.some(([start, end]) => part[0]!.start >= start && part[0]!.start < end)) {
      roles.push(...part.map((): Role => 'unread'));
      continue;
    }
    const read = readClause(text, part, speaksDanish(part, isDanish, locale), locale, sureness);
    hasThings ||= read.lines.length > 0;
    if (clause.isHeading) over = together([over, read.constraints]);
    const isSkipped = clause.isHeading || isHeading(text, part, clause) || isTicked(part);
    const amended = isSkipped ? null : lookedBack(actions, clause, read);
    if (amended) {
      actions[actions.length - 1] = amended;
      roles.push(...read.roles);
      continue;
    }
    const found = isSkipped ? [] : actionsOf(marked(clause, part, isMarked), read, actions, { context, sureness });
    roles.push(...(found.length > 0 ? read.roles : read.roles.map(talked)));
    actions.push(...found);
    if (found.length === 0 && read.nameless && !isSkipped) doubtLast(actions);
    if (found.length === 0 && !isTicked(part) && !isOwned(read)) lost.push(...linesLost(text, read));
    if (found.length === 0 && clause.after === 'joiner' && !isOwned(read)) actions.push(...goingOn(actions, read));
  }
  if (actions.length === 0 && lost.length === 0 && wantsAnswer(text.replace(MACHINES, ' '), context))
    lost.push(unreadLine(text.trim(), [0, text.length]));
  if (actions.length === 0 && lost.length > 0) actions.push(...asked(lost));
  const isSpoken = /\p{L}{2}/u.test(text.replace(MACHINES, ' ')) && !hasThings;
  if (actions.length === 0 && isSpoken) actions.push(...forNothing(text));
  // What a heading demands holds for what stands under it.
  const first = actions.findIndex(({ lines }) => lines.length > 0);
  if (first >= 0) actions[first] = { ...actions[first]!, constraints: together([over, actions[first]!.constraints]) };
  else if (Object.keys(over).length > 0) actions.push(...standing(over, text));
  return {
    language: isDanish ? 'da' : 'en',
    actions: checkedByCues(text, settled(text, actions, context)),
    words: owned(text, tokens, roles),
  };
}

/** "Paper towels. Quantity: 6": an amount in a sentence of its own, which may be of the thing before it. */
function doubtLast(actions: readonly Action[]): void {
  const lines = actions.at(-1)?.intent === 'add' ? actions.at(-1)!.lines : [];
  const last = lines.at(-1);
  if (last && last.doubts.length === 0) lines[lines.length - 1] = { ...last, doubts: [LOOSE] };
}

/** "Kale and, what was it, oh, tofu": goods in a list that goes on behind talk are asked about. */
function goingOn(actions: readonly Action[], { lines }: ClauseReading): Action[] {
  const known = lines.filter(({ name }) => isKnownName(name));
  return actions.at(-1)?.intent === 'add' && known.length > 0 ? asked(known) : [];
}

/** Whether a text of which nothing was understood wants something: it asks, or it speaks of the cart, and is no courtesy. */
const wantsAnswer = (text: string, { cart }: Context): boolean =>
  /[\p{L}\p{N}]/u.test(text) &&
  (text.includes('?') ||
    /\b(price|prices|cost|costs|how much|cheapest|koster|prisen?)\b/i.test(text) ||
    heldIn(text, cart).length > 0 ||
    (cart.length > 0 && /\d/.test(text))) &&
  !/^\W*(thanks|thank you|cheers|hello|hi|hey|tak|hej|ok|okay)\b/i.test(text);

/** The things of a clause that nothing came of; its words where they speak of goods and none was read. */
function linesLost(text: string, { lines, tokens }: ClauseReading): Line[] {
  const [first, last] = [tokens[0]!, tokens.at(-1)!];
  const words = text.slice(first.start, last.end).trim();
  return lines.length > 0 || !isKnownName(words) ? [...lines] : [unreadLine(words, [first.start, last.end])];
}

/** Things of a text that asks for nothing that was understood: what is to be done with them is asked. */
const asked = (lines: readonly Line[]): Action[] => [
  {
    intent: 'add',
    span: [lines[0]!.span[0], lines.at(-1)!.span[1]],
    confidence: 0.9,
    by: 'rule',
    lines: lines.map((line) => ({ ...line, doubts: [unreadDoubt(NOT_UNDERSTOOD)] })),
    constraints: {},
  },
];

/** Of which nothing came: it asks for nothing a shop has. */
const forNothing = (text: string): Action[] => [
  { intent: 'out_of_scope', span: [0, text.length], confidence: 0.6, by: 'rule', lines: [], constraints: {} },
];

/** Demands of a heading over nothing. */
const standing = (constraints: Constraints, text: string): Action[] => [
  { intent: 'constrain', span: [0, text.length], confidence: 0.9, by: 'rule', lines: [], constraints },
];

/** Of a Danish speaker the names of goods tell, too: "please get leverpostej and en remoulade". */
function speaksDanish(part: readonly Token[], isDanish: boolean, locale: string | null): boolean {
  if (looksDanish(part, isDanish ? 'da' : null)) return true;
  return (locale ?? '').toLowerCase().startsWith('da') && !part.some(({ key }) => key === 'to') && namesDanish(part);
}

/** "+ hummus", "- cottage cheese": lines of what changes, where both marks are used. */
const marksChanges = (text: string): boolean => /^\s*\+/m.test(text) && /^\s*[-–−]\s*\p{L}/mu.test(text);
function marked(clause: Clause, [first]: readonly Token[], isMarked: boolean): Clause {
  if (!isMarked || clause.after === 'joiner') return clause;
  if (/^[-–−]$/.test(first!.key)) return { ...clause, asks: 'remove' };
  if (first!.key === '?') return { ...clause, asks: 'price_check' };
  return first!.key === '+' ? { ...clause, asks: 'add' } : clause;
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
  /\{[^{}]{0,2000}"[^{}]{0,2000}\}|<!--[\s\S]{0,2000}?-->|<(script|style)\b[\s\S]{0,2000}?<\/\1>|<\/?[a-z][^<>]{0,200}>|\bhttps?:\/\/\S{1,500}|\b(?:[a-z0-9-]{1,60}\.){1,4}(?:com|org|net|dk|co|io|uk|de|app)\b(?:\/\S{0,300})?/gi;

/** What is only talk is owned as filler; what looked like a thing there was not taken for one. */
const talked = (role: Role): Role => (role === 'filler' || role === 'constraint' ? role : 'unread');

function actionsOf(
  clause: Clause,
  read: ClauseReading,
  before: readonly Action[],
  { context, sureness }: { context: Context; sureness: Sureness },
): Action[] {
  const again = repeated(read, before.at(-1) ?? null);
  if (again) return actionsOf(clause, again, before, { context, sureness });
  const guess = decided(clause, read, before.at(-1) ?? null, context);
  if (guess === null) return [];
  const [first, last] = [read.tokens[0]!, read.tokens.at(-1)!];
  const intent = isOfNothing(guess.intent, read, before, context) ? 'add' : guess.intent;
  const action: Action = {
    intent,
    span: [first.start, last.end],
    confidence: guess.by === 'rule' ? guess.sure : likelihood(intentSigns(guess.sure), sureness.intent),
    by: guess.by,
    lines: read.lines,
    constraints: read.constraints,
  };
  if (guess.intent === 'from_recipe') return withLeftOut({ ...action, lines: dishes(read, action.lines) }, read);
  if (guess.intent === 'reorder') return repeatedOrder(action, read);
  if (guess.intent === 'plan_meals') return [{ ...action, lines: [] }];
  if (OF_EACH.has(guess.intent)) action.lines = action.lines.flatMap(eachOf);
  if (ASKING.has(guess.intent))
    return [{ ...action, lines: action.lines.filter(({ name, brand }) => isKnownName(name) || brand !== null) }];
  if (intent === 'add')
    return apart({ ...action, lines: withoutStock(conditional(read.asked, read), read.tokens) }, read);
  if (guess.intent === 'remove') return [{ ...action, lines: aimed(action.lines, context) }];
  if (guess.intent !== 'constrain') return [action];
  const counted = read.lines.filter(({ quantity }) => quantity !== null);
  return [
    { ...action, lines: [] },
    ...(counted.length > 0 ? [{ ...action, intent: 'add' as const, lines: counted, constraints: {} }] : []),
  ];
}

/** "Dog food, the 30 pound bag" is no change of an amount where there is no cart and nothing was named before. */
const isOfNothing = (
  intent: Intent,
  { lines }: ClauseReading,
  before: readonly Action[],
  { cart, question }: Context,
): boolean =>
  intent === 'set_quantity' &&
  cart.length === 0 &&
  question === null &&
  lines.length > 0 &&
  before.every((one) => one.lines.length === 0 && one.intent !== 'reorder');

/** "Lose the ranch, nobody eats it": beside what may be taken out, words that name nothing are talk. */
function aimed(lines: readonly Line[], { cart }: Context): Line[] {
  const known = lines.filter(({ name, brand }) => brand !== null || isKnownName(name) || inCart(name, cart).length > 0);
  // "Take off the sausages, gran's turned veggie": beside what the cart holds, words of which only some name goods.
  const there = lines.filter(({ name }) => inCart(name, cart).length > 0);
  const plain = known.filter((line) => there.includes(line) || line.brand !== null || isListedWhole(line.name));
  return there.length > 0 ? plain : known.length > 0 ? known : [...lines];
}

/** "How much are eggs and bacon", "what's cheaper, butter or margarine": a question about several things, of which none is listed as one. */
function eachOf(line: Line): Line[] {
  const names = line.name.split(/ (?:and|or|og|eller|&) /i);
  const isOne = names.length < 2 || isListedWhole(line.name) || !names.every((name) => isKnownName(name));
  return isOne ? [line] : names.map((name) => ({ ...line, name }));
}
const OF_EACH = new Set<Intent>(['price_check', 'price_history', 'search', 'discounts_near']);

/** "If so put two bottles in": what hangs on an answer is asked about. */
function conditional(lines: readonly Line[], { tokens }: ClauseReading): Line[] {
  const said = tokens.map(({ key }) => key).join(' ');
  if (
    !/^(and |so |then |, )*(if (so|it is|it's|they are|they're|not|yes|that's|it)|in that case|otherwise|hvis (ja|den|det|de)|ellers)\b/.test(
      said,
    )
  )
    return [...lines];
  const doubt = { kind: 'confirm' as const, why: 'it hangs on something that nobody knows here', choices: [] };
  return lines.map((line) => (line.doubts.length > 0 ? line : { ...line, doubts: [doubt] }));
}

const leftOut =
  (tokens: ClauseReading['tokens']) =>
  ({ span }: Line): boolean =>
    /\b(without|no|not|except|minus|skip|leave out|leave off|drop|uden|undtagen|ikke)\b/.test(
      tokens
        .filter(({ start }) => start < span[0])
        .map(({ key }) => key)
        .slice(-4)
        .join(' '),
    );

/** "The ingredients for guacamole except onions". */
function withLeftOut(action: Action, { tokens }: ClauseReading): Action[] {
  const [dish, ...others] = action.lines;
  const gone = others.filter(leftOut(tokens));
  if (!dish || gone.length === 0) return [action];
  return [
    { ...action, lines: action.lines.filter((line) => !gone.includes(line)) },
    { ...action, intent: 'remove', lines: gone, constraints: {} },
  ];
}

/** "What I got last time but without the soda", "the same plus bananas": what goes, and what comes beside it. */
function repeatedOrder(action: Action, { tokens, asked }: ClauseReading): Action[] {
  const known = asked.filter(({ name, brand }) => brand !== null || isKnownName(name));
  const isLeft = leftOut(tokens);
  const [gone, come] = [known.filter(isLeft), known.filter((line) => !isLeft(line))];
  const also = (intent: Action['intent'], lines: Line[]): Action[] =>
    lines.length > 0 ? [{ ...action, intent, lines, constraints: {} }] : [];
  return [{ ...action, lines: [] }, ...also('remove', gone), ...also('add', come)];
}

/** "Heavy cream and no thyme": what is named with a "no" right before it is not wanted. */
function apart(action: Action, { tokens }: ClauseReading): Action[] {
  const before = ({ span }: Line, by: number): string =>
    tokens[tokens.findIndex(({ start }) => start === span[0]) - by]?.key ?? '';
  const isDenied = (line: Line): boolean =>
    /^(no|ingen|ikke)$/.test(before(line, 1)) &&
    !/^(|have|has|got|had|are|is|there's|with|want|har|er)$/.test(before(line, 2));
  const denied = action.lines.filter(isDenied);
  if (denied.length === 0 || denied.length === action.lines.length) return [action];
  const kept = action.lines.filter((line) => !denied.includes(line));
  return [
    { ...action, lines: kept },
    { ...action, intent: 'remove', lines: denied, constraints: {} },
  ];
}

/** "Recipe for curry with rice": what stands behind "for" is the name of one dish. */
function dishes({ tokens }: ClauseReading, lines: readonly Line[]): Line[] {
  const [first] = lines;
  const named = first ? tokens.findIndex(({ start }) => start === first.span[0]) : -1;
  const rest = named > 0 && /^(for|på)$/.test(tokens[named - 1]!.key) ? tokens.slice(named) : [];
  const isWhole = rest.some(({ key }) => key === 'with' || key === 'med') && rest.every(({ kind }) => kind === 'word');
  if (!first || !isWhole) return [...lines];
  return [
    { ...first, name: rest.map(({ text }) => text).join(' '), span: [first.span[0], rest.at(-1)!.end], notes: null },
  ];
}

/** "Is prune juice cheaper there? If so put two bottles in": an amount of the one thing that was spoken of. */
function repeated(read: ClauseReading, before: Action | null): ClauseReading | null {
  const said = read.tokens.map(({ key }) => key).join(' ');
  const spoken = before?.lines[0];
  if (before && spoken && read.lines.length === 0 && POINTING[before.intent]?.test(said)) {
    const quantity = /\b(put|add|throw|stick|pop) one\b/.test(said) ? 1 : null;
    const lines = before.lines.map((line) => ({ ...line, quantity, quantityMax: null, doubts: [] }));
    return { ...read, nameless: null, lines, asked: lines };
  }
  if (!read.nameless || read.lines.length > 0 || before?.lines.length !== 1 || !spoken || !wantsAmount(said))
    return null;
  const { name, brand, fields } = spoken;
  const line = {
    ...read.nameless,
    name,
    brand,
    fields: { ...read.nameless.fields, ...(fields.name ? { name: fields.name } : {}) },
  };
  return { ...read, nameless: null, lines: [line], asked: [line] };
}

/** "Find the cheapest cocoa and put it in my cart", "have you got figs and if so how much are they": what was asked about. */
const IT = '(it|that|them|those|they|one|den|det|dem)';
const OF_IT = new RegExp(
  `\\b(put|add|throw|stick|pop|læg|sæt) ${IT} (in|on|into|to|i|på)\\b|\\b(how much (is|are|do|does)|what (do|does|did)|hvad koster) ${IT}\\b`,
);
const POINTING: Readonly<Partial<Record<Action['intent'], RegExp>>> = {
  search: OF_IT,
  price_check: OF_IT,
  price_history: OF_IT,
};

/** "[x] pretzels": a line that is done. */
const isTicked = ([open, mark, close]: readonly Token[]): boolean =>
  open?.key === '[' && /^[xv✓✔]$/.test(mark?.key ?? '') && close?.key === ']';

/** Questions that are about things or about none: a stranger there is a word of the question. */
const ASKING = new Set(['show', 'discounts_near', 'status', 'checkout', 'clear', 'undo', 'import', 'affirm', 'deny']);

/** "Lunches M–F" above lines with bullets. */
const isOverBullets = (text: string, tokens: readonly Token[]): boolean =>
  tokens.at(-1)!.kind === 'break' &&
  !tokens.some(({ kind }) => kind === 'number') &&
  tokens[0]!.kind === 'word' &&
  /^[^\n]*\n(\s*(\[.?\]|[-*•–✅⬜☐☑□])[^\n]*(\n|$)){2,}/u.test(text);

/** "PRODUCE" above the lines of a list that is written small. */
function isHeading(text: string, tokens: readonly Token[], clause: Clause): boolean {
  if (clause.after !== 'start' && clause.after !== 'line') return false;
  if (clause.after === 'start' && isOverBullets(text, tokens)) return true;
  const words = tokens.filter(({ kind }) => kind === 'word');
  if (words.length === 0 || words.length > 3 || tokens.some(({ kind }) => kind === 'number')) return false;
  return (
    tokens.at(-1)!.kind === 'break' &&
    words.every((word) => word.text.length > 2 && word.text === word.text.toUpperCase()) &&
    /\p{Ll}{3}/u.test(text)
  );
}
