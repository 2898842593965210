/**
 * Diets that names of foods can be held against, and how callers say them. Slaughter and preparation cannot be seen from a name: halal
 * and kosher leave out what surely breaks them (pork, alcohol, shellfish, gelatine, animal rennet) and are no certificate. Low FODMAP
 * goes by the food and not by how much of it is eaten. docs/diets.md tells callers what each covers.
 */
export const SPELLINGS = {
  vegan:
    'vegan|veganism|plant based|plant-based|vgn|vegn|vgan|strict vegetarian|vegansk|veganer|veganere|plantebaseret',
  vegetarian:
    'vegetarian|vegetarianism|veggie|veg|vego|meatless|meat free|meat-free|no meat|ovo lacto|lacto ovo|lacto ovo vegetarian|vegetar|vegetarer|vegetarisk',
  pescatarian: 'pescatarian|pescetarian|pesco vegetarian|pescatarianism|fish but no meat',
  halal: 'halal|muslim|zabiha',
  kosher: 'kosher|jewish|kosher style',
  gluten_free:
    'gluten free|gluten-free|glutenfree|gf|g.f.|g/f|gfree|no gluten|without gluten|coeliac|celiac|coeliac disease|celiac disease|coeliac safe|celiac safe|glutenfri',
  dairy_free:
    'dairy free|dairy-free|dairyfree|df|d.f.|d/f|no dairy|without dairy|non dairy|milk free|no milk|mælkefri|mejerifri',
  egg_free: 'egg free|egg-free|ef|no egg|no eggs|without eggs|eggless|ægfri',
  nut_free: 'nut free|nut-free|nutfree|no nuts|without nuts|nøddefri',
  no_pork: 'no pork|pork free|pork-free|without pork|no pig|porkless',
  no_beef: 'no beef|beef free|beef-free|without beef|hindu',
  low_fodmap: 'low fodmap|low-fodmap|lowfodmap|fodmap|fodmap free|no fodmap|fodmaps',
  no_alcohol: 'no alcohol|alcohol free|alcohol-free|without alcohol|teetotal|alkoholfri',
} as const satisfies Record<string, string>;

export type Diet = keyof typeof SPELLINGS;
export const DIETS = Object.keys(SPELLINGS) as readonly Diet[];
