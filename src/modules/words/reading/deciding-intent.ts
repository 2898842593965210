import type { Clause } from './clauses.js';
import type { ClauseReading } from './clause-reading.js';
import { inCart, isKnownName } from './doubts.js';
import type { Intent } from './intent-names.js';
import type { Action, By, Context } from './reading.js';

export interface Decided {
  intent: Intent;
  sure: number;
  by: By;
}
const rule = (intent: Intent, sure = 0.97): Decided => ({ intent, sure, by: 'rule' });

/** Intents that are about things, and nothing without one. */
const OF_THINGS = new Set<Intent>([
  'add',
  'remove',
  'replace',
  'set_quantity',
  'search',
  'price_history',
  'substitute',
]);
/** Lists that go on when things alone are named. */
const GOES_ON = new Set<Intent>(['add', 'remove', 'price_check', 'search']);

/** What a clause asks for, by rules first and by how it speaks where they do not tell; null where it is only talk. */
export function decided(clause: Clause, read: ClauseReading, before: Action | null, context: Context): Decided | null {
  const words = read.tokens.map(({ key }) => key);
  const found = wished(words.join(' '), clause, read, before, context);
  return found !== null && isUnderOrders(clause, before) && !isHarmless(found, read) ? rule('out_of_scope') : found;
}

/** In the sentence of somebody who talks past the shop nothing counts but plain wishes for goods. */
const isUnderOrders = (clause: Clause, before: Action | null): boolean =>
  before?.intent === 'out_of_scope' && before.by === 'rule' && clause.after === 'joiner';
const isHarmless = ({ intent }: Decided, { lines }: ClauseReading): boolean =>
  intent === 'add' && lines.every(({ name, quantity }) => isKnownName(name) && (quantity ?? 1) < 100);

function wished(
  said: string,
  clause: Clause,
  read: ClauseReading,
  before: Action | null,
  context: Context,
): Decided | null {
  const byRule = ruled(said, read, before, context, clause);
  if (byRule) return byRule;
  const led = read.lines.length > 0 || pointsAt(said, context) ? leading(said) : null;
  if (
    led !== null &&
    (led !== 'add' || (!ELSE.test(read.cues) && read.guesses[0]!.intent !== 'reorder')) &&
    (led !== 'replace' || read.lines.length > 1)
  )
    return rule(led, 0.93);
  if (read.isEmpty && !isReply(read)) return null;
  const guess = read.guesses.find(({ intent }) => intent === 'none' || fits(intent, read.cues, read, before, context));
  if (!guess || guess.intent === 'none')
    return read.lines.some((line) => line.quantity !== null) ? rule('add', 0.6) : null;
  return { intent: guess.intent, sure: guess.sure, by: 'tagger' };
}

export const pointsAt = (said: string, { cart }: Context): boolean =>
  cart.length > 0 &&
  /\b(number|row|line|item|nummer|linje|nr) ?\.? ?\d|\b(last|sidste) (one|thing|item|line|vare)?/.test(said);

