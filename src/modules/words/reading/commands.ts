import type { Intent } from './intent-names.js';
import type { Token } from './lexis/tokens.js';

/** What the verb at the head of a clause asks for, courtesy before it left aside; null where it may be anything. */
export function leading(said: string): Intent | null {
  const text = said.replace(POLITE, '');
  return LEADS.find(([, verb]) => verb.test(text))?.[0] ?? null;
}

/** The words of courtesy and the verb at the head of a clause: of none of them a name is made. */
export function commanding(tokens: readonly Token[]): number[] {
  const said = tokens.map(({ key }) => key).join(' ');
  const polite = POLITE.exec(said)?.[0] ?? '';
  const verb = VERB.exec(said.slice(polite.length))?.[0];
  if (verb === undefined) return [];
  const length = (polite + verb).trim().split(' ').length;
  return Array.from({ length }, (_, at) => at);
}
const POLITE =
  /^((please|pls|plz|kindly|ok|okay|so|and|also|then|now|hey|hi|hello|oh|uh|um|umm|well|just|can|could|would|will|you|u|someone|we|lige|kan|vil|du|gider|hej|så|og|venligst|actually|right|yes|yeah|sure|but|,|-|–|\.\.\.|be so kind as to|go ahead and|i'd like you to|i want you to|jeg vil gerne have at du) )+/;
const REMOVING =
  'remove|delete|take|get rid of|cross off|cancel|ditch|scrap|scratch|lose|drop|skip|omit|leave out|leave off|eliminate|erase|rm|bin|nix|axe|yeet|chuck out|throw out|kick|exclude|quit|dump|subtract|fjern|slet|drop|stryg|udelad|glem';
const ADDING =
  "add|put|write|jot|chuck|pop|stick|throw|toss|bung|sling|drop in|get|grab|buy|include|throw in|toss in|put in|put down|bring|fetch|pick up|stock up on|start with|start w|i need|we need|i want|we want|i also need|we also need|i'd like|we'd like|i would like|give me|get me|tilføj|køb|bestil|læg|smid|husk|hent|jeg skal bruge|vi skal bruge|vi skal have|jeg skal have|jeg mangler|vi mangler|jeg vil gerne have|jeg vil gerne bede om";
const CHANGING =
  'increase|decrease|reduce|raise|lower|bump|double|triple|halve|change|set|update|swap|replace|exchange|substitute|trade|switch|ændr|fordobl|halver|byt|udskift|erstat';
const VERB = new RegExp(
  `^(do you (?:have|sell|stock|carry)|have you got|got any|${REMOVING}|${ADDING}|${CHANGING})(?= )(?! (beans?|foods?|milk|and)\\b)`,
);
const NUMBERED = '(\\d|a |an |one\\b|two\\b|three\\b|four\\b|five\\b|six\\b|eight\\b|ten\\b|twelve\\b|half\\b)';
const LEADS: readonly (readonly [Intent, RegExp])[] = [
  [
    'set_quantity',
    new RegExp(
      `^(drop|cut|take|knock|bring|get|put|move|up|bump) .{1,40} (up |down |back )?to (just |only )?${NUMBERED}`,
    ),
  ],
  [
    'remove',
    /^.{1,40} (can|could|should|has to|have to|needs? to) (go|come (off|out)|be (removed|dropped|cut))\b|^.{0,30}\bcome off\b/,
  ],
  [
    'replace',
    /^(get|add|give|use|have|take|make it|put|i'll have|i'd like) .* (instead of|rather than|in place of|i stedet for) /,
  ],
  [
    'remove',
    /^86 (the|all|those)\b|^(remove|delete|take (the |that |those |my |all )?.{0,40}\b(off|out|away)\b|get rid of|cross off|cancel|ditch|scrap|scratch|lose|drop|skip|omit|leave (out|off)|eliminate|erase|rm|bin|nix|axe|yeet|kick|exclude|quit|dump|subtract|(chuck|throw) out|fjern|slet|drop|stryg|udelad|spring .* over|tag .* (ud|af|væk)\b|glem)\b/,
  ],
  [
    'set_quantity',
    /^(increase|decrease|reduce|raise|lower|bump|double|triple|halve|ændr|fordobl|halver|(change|set|update|make) .* (to|down to|up to) .{0,12}$|sæt .* (op|ned) (til|på)|lav .* om til)\b/,
  ],
  ['replace', /^(swap|replace|exchange|substitute|trade|switch|byt|udskift|erstat)\b/],
  [
    'add',
    /^(put|stick|pop|chuck|throw|toss|bung|write|jot|læg|sæt|skriv) (?!.*\b(up|down|back|op|ned) (to|til)\b).*\b(in|on|onto|into|to|down|i|på|til)\b|^(add|need|i need|we need|i want|we want|i also need|we also need|get(?! rid)|grab|buy|order|include|throw in|toss in|put (in|down)|put .* in$|bring|fetch|pick up|stock up|start (with|w)|i'd like|we'd like|i would like|i'll (have|take)|give me|get me|tilføj|køb|bestil|læg|smid|husk|hent|jeg skal bruge|vi skal bruge|vi skal have|jeg skal have|jeg mangler|vi mangler|jeg vil gerne (have|bede om))\b/,
  ],
];

/** "Make the bananas 6": of what the cart holds, how many there shall be. */
export const isMade = (said: string): boolean =>
  /^(make|gør|lav) (?!it|that|them|me|us|a |an )(the |my |those |that )?.{2,30} (\d|one|two|three|four|five|six|eight|ten|twelve)/.test(
    said.replace(POLITE, ''),
  );

/** What may be done with food at home. */
export const KITCHEN_TALK =
  /^(kan|må|bør|skal) (man|jeg|vi) (godt )?.*\b(fryse|koge|stege|spise|opvarme|genopvarme|opbevare|gemme|bage)\b|^(can|should|may|do) (i|you|we|one|people) .*\b(freeze|refreeze|microwave|reheat|boil|defrost|eat raw|store)\b/;

/** What a clause asks for that is said in full by its own few words. */
export const plainly = (said: string): Intent | null =>
  PLAIN.find(([, words]) =>
    words.test(said.replace(POLITE, '').replace(/( (n|and|og|then|så)|[\s.!?,;&]+)+$/u, '')),
  )?.[0] ?? null;
const CART =
  '(cart|list|basket|trolley|order|kurv|kurven|listen|shopping list|whole thing|everything|lot|whole (cart|list|order|basket)|hele kurven)';
const PLAIN: readonly (readonly [Intent, RegExp])[] = [
  [
    'clear',
    new RegExp(
      `^(forget|scrap|scratch|cancel|drop|bin|ditch|dump|remove|delete|lose|take out|glem) ((the|my|this|our) )?(whole|entire|hele) (order|cart|list|basket|trolley|thing|lot|kurven|listen)( (and )?(start (over|again|fresh)))?$`,
    ),
  ],
  [
    'affirm',
    /^(yes|yep|yeah|yup|ja|jo|jep|correct|exactly|sounds good|that's right)( (please|tak|thanks|thank you|exactly|correct))?$/,
  ],
  ['deny', /^(no|nope|nah|nej|næ)( ,)?( (thanks|thank you|tak|never mind|nevermind|ellers tak|not really))?$/],
  [
    'checkout',
    /^(check ?out|chk ?out|chkout|check-out|check out now|checkout (now|please)|check me out|pay|pay now|place (the |my )?order|order it( all)?|til kassen|gå til kassen|betal|betal nu)( please| now| for me| tak)?$/,
  ],
  [
    'clear',
    new RegExp(
      `^(clear|empty|wipe|reset|tøm|ryd|nulstil|start over with|delete|slet) (out )?((the |my |our |hele )?${CART}|it|that|this|it all|all of it|them all|det hele)( please| out| clean| tak)?$`,
    ),
  ],
  [
    'clear',
    /^(let's |lets |let us |i want to |lad os )?(start|begin|starte|begynde) (over|again|afresh|fresh|forfra|from scratch)( please| again| tak)?$/,
  ],
  [
    'status',
    /^(is|are) (it|they|my (order|stuff|groceries|food|delivery)|the (order|groceries|delivery|driver)) (here|coming|there|close|on (its|the|their) way)( yet| now| soon)?$/,
  ],
  [
    'undo',
    /^(oops |whoops )?(undo|fortryd|(put|bring) (everything|it|that|them|it all) back|go back)( that| it| the last one| det| det sidste)?( please| tak)?$/,
  ],
  [
    'show',
    new RegExp(
      `^(show|list|ls|cat|print|view|read|vis|læs)( me| back| mig)? (the |my |our )?${CART}( back| please| tak)?$`,
    ),
  ],
];
