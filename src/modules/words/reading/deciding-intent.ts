import type { Clause } from './clauses.js';
import type { ClauseReading } from './clause-reading.js';
import { isMade, KITCHEN_TALK, leading, plainly } from './commands.js';
import { inCart, isKnownName } from './doubts.js';
import type { Intent } from './intent-names.js';
import type { Action, By, Context } from './reading.js';
import { bySaying } from './sayings.js';

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
const NOTHING: Decided = { intent: 'answer', sure: 0, by: 'rule' };
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
  if (byRule) return byRule === NOTHING ? null : byRule;
  const led = read.lines.length > 0 || pointsAt(said, context) ? leading(said) : null;
  if (
    led !== null &&
    (led !== 'add' || (!ELSE.test(read.cues) && read.guesses[0]!.intent !== 'reorder')) &&
    (led !== 'replace' || read.lines.length > 1)
  )
    return rule(led, 0.93);
  if (read.isEmpty && !isReply(read)) return null;
  const guess = read.guesses.find(
    ({ intent, sure }) =>
      !isShopTalk(intent, sure, said, read, context) &&
      (intent === 'none' || fits(intent, read.cues, read, before, context)),
  );
  if (!guess && ASKS.test(said)) return rule('out_of_scope', 0.6);
  // "We're vegetarian now": a demand, whatever it sounds like.
  const isDemand = read.lines.length === 0 && (read.constraints.diet ?? read.constraints.allergen) !== undefined;
  if (isDemand && (!guess || /^(none|show|answer|status|out_of_scope|search|deny|clear)$/.test(guess.intent)))
    return rule('constrain', 0.9);
  if (!guess || guess.intent === 'none')
    // Goods that are named for no reason that was understood are asked about.
    return read.lines.some((line) => line.quantity !== null)
      ? rule('add', 0.6)
      : read.lines.some((line) => isKnownName(line.name) && (line.sure?.name ?? 0) > 0.7) && !ASKS.test(said)
        ? rule('add', 0.4)
        : ASKS.test(said) && read.lines.length > 0
          ? rule('out_of_scope', 0.6)
          : null;
  return { intent: guess.intent, sure: guess.sure, by: 'tagger' };
}

/** Whether words want an amount of what was spoken of before: "put two bottles in", "make it 3". */
export const wantsAmount = (said: string): boolean =>
  /^((if so|if not|if they don't|if i don't|if there (is|are) none|hvis ikke|if it is|if they are|either way|in that case|otherwise|hvis ja|then|and|so|ok|okay|,) )*(\d|a |one |two |three |four |five |six |half |put|add|get|grab|throw|toss|take|i'll (take|have)|give me|tag|læg)\b/.test(
    said,
  );

/** What looks like nothing for a shop, of something that the cart holds or of goods that anybody knows: only what is sure is none for it. */
function isShopTalk(
  intent: Intent | 'none',
  sure: number,
  said: string,
  read: ClauseReading,
  context: Context,
): boolean {
  if (intent !== 'out_of_scope' && intent !== 'none') return false;
  if (held(read, context) && intent === 'out_of_scope') return !NOT_FOR_SHOPS.test(said);
  return (
    intent === 'out_of_scope' &&
    sure < 0.8 &&
    read.lines.some(({ name, sure: of }) => isKnownName(name) && (of?.name ?? 1) > 0.9) &&
    !NOT_FOR_SHOPS.test(said)
  );
}
const NOT_FOR_SHOPS =
  /\b(calories|carbs|protein|vitamins?|healthy|safe|boil|fry|roast|freeze|peel|keep|last|expire|expires|expired|stock price|meaning|joke|story|poem|translate|spell|weather|alarm|timer|remind|call|text|dose|medicine|kalorier|holde|koge)\b/;

export const pointsAt = (said: string, { cart }: Context): boolean =>
  cart.length > 0 &&
  /\b(number|row|line|item|nummer|linje|nr) ?\.? ?\d|\b(last|sidste) (one|thing|item|line|vare)?|\b(first|second|third|fourth|fifth|første|anden|tredje) (one|thing|item|line|vare|linje)\b/.test(
    said,
  );