/** What the verb at the head of a clause asks for, courtesy before it left aside; null where it may be anything. */
function leading(said: string): Intent | null {
  const text = said.replace(POLITE, '');
  return LEADS.find(([, verb]) => verb.test(text))?.[0] ?? null;
}
const POLITE =
  /^((please|pls|plz|kindly|ok|okay|so|and|also|then|now|hey|hi|hello|oh|uh|um|umm|well|just|can|could|would|will|you|u|someone|we|lige|kan|vil|du|gider|hej|så|og|venligst|actually|right|yes|yeah|sure|but|,|-|–|\.\.\.|be so kind as to|go ahead and|i'd like you to|i want you to|jeg vil gerne have at du) )+/;
const LEADS: readonly (readonly [Intent, RegExp])[] = [
  [
    'remove',
    /^86 (the|all|those)\b|^(remove|delete|take (the |that |those |my |all )?.{0,40}\b(off|out|away)\b|get rid of|cross off|cancel|ditch|scrap|scratch|lose|drop|skip|omit|leave out|eliminate|erase|rm|bin|nix|axe|fjern|slet|drop|stryg|spring .* over|tag .* (ud|af|væk)\b|glem)\b/,
  ],
  [
    'set_quantity',
    /^(increase|decrease|reduce|raise|lower|bump|double|triple|halve|ændr|fordobl|halver|(change|set|update|make) .* (to|down to|up to) .{0,12}$|sæt .* (op|ned) (til|på)|lav .* om til)\b/,
  ],
  ['replace', /^(swap|replace|exchange|substitute|trade|switch|byt|udskift|erstat)\b/],
  [
    'add',
    /^(add|need|i need|we need|i want|we want|i also need|we also need|get(?! rid)|grab|buy|order|include|throw in|toss in|put in|bring|fetch|pick up|stock up|i'd like|we'd like|i would like|i'll (have|take)|give me|get me|tilføj|køb|bestil|læg|smid|husk|hent|jeg skal bruge|vi skal bruge|vi skal have|jeg skal have|jeg mangler|vi mangler|jeg vil gerne (have|bede om))\b/,
  ],
];
/** Words by which a clause that begins like a wish for goods asks for something else. */
const ELSE =
  /\b(instead|rid|back|off|out of|price|prices|cheaper|usual|same|again|ingredients?|everything|recipe|plan|meals?|deals?|offers?|discounts?|under|budget|samme|sædvanlige|flight|hotel|taxi|table|tickets?|tvs?|televisions?|cheapest|alt|what|stedet|delivered|by|before|stuff|needed|make|cook|bake|order|rather|prefer)\b/;

/** Intents that speak by words of their own: without one of them a clause does not ask for it, however it sounds. */
const SPOKEN: Readonly<Partial<Record<Intent, RegExp>>> = {
  remove:
    /\b(remove|delete|drop|cancel|lose|ditch|scrap|scratch|cut|strike|kill|bin|toss|dump|skip|omit|off|out|without|no|not|never|nevermind|nvm|forget|leave|don't|dont|rid|pass|hold|quit|axe|nix|away|back|changed|enough|already|rm|take|send|erase|exclude|eliminate|subtract|minus|fjern|slet|tag|stryg|udelad|spring|uden|ikke|ingen|glem|ud|af|væk|annuller|skrot|skal ud)\b/,
  from_recipe:
    /\b(recipes?|ingredients?|everything|all|stuff|things|make|cook|bake|need|needed|takes|dish|for|what|opskrift|lave|bage|alt|ingredienser|bruge)\b/,
  import:
    /\b(import|upload|load|pull|bring|sync|read|fetch|connect|link|file|csv|receipts?|history|spreadsheet|attached|importer|indlæs|hent|doc)\b/,
  set_quantity:
    /\b(change|set|update|adjust|alter|edit|put|make|move|turn|bump|up|down|to|increase|raise|push|bring|knock|reduce|lower|drop|cut|decrease|only|just|double|triple|halve|more|less|fewer|extra|quantity|qty|instead|not|should|line|row|number|ændr|sæt|ret|lav|gør|fordobl|halver|kun|bare|mere|mindre|færre|flere|skal|op|ned|->|→|=)(\s|$)/,
  replace:
    /\b(swap|replace|exchange|switch|substitute|trade|change|instead|rather|in place|turn|sooner|prefer|not|make|byt|udskift|skift|erstat|ombyt|stedet|frem)\b|->|→/,
  constrain: /./,
  clear:
    /\b(clear|empty|wipe|reset|everything|all|whole|start|begin|over|again|tøm|ryd|slet|nulstil|alt|hele|forfra|flush|nuke|scrap|forget|cart|basket|list)\b/,
  plan_meals:
    /\b(plan|plans|planning|meals?|dinners?|lunch|lunches|breakfasts?|suppers?|menu|eat|cook|feed|food|madplan|ugeplan|menu|spise|aftensmad|måltider|middage|frokoster)\b/,
};

function ruled(
  said: string,
  read: ClauseReading,
  before: Action | null,
  context: Context,
  clause: Clause,
): Decided | null {
  if (HOSTILE.test(said)) return rule('out_of_scope');
  if (/^(ctrl|cmd|control) ?(\+ |- )?z/.test(said)) return rule('undo');
  if (context.question) {
    const answer = replied(said, read, context, clause);
    if (answer) return answer;
  }
  if (!read.isBare) return relative(said, read, context);
  if (read.lines.length === 0) return null;
  const known = read.lines.filter((line) => inCart(line.name, context.cart).length > 0);
  if (/^(no|ingen|ikke noget|ikke mere) /.test(said) && known.length > 0) return rule('remove');
  const isAmount = read.lines.length === 1 && read.lines[0]!.quantity !== null && known.length === 1;
  if (isAmount && (before === null || before.intent === 'set_quantity')) return rule('set_quantity');
  if (clause.after !== 'start' && before && GOES_ON.has(before.intent) && clause.after !== 'sentence')
    return { intent: before.intent, sure: before.confidence, by: 'rule' };
  return rule('add', 0.95);
}

/** "Double the eggs", "less yogurt": an amount against what the cart holds. */
function relative(said: string, read: ClauseReading, context: Context): Decided | null {
  if (read.lines.length !== 1 || context.cart.length === 0) return null;
  const isHeld = inCart(read.lines[0]!.name, context.cart).length > 0;
  return isHeld && /^(please |can you |)?(double|halve|triple|less|fewer|fordobl|halver|færre|mindre)\b/.test(said)
    ? rule('set_quantity')
    : null;
}

const YES = /^(yes|yep|yeah|yup|ok|okay|sure|correct|right|exactly|fine|ja|jo|jep|gerne|aye)\b/;
const NO = /^(no|nope|nah|nej|næ|don't|nix)\b/;
function replied(said: string, read: ClauseReading, { question }: Context, clause: Clause): Decided | null {
  if (clause.after !== 'start') return null;
  if (
    /\b(one|first|second|third|last|either|any|both|whichever|number|option|den|det|første|anden|sidste)\b/.test(
      said,
    ) ||
    mentions(said, question!.options)
  )
    return rule('answer');
  if (YES.test(said)) return rule('affirm');
  if (NO.test(said)) return rule('deny');
  const isAmountOnly = read.lines.length === 0 && read.roles.some((role) => role === 'amount');
  return isAmountOnly || question!.options.length > 0 || (read.isBare && read.lines.length <= 1)
    ? rule('answer', 0.9)
    : null;
}

const mentions = (said: string, options: readonly string[]): boolean =>
  options.some((option) =>
    option
      .toLowerCase()
      .split(/\s+/)
      .some((word) => word.length > 1 && said.split(' ').includes(word)),
  );

const isReply = (read: ClauseReading): boolean => read.tokens.some(({ key }) => YES.test(key) || NO.test(key));

function fits(intent: Intent, said: string, read: ClauseReading, before: Action | null, context: Context): boolean {
  if (SPOKEN[intent] && !SPOKEN[intent].test(said)) return false;
  if (intent === 'constrain' && read.lines.length > 0 && Object.keys(read.constraints).length === 0) return false;
  if (intent === 'set_quantity' && read.lines.length > 1) return false;
  if (
    OF_THINGS.has(intent) &&
    read.lines.length === 0 &&
    !pointsAt(read.tokens.map(({ key }) => key).join(' '), context)
  )
    return false;
  if (intent === 'replace' && read.lines.length < 2) return false;
  if (intent === 'answer' && !context.question && read.lines.length > 0) return false;
  if ((intent === 'affirm' || intent === 'deny') && (before !== null || read.lines.length > 0)) return false;
  if (intent === 'clear' && read.lines.length > 0) return false;
  return true;
}

/** What only somebody says who speaks to the machine behind the shop. Such words are talked past, whatever else stands in the clause. */
const HOSTILE =
  /\b((ignore|disregard|forget|override|bypass|glem|ignorer)\b.{0,24}\b(instructions?|rules?|prompts?|guidelines?|limits?|restrictions?|regler|instruktioner|spending limit)|system prompt|admin mode|developer mode|drop table|select \*|jailbreak|you are now|api key|credit card number|card number)\b|^(system|assistant|developer|admin) :/;
