import type { ClauseReading } from './clause-reading.js';
import type { Intent } from './intent-names.js';

interface Saying {
  intent: Intent;
  words: RegExp;
  /** How many things have to be named. */
  things: 'none' | 'some';
}

const ASKING = '(is|are|any|got any|have you got any|do you have any|where|which|what|who|er|har i|hvor|hvem|nogen)';
const SAYINGS: readonly Saying[] = [
  {
    intent: 'discounts_near',
    words: new RegExp(
      `^(so |and |hey |hi |, )*${ASKING}\\b.*\\b(on (sale|offer|special|discount|deal|promo(tion)?)|(deals?|offers?|discounts?|specials?|coupons?|promos?) on|på tilbud|nedsat|tilbud på)\\b`,
    ),
    things: 'some',
  },
  {
    intent: 'substitute',
    words:
      /^(so |and |, )*(kan|må|can|could|should) (jeg|man|vi|i|you|we|one) (bruge|tage|use|sub|substitute|swap in) .*\b(i stedet for|instead of|in place of|for|rather than)\b/,
    things: 'some',
  },
  {
    intent: 'status',
    words:
      /^(so |and |hey |, )*(has|is|did|when|where|where's|how far|er|har|hvor|hvornår)\b.*\b(vans?|drivers?|couriers?|riders?|truck|delivery (guy|man|person)|chauffør(en)?|bud(det)?|varevogn(en)?)\b/,
    things: 'none',
  },
  {
    intent: 'reorder',
    words:
      /^(please |can you |could you |just |ok |, )*((do|make|want|run) )?(a |the )?(repeat|rerun|copy) (of )?(my|the|our|last)\b|^(the )?(usual|same) (stuff|things|shop|bits|groceries|order|list)\b/,
    things: 'none',
  },
];

/** What is asked for by words that many say for the same, with or without things in them; null where none of them is said. */
export const bySaying = (said: string, { lines }: ClauseReading): Intent | null =>
  SAYINGS.find(({ words, things }) => words.test(said) && (things === 'none' || lines.length > 0))?.intent ?? null;