/** Words by which a clause that begins like a wish for goods asks for something else. */
const ELSE =
  /\b(instead|rid|back|off|out of|price|prices|cheaper|usual|same|again|ingredients?|everything|recipe|plan|meals?|deals?|offers?|discounts?|under|budget|samme|sædvanlige|flight|hotel|taxi|table|tickets?|tvs?|televisions?|cheapest|alt|what|stedet|delivered|by|before|stuff|needed|make|cook|bake|order|rather|prefer)\b/;

/** Intents that speak by words of their own: without one of them a clause does not ask for it, however it sounds. */
const SPOKEN: Readonly<Partial<Record<Intent, RegExp>>> = {
  remove:
    /\b(remove|delete|drop|cancel|lose|ditch|scrap|scratch|cut|strike|kill|bin|toss|dump|skip|omit|off|out|without|no|not|never|nevermind|nvm|forget|leave|don't|dont|rid|pass|hold|quit|axe|nix|away|back|changed|enough|already|rm|take|send|erase|exclude|eliminate|subtract|minus|fjern|slet|tag|stryg|udelad|spring|uden|ikke|ingen|glem|ud|af|væk|annuller|skrot|skal ud)\b/,
  from_recipe:
    /\b(recipes?|ingredients?|everything|all|stuff|things|make|cook|bake|need|needed|takes|dish|opskrift|lave|bage|alt|ingredienser|bruge)\b/,
  import:
    /\b(import|upload|load|pull|bring|sync|read|fetch|connect|link|file|csv|receipts?|history|spreadsheet|attached|importer|indlæs|hent|doc)\b/,
  set_quantity:
    /\b(change|set|update|adjust|alter|edit|put|make|move|turn|bump|up|down|to|increase|raise|push|bring|knock|reduce|lower|drop|cut|decrease|only|just|double|triple|halve|more|less|fewer|extra|quantity|qty|instead|not|should|line|row|number|ændr|sæt|ret|lav|gør|fordobl|halver|kun|bare|mere|mindre|færre|flere|skal|op|ned|->|→|=)(\s|$)/,
  replace:
    /\b(swap|replace|exchange|switch|substitute|trade|change|instead|rather|in place|turn|sooner|prefer|not|make|byt|udskift|skift|erstat|ombyt|stedet|frem)\b|->|→/,
  constrain: /./,
  reorder:
    /\b(again|same|last|usual|regular|standard|normal|weekly|reorder|repeat|before|always|previous|sidst|sidste|samme|plejer|sædvanlige|vanlige|igen|ago|typical)\b|re-order/,
  price_history:
    /\b(last|history|paid|pay|cost|costing|costs|over|month|months|year|years|week|weeks|since|up|down|cheaper|dearer|used|again|ever|always|before|then|ago|today|now|trend|chart|graph|track|dropped|risen|increased|higher|lower|changed|dyrere|billigere|steget|faldet|sidst|betalte|prisudvikling|udvikling|expensive|cheap|dyr|dyrt|dyre|usually|price|prices)\b/,
  substitute:
    /\b(instead|place|substitute|substitutes|substitution|alternative|alternatives|replace|replacement|swap|use|like|similar|stand|lieu|works?|option|stedet|erstatning|erstatte|erstatter|alternativ|bruge|sub)\b/,
  clear:
    /\b(clear|empty|wipe|reset|everything|all|whole|start|begin|over|again|tøm|ryd|slet|nulstil|alt|hele|forfra|flush|nuke|scrap|forget|cart|basket|list)\b/,
  discounts_near:
    /\b(bogo|marked down|half price|two for one|deals?|offers?|discounts?|discounted|sales?|specials?|promos?|promotions?|flyers?|clearance|markdowns?|reduced|bargains?|coupons?|vouchers?|cheap|cheaper|waste|sticker|stickers|savings?|price|special|tilbud|rabat|rabatter|nedsat|nedsatte|billig|billige|madspild|tilbudsavis)\b/,
  status:
    /\b(order|orders|delivery|delivered|deliver|driver|shipped|ship|arrive|arriving|arrives|coming|come|track|tracking|status|pickup|ready|confirmed|late|way|groceries|stuff|food|packed|ordre|ordren|levering|leveringen|leveret|pakke|varer|varerne|chauffør|chaufføren|bud|buddet|klar|kommer)\b/,
  checkout:
    /\b(check|checkout|pay|payment|order|buy|purchase|done|finish|finished|place|submit|send|complete|ready|all|that's|thats|betal|betale|kassen|bestil|send|færdig|afslut)\b/,
  price_check:
    /\b(price|prices|priced|pricing|cost|costs|much|cheap|cheaper|cheapest|expensive|dear|dearer|going|charge|charging|pay|rate|per|koster|kostede|pris|prisen|priser|billig|billigst|billigere|dyr|dyrt|dyrere|meget)\b|\?/,
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
  if (clause.asks && read.lines.length > 0) return rule(clause.asks);
  const plain = plainly(said);
  if (plain) return rule(plain);
  if (read.lines.length > 0 && /\b(how much (is|are)|hvad koster) (it|that|they|them|those|den|det|de)\b/.test(said))
    return rule('price_check', 0.92);
  if (
    read.lines.length > 0 &&
    /^(and |then |og |så |please )*(put|add|throw|stick|pop|læg|sæt) (it|that|them|those|one|den|det|dem) (in|on|into|to|i|på)\b/.test(
      said,
    )
  )
    return rule('add', 0.92);
  if (read.lines.length === 0 && Object.keys(read.constraints).length === 0 && TOTAL.test(said))
    return rule('show', 0.95);
  if (read.lines.length === 0 && (PAYING.test(said) || CHECKING_OUT.test(said))) return rule('checkout', 0.95);
  if (BACK.test(said) && read.lines.length > 0) return rule('add', 0.92);
  if (AGAIN.test(said)) return rule('reorder', 0.92);
  if (Object.keys(read.constraints).length > 0 && read.lines.length === 0 && STANDING.test(said))
    return rule('constrain', 0.92);
  if (/^(and |please |, )*(find|get|show) (me |us )?(the )?(cheapest|billigste) /.test(said) && read.lines.length === 1)
    return rule('price_check', 0.92);
  if (HOW_TO_MAKE.test(said) && read.lines.length === 1) return rule('from_recipe', 0.9);
  if (Object.keys(read.constraints).length > 0 && read.lines.length === 0 && read.isBare)
    return rule('constrain', 0.92);
  if (isMade(said) && read.lines.length === 1 && read.lines[0]!.quantity !== null && held(read, context))
    return rule('set_quantity', 0.92);
  if (KITCHEN_TALK.test(said)) return rule('out_of_scope', 0.92);
  const saying = bySaying(said, read);
  if (saying) return rule(saying, 0.92);
  if (/^(ctrl|cmd|control) ?(\+ |- )?z/.test(said)) return rule('undo');
  if (context.question) {
    const answer = replied(said, read, context, clause);
    if (answer) return answer;
  }
  if (ASKS.test(said) && IN_CART.test(said) && read.lines.length > 0) return rule('show', 0.92);
  if (
    /\bmake (it|that|them) (just |only )?(a |an )?(\d|half|one|two|three|four|five|six|ten|twelve)/.test(said) &&
    read.lines.length === 1 &&
    held(read, context)
  )
    return rule('set_quantity', 0.92);
  if (
    /\b(instead|i stedet)( and| og)?[\s.!,;&]*( and| og)?$/.test(said) &&
    read.lines.length > 0 &&
    before?.intent === 'remove'
  )
    return rule('add', 0.93);
  if (/^(i|we) (said|meant|asked for|wanted) /.test(said) && held(read, context) && read.lines.length === 1)
    return rule(read.lines[0]!.quantity === null ? 'add' : 'set_quantity', 0.92);
  if (IMPORTED.test(said) && read.lines.every(({ quantity }) => quantity === null)) return rule('import');
  if (AT_HOME.test(said) && read.lines.length > 0) return atHome(read, context);
  if (/\b(have|has|got|there's|there is|are) no (more )?\w/.test(said) && read.lines.length > 0)
    return rule('add', 0.9);
  if (/^(and |or )?no more /.test(said) && before?.intent === 'add' && read.lines.length > 0 && !held(read, context))
    return rule('add', 0.9);
  if (/^(a |the |find |get |show |me |en )*(recipes?|opskrift(er)?) (for|på|til) /.test(said) && read.lines.length > 0)
    return rule('from_recipe', 0.95);
  if (
    /^(og |så |, )*(hvad|hvor meget) (står|koster|skal .* (have|koste)|er prisen)\b/.test(said) &&
    read.lines.length > 0
  )
    return rule('price_check', 0.95);
  if (FOR_DISH.test(said) && read.lines.length === 1 && read.lines[0]!.quantity === null)
    return rule('from_recipe', 0.9);
  if (FROM_RECIPE.test(said) && read.lines.length === 1) return rule('from_recipe', 0.9);
  if (
    (STOCKED.test(said) || /^(any|got) .*\b(you|u) (carry|stock|sell|have|got)\b/.test(said)) &&
    read.lines.length > 0
  )
    return rule('search', 0.9);
  if (MORE.test(said) && read.lines.length === 1 && read.lines[0]!.quantity !== null)
    return rule(held(read, context) ? 'set_quantity' : 'add', 0.9);
  const isTurnedInto = read.lines.length > 1 && / (->|→|=>) /.test(said) && read.lines[0]!.quantity === null;
  if (isTurnedInto) return rule('replace', 0.9);
  if (!read.isBare) return relative(said, read, context);
  if (read.lines.length === 0 || ASKS.test(said)) return null;
  if (leading(said) === 'add' && !ELSE.test(said)) return rule('add', 0.93);
  const known = read.lines.filter((line) => inCart(line.name, context.cart).length > 0);
  if (/^(no|ingen|ikke noget|ikke mere) /.test(said) && known.length > 0) return rule('remove');
  const isAmount = read.lines.length === 1 && read.lines[0]!.quantity !== null && known.length === 1;
  if (isAmount && (before === null || before.intent === 'set_quantity')) return rule('set_quantity');
  if (clause.after !== 'start' && before && GOES_ON.has(before.intent) && clause.after !== 'sentence')
    return { intent: before.intent, sure: before.confidence, by: 'rule' };
  return rule('add', 0.95);
}

/** What it all comes to. */
const TOTAL =
  /\b(total|what am i at|where am i at|the damage|how much (so far|is (that|it)( all)?|am i|is everything)|(that|it) comes? to|in total|altogether|so far|i alt|totalen|bliver det|oppe på)\b(?!.*\b(order|delivery|budget|under|past|over|below|exceed)\b)/;
const PAYING =
  /^(and |then |now |so |ok |okay |also |, |let's |lets |i'll |i'm |ready to |can i |please |just |go ahead and |så |gå )*(check ?out|pay|place (the|my) order|ring (me|it) up|til kassen|betal)( (me|it|out|now|please|for|everything|all|then|with|my|the|card|order|nu|tak|thanks))*[\s.!?,]*$/;

/** "And then just check out, I'm almost there". */
const CHECKING_OUT =
  /^(and |then |now |so |ok |okay |also |, |please |just |you can |let's |i'll |i want to |og |så )*check ?out(?! (this|that|these|what|if|whether|how|some|our|your|their)\b)( |$)/;
const BACK =
  /^(please |can you |actually |oh |no |nope |nah |yes |ok |okay |wait |, )*((put|bring|add) (back (the|my|those|that|these)|(the|my|those|that|these) .{1,40} back)|(sæt|læg|tag) .{1,40} tilbage)\b/;
/** "Same as last order but …", "reorder our standing Monday order". */
const AGAIN =
  /^(ok |okay |hi |hey |so |just |please |can you |could you |i want the |the )*(re-?order|repeat|(exactly )?(the )?same (as|order as)) (?!the (cost|price)\b).*\b(order|orders|shop|list|cart|basket|last (time|week)|usual)\b|^(bestil|samme) (det samme |ordre |bestilling )?(som )?(sidst|sidste (uge|gang|ordre))\b/;
/** "From today assume organic unless I say so". */
const STANDING =
  /\b(assume|always|from (now|today|here) on|from today|from now|by default|default to|unless i say|every (order|time)|altid|fra nu af|fra i dag|medmindre)\b/;
const HOW_TO_MAKE =
  /^(so |and |ok |hey |, )*(how (do|can|would|should) (i|you|we|one) (make|cook|bake|prepare)|how to (make|cook|bake)|hvordan (laver|bager|koger) (man|jeg|vi|du)) (?!.*\b(last|keep|fresh|longer|safe)\b)/;

const held = (read: ClauseReading, { cart }: Context): boolean =>
  read.lines.some(({ name }) => inCart(name, cart).length > 0);

const IN_CART =
  /\b(in|on) (there|it|(the|my|our) (cart|basket|trolley|list|order)|kurven|listen)\b|\balready (have|got|there|in)\b/;
/** Something to read a list from, and that it shall be. */
const IMPORTED =
  /\b(pull|bring|load|import|read|upload|open|use|hent|indlæs) (it|that|this|them|these|den)\b.*\b(in|up|from|for me|ind)\b.*|\b(doc|docs|document|csv|pdf|spreadsheet|sheet|link|attachment|screenshot|google doc|regneark)\b.*\b(pull|bring|load|import|read|upload|open|use|hent|indlæs)\b/;
/** Things the household has are not wanted; one that is in the cart may go. */
const AT_HOME =
  /\b((i|we) (already |still |actually )*(own|have|got|havent)|(i|we)'ve (already |still )*got|(already|still) (own|have|got)|(jeg|vi) har (stadig|allerede)|(i'm|we're|we are|i am|im) (good|fine|ok|okay|set|sorted|all set) (on|for))\b/;
const STILL =
  /\b(good on|good for|fine on|fine for|set on|set for|sorted|ok on|ok for|okay on|stadig|allerede|already|still|own|plenty|enough|at home|in the (fridge|freezer|pantry|cupboard))\b/;
/** "We already have onions": of what the household has nothing is wanted. */
export const isOwned = (read: ClauseReading): boolean => {
  const said = read.tokens.map(({ key }) => key).join(' ');
  return AT_HOME.test(said) && STILL.test(said) && !isNeeding(said, read);
};
/** "I still have to get leeks, rice and figs": not what there is, but what is missing. */
const isNeeding = (said: string, { lines }: ClauseReading): boolean =>
  lines.length > 2 ||
  lines.some(({ quantity }) => quantity !== null) ||
  /\b(need|needs|needed|get|add|buy|grab|order|out of|run out|ran out|low on|short|missing|mangler|køb|købe|how much|price)\b/.test(
    said,
  );
function atHome(read: ClauseReading, context: Context): Decided | null {
  const said = read.tokens.map(({ key }) => key).join(' ');
  if (!STILL.test(said) || ASKS.test(said) || isNeeding(said, read)) return null;
  return held(read, context) || /\b(skip|drop|leave|forget|cancel|remove|take) (it|that|them)\b/.test(said)
    ? rule('remove', 0.92)
    : NOTHING;
}
/** So many beside what there is. */
const MORE =
  /^((please|can you|could you|and|also|ok|okay|oh|,|add|get|get me|give me|i want|i'd like|i'll take|grab|put|put in|throw in|throw|toss|stick|pop|chuck|læg|i need|we need|tilføj) )*((\d+|a|one|two|three|four|five|six|en|et|to|tre|fire) more|another|en til|endnu (en|et)|(en|et|to|tre|fire|\d+) mere)\b/;
/** Words that begin a question; courtesy ("can you", "how about") begins a wish. */
const ASKS =
  /^((and|so|but|ok|okay|hi|hey|well|oh|og|,) )*(how (?!about)|what(?! about)|what's|whats|why|when|who|whose|where|which|is |are |isn't|does |do (i|we|they|you)|did |was |were |has |have (i|we|you|they)|hvad|hvor|hvornår|hvem|hvilke|er |har )/;
const FROM_RECIPE =
  /^(get |add |buy |order |give me |please |i need |we need )*(the |all the |all |me |some )*(stuff|everything|enough|bits|makings|fixings|ingredients|things|what i need|what we need|alt|ingredienser) (i need |we need |needed |you need )?(for|to make|to cook|to bake|til) /;
/** "Vi skal have til boller i karry": what a dish needs, and no thing by that name. */
const FOR_DISH =
  /\b(skal (have|bruge|handle|købe( ind)?)|mangler|køb( ind)?|handle( ind)?) til (?!i aften|i morgen|\d)/;
/** Whether the shop has it at all. */
const STOCKED =
  /^(hi |hey |so |ok |and |, )*((check|see) (if|whether) (you|u|ye|they|y'all) (have|sell|stock|carry|got)|do (you|u|ye|y'all|they|you guys|you all) (have|sell|stock|carry|do|got)|have (you|ye) (got|any)|got any|is there any|are there any|har i|fører i|sælger i)\b(?!.*\b(on|deals?|offers?|sale|discounts?|tilbud|rabat)\b)/;

/** "Double the eggs", "less yogurt": an amount against what the cart holds. */
function relative(said: string, read: ClauseReading, context: Context): Decided | null {
  if (read.lines.length !== 1 || context.cart.length === 0) return null;
  const isHeld = inCart(read.lines[0]!.name, context.cart).length > 0;
  if (isHeld && read.lines[0]!.quantity !== null && /make it( please)?[.!]*$/.test(said)) return rule('set_quantity');
  return isHeld && /^(please |can you |)?(double|halve|triple|less|fewer|fordobl|halver|færre|mindre)\b/.test(said)
    ? rule('set_quantity')
    : null;
}

const YES = /^(yes|yep|yeah|yup|ok|okay|sure|correct|right|exactly|fine|ja|jo|jep|gerne|aye)\b/;
const NO = /^(no|nope|nah|nej|næ|don't|nix|neither|none|ingen)\b/;
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
  const whole = read.tokens.map(({ key }) => key).join(' ');
  if (CHANGING.has(intent) && ASKS.test(whole)) return false;
  if (intent === 'answer' && !context.question && /\?\s*$/.test(read.tokens.at(-1)!.text)) return false;
  const isBound = Object.keys(read.constraints).length > 0;
  if (intent === 'constrain' && !isBound && (read.lines.length > 0 || !LIMITS.test(whole))) return false;
  if (intent === 'set_quantity' && read.lines.length > 1) return false;
  if (
    OF_THINGS.has(intent) &&
    read.lines.length === 0 &&
    !pointsAt(read.tokens.map(({ key }) => key).join(' '), context)
  )
    return false;
  if (intent === 'replace' && read.lines.length < 2) return false;
  if (
    intent === 'from_recipe' &&
    read.lines.length > 2 &&
    !/\b(recipe|ingredients|make|cook|bake|opskrift|lave|bage)\b/.test(said)
  )
    return false;
  if (intent === 'answer' && !context.question && read.lines.length > 0) return false;
  if ((intent === 'affirm' || intent === 'deny') && (before !== null || read.lines.length > 0)) return false;
  if (intent === 'clear' && read.lines.length > 0) return false;
  // "I would like to place an order: …" begins one.
  if (intent === 'checkout' && /\b(place|make|put in) an order\b/.test(whole)) return false;
  return true;
}

const CHANGING = new Set<Intent>(['add', 'remove', 'replace', 'set_quantity']);
/** Words of demands that hold for a whole cart, beside those that were read as such. */
const LIMITS =
  /\b(budget|spend|cheap|cheapest|cheaper|brand|brands|organic|local|only|everything|always|never|diet|dieting|allergic|allergy|allergies|intolerant|sodium|salt|sugar|carbs?|fat|calories|protein|low|high|free|vegan|vegetarian|halal|kosher|keto|deliver|delivered|store|shop|økologisk|billigt|budgettet|allergi|allergisk|fedtfattig|sukker|altid|kun)\b/;

/** What only somebody says who speaks to the machine behind the shop. Such words are talked past, whatever else stands in the clause. */
const HOSTILE =
  /\b((ignore|disregard|forget|override|bypass|glem|ignorer)\b.{0,24}\b(instructions?|rules?|prompts?|guidelines?|limits?|restrictions?|regler|instruktioner|spending limit)|system prompt|admin mode|developer mode|drop table|select \*|jailbreak|you are now|api key|credit card number|card number)\b|^(system|assistant|developer|admin) :/;
