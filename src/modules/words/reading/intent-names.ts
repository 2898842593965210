/** What a clause asks for. */
export const INTENTS = [
  'add',
  'remove',
  'replace',
  'set_quantity',
  'clear',
  'undo',
  'show',
  'checkout',
  'search',
  'price_check',
  'price_history',
  'discounts_near',
  'substitute',
  'reorder',
  'from_recipe',
  'plan_meals',
  'constrain',
  'status',
  'import',
  'affirm',
  'deny',
  'answer',
  'out_of_scope',
] as const;
export type Intent = (typeof INTENTS)[number];
/** What a clause may be: an intent, or `none` for small talk. */
export const GUESSED = [...INTENTS, 'none'] as const;
