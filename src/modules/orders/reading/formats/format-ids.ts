/** The formats by name and how much the word of each counts: where two files tell of one order, the higher wins. */
export const RANKS = {
  'walmart-har': 70,
  'walmart-page': 65,
  'walmart-export': 50,
  'walmart-xlsx': 45,
  'walmart-csv': 40,
  'walmart-list': 38,
  'walmart-lookup': 37,
  'receipt-text': 35,
  'walmart-pdf': 30,
  'walmart-mail': 20,
  // Of other retailers, which never tell of one order together with those above.
  amazon: 60,
  'amazon-extension': 50,
  instacart: 50,
  kroger: 50,
  mealie: 10,
  kitchenowl: 10,
  grocy: 10,
} as const satisfies Record<string, number>;

export type FormatId = keyof typeof RANKS;

export const FORMAT_IDS = Object.keys(RANKS) as [FormatId, ...FormatId[]];

/** What the household itself said of an order, which no file overrules. */
export const ANSWER = 'answer';
const ANSWER_RANK = 100;

/** 0 for a format that there is no more. */
export const rankOf = (id: string): number =>
  id === ANSWER ? ANSWER_RANK : ((RANKS as Record<string, number>)[id] ?? 0);
