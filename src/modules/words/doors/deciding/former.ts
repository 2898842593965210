import type { Action, Reading } from '../../reading/reading.js';
import type { FormerIntent, ProcessedText, ReadEntities } from '../nlp-doors.dto.js';

const FORMER: Readonly<Partial<Record<Action['intent'], FormerIntent>>> = {
  add: 'add_items',
  reorder: 'add_items',
  from_recipe: 'add_items',
  remove: 'remove_items',
  show: 'view_cart',
  clear: 'clear_cart',
  checkout: 'checkout',
  price_check: 'check_price',
  price_history: 'check_price',
  search: 'search_products',
  discounts_near: 'search_products',
};

export const formerIntent = (action: Action | undefined): FormerIntent =>
  (action && FORMER[action.intent]) ?? 'unknown';

const linesOf = ({ actions }: Reading) => actions.flatMap(({ lines }) => lines);

/** A reading in the words of the former service: its first action, and all things. Pure. */
export function processed(
  reading: Reading,
): Pick<ProcessedText, 'success' | 'intent' | 'confidence' | 'items' | 'quantities' | 'action' | 'products'> {
  const [first] = reading.actions;
  const intent = formerIntent(first);
  const lines = linesOf(reading);
  return {
    success: intent !== 'unknown',
    intent,
    confidence: first?.confidence ?? 0,
    items: lines.map(({ name }) => name),
    quantities: lines.map(({ quantity }) => quantity),
    action: first?.intent ?? 'unknown',
    products: [],
  };
}

const ENTITIES = [
  ['name', 'product'],
  ['quantity', 'quantity'],
  ['unit', 'unit'],
] as const;

export function entitiesOf(text: string, reading: Reading): Pick<ReadEntities, 'entities' | 'intent' | 'normalized'> {
  const lines = linesOf(reading);
  const entities = lines.flatMap(({ fields }) =>
    ENTITIES.flatMap(([field, type]) => {
      const found = fields[field];
      return found
        ? [
            {
              type,
              value: text.slice(...found.span),
              confidence: found.confidence,
              startIndex: found.span[0],
              endIndex: found.span[1],
            },
          ]
        : [];
    }),
  );
  return {
    entities,
    intent: { action: formerIntent(reading.actions[0]), confidence: reading.actions[0]?.confidence ?? 0 },
    normalized: { products: lines.map(({ name, quantity, unit }) => ({ name, quantity, unit })) },
  };
}
