import { Phrases } from '../../../../vocabulary/phrases.js';
import { once } from '../../../../vocabulary/tables.js';
import { tokensOf } from './tokens.js';

/** Words that begin a clause of their own. `strong` ones do so in the middle of another, too. */
const BEGINNINGS: readonly (readonly ['strong' | 'weak', string])[] = [
  [
    'strong',
    'add|remove|delete|swap|replace|undo|check out|checkout|chkout|chk out|check-out|take off|take out|get rid of|cross off|substitute|reorder|tilføj|fjern|slet|byt|fortryd|tøm',
  ],
  [
    'strong',
    "what's the total|how much is|how much are|how's the total|show me|read me|where's my order|wheres my order|where is my order|and then|clear the|empty the|rm",
  ],
  [
    'strong',
    "what am i at|where am i at|what's my total|whats my total|tell me the total|give me the total|say me the total|what's the damage|how much so far|how much is that|how much am i|total please|what does that come to|what's that come to|read it back|read them back|show the list|show my cart|show the cart|and pay|then pay|let's check out|lets check out|ready to pay|place the order|place my order|ring me up|ring it up|hvad bliver det|hvad er totalen|hvad er vi oppe på|til kassen|gå til kassen",
  ],
  [
    'strong',
    "if so|if not|if they do|if they are|if they don't|if it is|if it isn't|either way|hvis ja|hvis ikke|i need|we need|i want|we want|i also need|can you|could you|can i add|can i get|can we add|can we get|could i get|could i add|would you|jeg vil gerne|vi skal|kan du|please add|please remove|check if|check whether|see if|see whether|what do i have|it must be|it has to be|it needs to be|must be here|hvad koster|vis kurven",
  ],
  [
    'weak',
    'start with|start w|bump|raise|lower|reduce|halve|triple|yeet|chuck|start fresh|start over|lets start|but i|but we|i already|we already|i still have|we still have|we still got|i still got|already have|already got|get|grab|put|buy|order|throw|toss|include|drop|cancel|lose|ditch|scrap|scratch|skip|bin|leave out|take|give|bring|pick up|stick|pop|forget|keep|make|change|set|increase|decrease|double',
  ],
  [
    'weak',
    "show|read|tell|what's|whats|what|how|hows|how's|where|wheres|when|is|are|do|does|did|will|which|who|why|price|total|pay|place|send|find|search|import|plan|remind|confirm|track",
  ],
  [
    'weak',
    "don't|dont|no more|have no more|never mind|i'd take|i'll take|i was thinking|nvm|i'd|i'll|i'm|we're|let's|lets|start|stop|also get|also add|also|go|book|call|play|tell",
  ],
  [
    'weak',
    'læg|køb|bestil|smid|sæt|tag|glem|husk|drop|vis|læs|hvad|hvor|hvornår|er der|har i|lav|ret|ændr|betal|til kassen|hent|find|så vil jeg|ring',
  ],
];

export const BEGIN = once(
  () =>
    new Phrases(
      BEGINNINGS.flatMap(([strength, all]) =>
        all.split('|').map((phrase) => [tokensOf(phrase).map(({ key }) => key), strength] as const),
      ),
    ),
);

/** What withdraws the words before it and puts those behind in their place. */
const CORRECTING =
  'no|nope|no no|no wait|wait no|wait|no sorry|sorry|sorry no|scratch that|strike that|make that|make it|i mean|i meant|i said|actually|actually no|no actually|or rather|rather|correction|oh no|no make that|wait no make that|jk|just kidding|no make it|hold on|hmm|oh pardon me|pardon|excuse me|no i mean|no sorry i mean|nej|nej vent|vent|nej undskyld|undskyld|eller rettere|rettere sagt|jeg mener|nej jeg mener|jeg mente|nej jeg mente|sry|sry no|ay no|nah|yeah nah|nah wait|nah make that|not';
/** Withdraw only an amount: alone they are small talk. */
const MILD = new Set([
  'hmm',
  'sorry',
  'sry',
  'rather',
  'actually',
  'undskyld',
  'i said',
  'pardon',
  'excuse me',
  'hold on',
  'not',
  'make it',
  'no',
  'nah',
]);

export const CORRECT = once(
  () =>
    new Phrases(
      CORRECTING.split('|').map(
        (phrase) => [phrase.split(' '), MILD.has(phrase) ? ('mild' as const) : ('plain' as const)] as const,
      ),
    ),
);

/** Who speaks of another shop than ours. Names of retailers, which set where to buy. */
export const STORE_NAMES =
  "walmart|target|kroger|costco|aldi|lidl|tesco|asda|sainsbury's|sainsburys|waitrose|morrisons|trader joe's|trader joes|tj's|whole foods|safeway|publix|netto|føtex|bilka|rema 1000|rema|coop|superbrugsen|brugsen|meny|spar|instacart|h-e-b|heb|coles|woolworths|loblaws|iceland|co-op|marks & spencer|m&s|albertsons|meijer|wegmans|dollar general|sam's club|365discount|kvickly|irma|løvbjerg|nemlig|amazon fresh|stop & shop|food lion|giant|winco|sprouts|no frills|sobeys|metro".split(
    '|',
  );
export const STORES = once(
  () => new Phrases(STORE_NAMES.map((name) => [tokensOf(name).map(({ key }) => key), name] as const)),
);
