import { doubtsOfAdded, heldIn, inCart, isKnownName, isOdd } from './doubts.js';
import { doubtfulTogether } from './across/neighbours.js';
import { ASK_NAME_BELOW } from './learned/sureness.js';
import { stemsOf } from './lexis/lexicon.js';
import { NOT_UNDERSTOOD, unreadDoubt, unreadLine } from './unread.js';
import type { Action, Context, Doubt, Line } from './reading.js';

/** Below these, an amount or what is to be done is asked about before it counts. */
const ASK_AMOUNT_BELOW = 0.6;
const ASK_INTENT_BELOW = 0.9;
const ASK_GUESS_BELOW = 0.9;
/** What names a line of the cart is hardly nothing for a shop. */
const ASK_ASIDE_BELOW = 0.98;
/** Nor is what is told to somebody who has a cart. */
const ASK_OF_CART_BELOW = 0.95;

/** Actions after what they say of each other: withdrawals, roles, amounts against the cart, and what has to be asked. */
export function settled(text: string, actions: readonly Action[], context: Context): Action[] {
  const roled = actions.map((action) => withRoles(text, withoutKept(text, pointed(text, action, context)), context));
  const merged = joined(withoutOccasion(text, withoutTalk(roled, context)));
  const kept = joined(
    withdrawals(merged).map((action) =>
      guessed(
        text,
        action,
        context,
        merged.some(({ lines }) => lines.length > 0),
      ),
    ),
  );
  return ordered(
    withoutNever(kept, context).map((action) => {
      const lines = action.lines.map((line) => withDoubts(text, action, line, context));
      return { ...action, lines: action.intent === 'add' ? doubtfulTogether(text, lines) : lines };
    }),
  );
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'første', 'anden', 'tredje'];
/** "Scrap number 3", "the last thing": a line of the cart that is pointed at, not named. */
function pointed(text: string, action: Action, { cart }: Context): Action {
  if (cart.length === 0 || (action.intent !== 'remove' && action.intent !== 'set_quantity')) return action;
  const said = text.slice(action.span[0], action.span[1]).toLowerCase();
  const number =
    /\b(?:number|no|row|line|item|nr|nummer|linje)\.? ?(\d{1,2})\b/.exec(said) ??
    (action.lines.length === 0 ? /#(\d{1,2})\b/.exec(said) : null);
  const isStrange = action.lines.every(({ name }) => !isKnownName(name));
  const isLast = isStrange && /\b(last( (one|thing|item|line))?$|last (one|thing|item|line)|sidste)\b/.test(said);
  const place = isStrange
    ? /\b(first|second|third|fourth|fifth|første|anden|tredje) (one|thing|item|line|vare|linje)\b/.exec(said)
    : null;
  const held = number
    ? cart[Number(number[1]) - 1]
    : place
      ? cart[ORDINALS.indexOf(place[1]!) % 5]
      : isLast
        ? cart.at(-1)
        : undefined;
  const several = isStrange ? SEVERAL.exec(said) : null;
  if (several && action.intent === 'remove') {
    const count = (COUNTS.indexOf(several[2]!) % 4) + 2;
    const meant = /^(last|sidste)$/.test(several[1]!) ? cart.slice(-count) : cart.slice(0, count);
    const span = [action.span[0] + several.index, action.span[1]] as const;
    return { ...action, lines: meant.map(({ name }) => pointedLine(name, span)) };
  }
  if (!held || action.lines.some((line) => inCart(line.name, cart).length > 0)) return action;
  const at = action.span[0] + (number?.index ?? place?.index ?? said.search(/last|sidste/));
  const amount = action.lines.find(({ quantity }) => quantity !== null && action.intent === 'set_quantity');
  return { ...action, lines: [pointedLine(held.name, [at, action.span[1]], amount)] };
}
const SEVERAL = /\b(last|first|sidste|første) (two|three|four|five|to|tre|fire|fem)\b/;
const COUNTS = ['two', 'three', 'four', 'five', 'to', 'tre', 'fire', 'fem'];

const pointedLine = (name: string, span: Line['span'], amount?: Line): Line => ({
  ...(amount ?? { quantity: null, quantityMax: null, unit: null, size: null, brand: null, notes: null, doubts: [] }),
  name,
  role: null,
  span,
  fields: { name: { span, confidence: 0.95, by: 'rule' } },
});

/** "Delete the crackers, the tuna is fine": what is said to be fine stays. */
function withoutKept(text: string, action: Action): Action {
  if (action.intent !== 'remove' || action.lines.length < 2) return action;
  const isKept = ({ span }: Line): boolean =>
    /^\s*(is|are|was|can|'s)\s+(fine|ok|okay|good|stay|staying|alright)\b/i.test(text.slice(span[1]));
  return { ...action, lines: action.lines.filter((line) => !isKept(line)) };
}

const INSTEAD = /\b(instead of|in place of|rather than|for|i stedet for)\b/i;
function withRoles(text: string, action: Action, context: Context): Action {
  const { intent, lines } = action;
  if (intent === 'substitute') {
    // "Can I use margarine instead of butter": what is lacking stands behind.
    const gone = lines[1] && INSTEAD.test(text.slice(lines[0]!.span[1], lines[1].span[0])) ? lines[1] : lines[0];
    return { ...action, lines: gone ? [{ ...gone, role: 'from' as const }] : [] };
  }
  if (intent !== 'replace') return action;
  if (lines.length < 2) return { ...action, intent: 'add' };
  const [one, other] = lines as [Line, Line];
  const between = text.slice(one.span[1], other.span[0]).toLowerCase();
  const ahead = text.slice(action.span[0], one.span[0]).toLowerCase();
  const isTurned =
    /instead of|rather than|in place of|over|i stedet for|frem for|\bthan\b|not\b/.test(between) &&
    !/\b(instead of|i stedet for)\b/.test(ahead);
  const [from, to] = isTurned ? [other, one] : [one, sameAmount(text, action, one, other, context)];
  return {
    ...action,
    lines: [
      { ...from, role: 'from' },
      { ...to, role: 'to' },
    ],
  };
}

/** "Same weight", said of what comes: as much as the cart holds of what goes. */
function sameAmount(text: string, { span }: Action, from: Line, to: Line, { cart }: Context): Line {
  const isSame = /\b(same|samme) (weight|amount|quantity|number|size|mængde|vægt|antal)\b/i.test(text.slice(...span));
  const held = isSame ? inCart(from.name, cart) : [];
  return held.length === 1 ? { ...to, quantity: held[0]!.quantity, unit: held[0]!.unit } : to;
}

/** Beside a deed, what hardly asks for anything is talk: "okay", "here goes", "thanks, coach". */
function withoutTalk(actions: readonly Action[], { question }: Context): Action[] {
  const hasDeed = actions.some(({ lines }) => lines.length > 0);
  const isSaid = actions.some(({ by, lines }) => by === 'rule' || lines.length > 0);
  return actions.filter(({ intent, lines, by, confidence, constraints }) => {
    if (lines.length > 0 || by === 'rule') return true;
    const isBound = Object.keys(constraints).length > 0;
    if (intent === 'constrain') return isBound || actions.length === 1;
    const isReply = /^(affirm|deny|answer)$/.test(intent);
    if (hasDeed && (intent === 'undo' || intent === 'clear') && confidence < SURE_TO_UNDO) return false;
    if (isReply && isSaid && question === null) return false;
    if (!isBound && actions.length > 1 && confidence < UNSURE_BELOW) return false;
    if (!hasDeed) return true;
    if (intent === 'out_of_scope' && confidence < SURE_ASIDE) return false;
    return isReply || intent === 'from_recipe' ? false : isBound || confidence >= TALK_BELOW;
  });
}
/** Of several, one without things that is less sure than this asks for nothing. */
const UNSURE_BELOW = 0.8;
const TALK_BELOW = 0.8;
/** Beside a deed, what sounds like nothing for a shop is a word about it. */
const SURE_ASIDE = 0.93;
/** Beside a deed, what would take it back has to be plain. */
const SURE_TO_UNDO = 0.97;

/** "I need stuff for tacos. Ground beef, shells and lettuce": what a list is for, where the list follows. */
function withoutOccasion(text: string, actions: readonly Action[]): Action[] {
  return actions.filter(({ intent, span }, at) => {
    const next = actions[at + 1];
    const isOccasion = intent === 'from_recipe' && next?.intent === 'add' && next.lines.length > 1;
    return !isOccasion || /\b(recipe|ingredients|opskrift|ingredienser)/i.test(text.slice(...span));
  });
}

/**
 * What was told by how it sounds alone, and not for sure, is asked about: its things, or its words where it names none, stand for it. What is
 * changed has doubts of its own; talk that names nothing a shop has stays talk.
 */
function guessed(text: string, action: Action, { cart, question }: Context, hasDeed: boolean): Action {
  const { intent, by, confidence, lines, constraints, span } = action;
  if (by !== 'tagger' || CHANGES.has(intent)) return action;
  const said = text.slice(...span);
  const isAside = intent === 'out_of_scope' && isAboutGoods(said, lines, cart);
  const isOfCart = intent === 'out_of_scope' && cart.length > 0 && !hasDeed && !QUESTION.test(said.trim());
  const isSure = !(intent === 'answer' && question === null) && !EXCEPTING.test(text.slice(...span));
  if (isSure && confidence >= (isAside ? ASK_ASIDE_BELOW : isOfCart ? ASK_OF_CART_BELOW : ASK_GUESS_BELOW))
    return action;
  if (Object.keys(constraints).length > 0 || (question !== null && /^(answer|affirm|deny)$/.test(intent)))
    return action;
  const words = text.slice(...span).trim();
  const held = lines.length === 0 ? heldIn(words, cart) : [];
  const isOfShop =
    lines.some(({ name, brand, quantity }) => brand !== null || quantity !== null || isKnownName(name)) ||
    held.length > 0 ||
    isOfCart ||
    (cart.length > 0 && NUMBERED.test(words)) ||
    isKnownName(words);
  if (/^(out_of_scope|affirm|deny|show|status)$/.test(intent) && (!isOfShop || QUESTION.test(words))) return action;
  if (question === null && !isOfShop && /^(answer|undo|reorder)$/.test(intent))
    return { ...action, intent: 'out_of_scope', lines: [] };
  if (lines.length === 0 && hasDeed && !isOfShop) return action;
  const asked =
    lines.length > 0 && !QUESTION.test(words)
      ? lines.map((line) => ({ ...line, role: null, doubts: [unreadDoubt(NOT_UNDERSTOOD)] }))
      : held.length === 1
        ? [
            {
              ...unreadLine(held[0]!.name, span),
              doubts: [{ kind: 'keep_or_drop' as const, why: NOT_UNDERSTOOD, choices: [] }],
            },
          ]
        : [unreadLine(words, span, NOT_UNDERSTOOD)];
  return {
    ...action,
    intent: held.length === 1 ? 'remove' : 'add',
    by: 'rule',
    confidence: ASK_INTENT_BELOW,
    lines: asked,
  };
}

const EXCEPTING = /\b(everything|all|alt)\b.*\b(but|except|undtagen)\b/i;
/** Whether something that sounds like nothing for a shop speaks of the cart, or lists goods. */
const isAboutGoods = (words: string, lines: readonly Line[], cart: Context['cart']): boolean =>
  heldIn(words, cart).length > 0 ||
  (cart.length > 0 && NUMBERED.test(words)) ||
  (lines.filter(({ name }) => isKnownName(name)).length > 1 && !QUESTION.test(words));
const NUMBERED = /\d|\b(two|three|four|five|six|seven|eight|ten|twelve|dozen|half|double|to|tre|fire|fem)\b/i;
const QUESTION =
  /^(how|what|why|when|who|where|which|is|are|does|do|did|was|can i|should i|hvad|hvor|hvornår|hvem|er|kan man|må)\b/i;

/** Neighbours that ask for the same are one. */
function joined(actions: readonly Action[]): Action[] {
  const all: Action[] = [];
  for (const action of actions) {
    const before = all.at(-1);
    if (before && before.intent === action.intent && JOINED.has(action.intent))
      all[all.length - 1] = {
        ...before,
        span: [before.span[0], action.span[1]],
        confidence: Math.min(before.confidence, action.confidence),
        lines: [...before.lines, ...action.lines],
        constraints: { ...before.constraints, ...action.constraints },
      };
    else all.push(action);
  }
  return all;
}
const JOINED = new Set(['import', 'add', 'remove', 'constrain', 'show', 'out_of_scope', 'status', 'checkout']);

/** "Bananas, apples, skip the apples": what the same breath adds and takes away was never wanted. */
function withdrawals(actions: readonly Action[]): Action[] {
  const gone = new Set<Line>();
  for (const [at, action] of actions.entries()) {
    if (action.intent !== 'remove') continue;
    for (const line of action.lines) {
      const earlier = actions
        .slice(0, at)
        .filter(({ intent }) => intent === 'add')
        .flatMap(({ lines }) => lines);
      const added = earlier.find((one) => stemsOf(one.name).join(' ') === stemsOf(line.name).join(' '));
      if (!added) continue;
      gone.add(added);
      gone.add(line);
    }
  }
  if (gone.size === 0) return [...actions];
  // Behind what it took back a list goes on: "apples, skip the apples, grapes".
  const goesOn = (action: Action): boolean => action.intent === 'remove' && gone.has(action.lines[0]!);
  return actions
    .map((action) => ({
      ...action,
      intent: goesOn(action) ? ('add' as const) : action.intent,
      lines: action.lines.filter((line) => !gone.has(line)),
    }))
    .filter(({ intent, lines }) => lines.length > 0 || (intent !== 'add' && intent !== 'remove'));
}

/** "Check out, but first …": what ends the shopping comes last. */
function ordered(actions: readonly Action[]): Action[] {
  const ends = actions.filter(({ intent }) => intent === 'checkout');
  return [...actions.filter(({ intent }) => intent !== 'checkout'), ...ends];
}

/** "Not the 2%, I want whole milk": what is denied ahead of what is wanted, where no cart holds it, was never wanted. */
function withoutNever(actions: readonly Action[], { cart }: Context): Action[] {
  const [first, next] = actions;
  const isNever = first?.intent === 'remove' && next?.intent === 'add' && cart.length === 0 && first.lines.length === 1;
  return isNever && first.by === 'tagger' ? actions.slice(1) : [...actions];
}

function withDoubts(text: string, action: Action, line: Line, context: Context): Line {
  const around = text.slice(Math.max(0, line.span[0] - 14), Math.min(text.length, line.span[1] + 14));
  const own = text.slice(line.span[0], line.span[1]);
  const before = text.slice(0, line.span[0]);
  const resolved =
    action.intent === 'set_quantity' || action.intent === 'remove' ? againstCart(text, action, line, context) : line;
  const doubts = [...resolved.doubts];
  if (isOdd(resolved, around))
    return {
      ...resolved,
      quantity: null,
      quantityMax: null,
      doubts: [{ kind: 'how_much', why: 'no shop sells that amount', choices: [] }],
    };
  if (action.intent === 'add' || (action.intent === 'replace' && line.role === 'to'))
    doubts.push(...doubtsOfAdded(resolved, `${before.match(/\b(the|my|our|that)\s+$/i)?.[0] ?? ''}${own}`, before));
  if (CHANGES.has(action.intent) && doubts.length === 0) doubts.push(...unsure(action, resolved, context));
  return { ...resolved, doubts };
}
const CHANGES = new Set(['add', 'remove', 'replace', 'set_quantity']);

function unsure(action: Action, line: Line, { cart }: Context): Doubt[] {
  if (action.confidence < ASK_INTENT_BELOW)
    return [{ kind: 'confirm', why: 'it is not sure what is to be done', choices: [] }];
  if (!line.sure) return [];
  // What is taken out is in the cart or does no harm.
  const isAimed = action.intent !== 'add' && line.role !== 'to';
  const isSure =
    isAimed && (inCart(line.name, cart).length === 1 || (action.intent === 'remove' && isKnownName(line.name)));
  if (line.sure.name < ASK_NAME_BELOW && !isSure)
    return [{ kind: 'which_food', why: `“${line.name}” was not read for sure`, choices: [] }];
  if (line.sure.amount < ASK_AMOUNT_BELOW && (action.intent !== 'remove' || line.quantity !== null))
    return [{ kind: 'how_much', why: 'the amount was not read for sure', choices: [] }];
  return [];
}

/** Which line of the cart is meant, and how much of it, where the words are about it. */
function againstCart(text: string, action: Action, line: Line, { cart }: Context): Line {
  const meant = inCart(line.name, cart);
  if (meant.length > 1)
    return {
      ...line,
      doubts: [
        {
          kind: 'which_meant',
          why: `several lines of the cart are ${line.name}`,
          choices: meant.map(({ name }) => name),
        },
      ],
    };
  return againstHeld(text, action, line, meant[0] ?? null);
}

function againstHeld(text: string, action: Action, line: Line, held: Context['cart'][number] | null): Line {
  const said = text.slice(action.span[0], action.span[1]).toLowerCase();
  if (
    /\b(except|apart from|all but|everything but|everything on the list but|undtagen|keep|behold)\b/.test(said) &&
    action.intent === 'remove'
  )
    return { ...line, doubts: [{ kind: 'keep_or_drop', why: 'it may be what shall stay', choices: [] }] };
  if (
    /\b(not so sure|not sure|maybe|perhaps|might|idk|i guess|måske|er i tvivl)\b/.test(said) &&
    action.intent === 'remove'
  )
    return { ...line, doubts: [{ kind: 'keep_or_drop', why: 'it was said in doubt', choices: [] }] };
  if (action.intent !== 'set_quantity') return line;
  const unit = line.unit ?? held?.unit ?? null;
  if (held && line.quantity !== null && /\b(more|another|mere|endnu)\b/.test(said) && !/\bno more\b/.test(said))
    return held.quantity === null
      ? { ...line, unit, doubts: [{ kind: 'how_much', why: 'how much there is was never said', choices: [] }] }
      : { ...line, quantity: held.quantity + line.quantity, unit };
  if (held && line.quantity !== null && /\bby (\d|one|two|three|four|five|six|half)/.test(said)) {
    const step = /\b(reduce|lower|cut|decrease|drop|down)\b/.test(said) ? -line.quantity : line.quantity;
    if (held.quantity !== null && held.quantity + step > 0) return { ...line, quantity: held.quantity + step, unit };
  }
  if (line.quantity !== null && !/^(double|triple|halve)/.test(said)) return { ...line, unit };
  const factor = /\b(double|fordobl)/.test(said)
    ? 2
    : /\btriple\b/.test(said)
      ? 3
      : /\b(halve|halver)\b/.test(said)
        ? 0.5
        : null;
  if (factor !== null && held && held.quantity !== null) return { ...line, quantity: held.quantity * factor, unit };
  return { ...line, unit, doubts: [{ kind: 'how_much', why: 'how much it shall be was not said', choices: [] }] };
}
