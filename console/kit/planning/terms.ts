import { language, words } from '../language/words.js';

/** What plans are made of, in both languages. The API takes and tells the names on the left. */
export const DIETS = {
  vegetarian: ['Vegetarian', 'Vegetarisk'],
  vegan: ['Vegan', 'Vegansk'],
  pescatarian: ['Fish, no meat', 'Fisk, intet kød'],
  no_pork: ['No pork', 'Intet svinekød'],
  no_beef: ['No beef', 'Intet oksekød'],
  halal: ['Halal', 'Halal'],
  kosher: ['Kosher', 'Kosher'],
  no_alcohol: ['No alcohol', 'Ingen alkohol'],
  low_fodmap: ['Low FODMAP', 'Lav FODMAP'],
} as const;

export const ALLERGENS = {
  gluten: ['Gluten', 'Gluten'],
  milk: ['Milk', 'Mælk'],
  egg: ['Egg', 'Æg'],
  peanut: ['Peanut', 'Jordnød'],
  'tree nuts': ['Tree nuts', 'Nødder'],
  soy: ['Soy', 'Soja'],
  fish: ['Fish', 'Fisk'],
  shellfish: ['Shellfish', 'Skaldyr'],
  sesame: ['Sesame', 'Sesam'],
  celery: ['Celery', 'Selleri'],
  mustard: ['Mustard', 'Sennep'],
} as const;

/** To be held when they are asked for; others are held always. */
export const MICRONUTRIENTS = [
  'iron_mg',
  'calcium_mg',
  'vitamin_c_mg',
  'vitamin_d_ug',
  'vitamin_b12_ug',
  'folate_dfe_ug',
  'potassium_mg',
  'magnesium_mg',
  'zinc_mg',
  'saturated_fat_g',
] as const;

export const named = (names: readonly [string, string]): string => names[language.value === 'da' ? 1 : 0];

const n = words(
  {
    breakfast: 'Breakfast',
    morning_snack: 'Morning snack',
    lunch: 'Lunch',
    afternoon_snack: 'Afternoon snack',
    dinner: 'Dinner',
    evening_snack: 'Evening snack',
    kcal: 'Energy',
    protein_g: 'Protein',
    fat_g: 'Fat',
    carbohydrate_g: 'Carbohydrate',
    fiber_g: 'Fibre',
    sugars_g: 'Sugars',
    saturated_fat_g: 'Saturated fat',
    sodium_mg: 'Sodium',
    potassium_mg: 'Potassium',
    calcium_mg: 'Calcium',
    iron_mg: 'Iron',
    magnesium_mg: 'Magnesium',
    phosphorus_mg: 'Phosphorus',
    zinc_mg: 'Zinc',
    vitamin_a_rae_ug: 'Vitamin A',
    vitamin_c_mg: 'Vitamin C',
    vitamin_d_ug: 'Vitamin D',
    vitamin_e_mg: 'Vitamin E',
    vitamin_k_ug: 'Vitamin K',
    vitamin_b6_mg: 'Vitamin B6',
    vitamin_b12_ug: 'Vitamin B12',
    folate_dfe_ug: 'Folate',
    celery: 'celery',
    crustaceans: 'crustaceans',
    eggs: 'egg',
    fish: 'fish',
    gluten: 'gluten',
    lupin: 'lupin',
    milk: 'milk',
    molluscs: 'molluscs',
    mustard: 'mustard',
    nuts: 'nuts',
    peanuts: 'peanuts',
    sesame: 'sesame',
    soybeans: 'soy',
    sulphites: 'sulphites',
  },
  {
    breakfast: 'Morgenmad',
    morning_snack: 'Formiddag',
    lunch: 'Frokost',
    afternoon_snack: 'Eftermiddag',
    dinner: 'Aftensmad',
    evening_snack: 'Aften',
    kcal: 'Energi',
    protein_g: 'Protein',
    fat_g: 'Fedt',
    carbohydrate_g: 'Kulhydrat',
    fiber_g: 'Kostfibre',
    sugars_g: 'Sukkerarter',
    saturated_fat_g: 'Mættet fedt',
    sodium_mg: 'Natrium',
    potassium_mg: 'Kalium',
    calcium_mg: 'Calcium',
    iron_mg: 'Jern',
    magnesium_mg: 'Magnesium',
    phosphorus_mg: 'Fosfor',
    zinc_mg: 'Zink',
    vitamin_a_rae_ug: 'A-vitamin',
    vitamin_c_mg: 'C-vitamin',
    vitamin_d_ug: 'D-vitamin',
    vitamin_e_mg: 'E-vitamin',
    vitamin_k_ug: 'K-vitamin',
    vitamin_b6_mg: 'B6-vitamin',
    vitamin_b12_ug: 'B12-vitamin',
    folate_dfe_ug: 'Folat',
    celery: 'selleri',
    crustaceans: 'krebsdyr',
    eggs: 'æg',
    fish: 'fisk',
    gluten: 'gluten',
    lupin: 'lupin',
    milk: 'mælk',
    molluscs: 'bløddyr',
    mustard: 'sennep',
    nuts: 'nødder',
    peanuts: 'jordnødder',
    sesame: 'sesam',
    soybeans: 'soja',
    sulphites: 'sulfitter',
  },
);

/** A diet or an allergen by a code of the vocabulary, `tree_nut`. */
export function needName(code: string): string {
  const plain = code.replaceAll('_', ' ');
  const all: Readonly<Record<string, readonly [string, string]>> = { ...ALLERGENS, ...DIETS };
  const found = all[code] ?? all[plain] ?? all[`${plain}s`];
  return found ? named(found) : nameOf(code);
}

const UNIT = /_(g|mg|ug)$/;

/** A meal of the day, a nutrient or what a pack is said to hold, as people call it; one that has no name here in plain letters. */
export function nameOf(code: string): string {
  const known = (n() as Record<string, string>)[code];
  return known ?? code.replace(/_(rae|dfe)?_?(g|mg|ug)$/, '').replaceAll('_', ' ');
}

export const unitOf = (nutrient: string): string => (UNIT.exec(nutrient)?.[1] ?? 'kcal').replace('ug', 'µg');
