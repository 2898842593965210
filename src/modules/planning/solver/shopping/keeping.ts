import type { Food } from '../../../nutrition/foods.js';

/** What a kitchen has anyway: salt, dried spices, oils, flour and what is baked with. USDA's category of fresh herbs is that of spices. */
export function isStaple({ category, description, name }: Food): boolean {
  if (category === 'Spices and Herbs') return !/\b(fresh|raw)\b/i.test(description);
  if (category === 'Fats and Oils') return /\boil\b/i.test(name);
  return /\bflour$|^(baking powder|baking soda|cornstarch)$/i.test(name);
}

const KEEPS = new Set(['Cereal Grains and Pasta', 'Legumes and Legume Products', 'Nut and Seed Products', 'Sweets']);
/** Opened, moist or fresh. */
const PERISHES = /canned|tofu|tempeh|hummus|milk|fresh|raw, firm/i;

/** Whether what is left of an opened pack is as good a month later. */
export function keeps(food: Food): boolean {
  if (isStaple(food)) return true;
  if (/\bfrozen\b/i.test(food.name)) return true;
  return KEEPS.has(food.category) && !PERISHES.test(`${food.name} ${food.description}`);
}
