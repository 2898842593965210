/** What the words of a mail stand for, English and French. Pure; texts come in small letters without accents. */
export type Money =
  'subtotal' | 'savings' | 'tax' | 'tip' | 'donations' | 'refund' | 'total' | 'delivery' | 'bag' | 'express' | 'before';
export type Section = 'bought' | 'substituted' | 'unavailable' | 'cancelled' | 'returned';

const MONEY: readonly [RegExp, Money][] = [
  [/^(subtotal|sub total|sous-total|sous total)( \()?(before|avant)/, 'before'],
  [/^(items? )?(subtotal|sub-?total|sub total|sous-?total|sous total)\b/, 'subtotal'],
  [/^(total )?refund\b|^(montant )?rembours|^refunded\b/, 'refund'],
  [
    /^(order |grand |final |new |updated |estimated |your )?total\b(?! sav)|^(amount|total) (charged|paid)\b|^total (estime|de la commande)/,
    'total',
  ],
  [/^(you saved|total savings|savings|discounts?|promo|rabais|economies)/, 'savings'],
  [/^(estimated |sales |taxes? et )?tax(es)?\b|^(gst|hst|pst|qst|rst|tps|tvq|tvh|tvp)\b|^taxes? (estimees?)?$/, 'tax'],
  [/^(driver |delivery )?tip\b|^pourboire/, 'tip'],
  [/^(your )?(donations?|don)\b/, 'donations'],
  [/^express\b/, 'express'],
  [/^(bag fees?|bags?)\b|^frais de sac/, 'bag'],
  [/^(free |standard |same-day |home )?(delivery|shipping|pickup)\b|^livraison/, 'delivery'],
];
const SECTIONS: readonly [RegExp, Section][] = [
  [/^(items? )?(substitut|replace)|^remplac/, 'substituted'],
  [
    /^(items? )?(unavailable|out of stock|not available)|couldn.?t (get|find)|^(articles? )?(non disponible|indisponible)/,
    'unavailable',
  ],
  [/^(items? )?cancel|^(articles? )?annul/, 'cancelled'],
  [/^(items? )?(return|refunded)|^(articles? )?(retourn)/, 'returned'],
  [
    /^(items? )?(received|delivered|picked up|ordered|charged|your items|fulfilled|shopped)\b|^articles?( recus)?$/,
    'bought',
  ],
];

export const moneyOf = (words: string): Money | null =>
  words.length > 60 ? null : (MONEY.find(([pattern]) => pattern.test(words))?.[1] ?? null);

/** Which of Canada's taxes words begin with; null for none. */
export const namedTax = (words: string): string | null =>
  /^(gst|hst|pst|qst|rst|tps|tvq|tvh|tvp)\b/.exec(words)?.[1]?.toUpperCase() ?? null;

/** Of a heading: short, and without an amount. */
export const sectionOf = (words: string): Section | null =>
  words.length > 48 ? null : (SECTIONS.find(([pattern]) => pattern.test(words))?.[1] ?? null);

export const SUBSTITUTED = /^(was )?(substituted|replaced) (with|by)\b|^remplace par\b/;
export const REFUNDED = /^(refund(ed)?|returned|rembourse|retourne)$/;
/** Words that begin what is said to a person, or of one. */
export const PERSONAL =
  /^(hi|hello|dear|bonjour|thanks|thank you|merci|ship(ped|ping)? (to|address)|deliver(ed|y)? (to|address|instructions)|livrer? a|address|adresse|phone|contact|recipient|gate|payment|card|visa|mastercard|ending in|arrives|arriving|order(ed)? )/;
export const ESTIMATE = /\bestimat|\btemporary hold|\bestime/;
export const CANCELLED_WHOLE =
  /\border (was|has been|is|#?[\d-]{8,} (was|has been)) cancell?ed|^(re: |fwd: )?cancell?ed: order|commande (a ete )?annulee/;
export const FINAL = /\b(delivered|picked up|purchase receipt|e-?receipt|final total|your receipt|livree)\b/;
