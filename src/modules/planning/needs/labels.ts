import { avoidedBy } from '../../../vocabulary/allergens.js';
import { dietNamed } from '../../../vocabulary/diets.js';
import type { Diet } from '../../../vocabulary/diet-names.js';
import { isBelow, substance } from '../../../vocabulary/substances.js';
import type { Notice, PlanRequest } from '../solver/plan.js';

/** What no recipe can tell and a shopper must look for on packs; the figures of foods know nothing of slaughter or traces. */
const UNSEEN: Partial<Readonly<Record<Diet, string>>> = {
  halal:
    'Halal: pork, alcohol and gelatine are left out; how meat was slaughtered no recipe tells. Buy meat, poultry and broth that are certified halal.',
  kosher:
    'Kosher: pork, shellfish and meat with milk are left out; no recipe tells how meat was slaughtered. Buy meat, cheese, wine and mixtures with a certificate.',
  gluten_free: `Gluten: foods that hold none by nature may be milled or packed beside wheat. Buy what is labelled gluten-free, above all broth, sauces, spices, flour and oats.`,
  low_fodmap:
    'Low FODMAP: foods are chosen by kind, not by how much is eaten of them; a dietitian should see the portions.',
};
/** Diets of health that avoid what an allergy does, by the substance. */
const OF_HEALTH: Partial<Readonly<Record<Diet, readonly string[]>>> = {
  dairy_free: ['milk'],
  egg_free: ['egg'],
  nut_free: ['tree_nut', 'peanut'],
};
const GLUTEN = 'gluten';

/** Labels to read for a diet or an allergy, each said once. Pure. */
export function labelNotices({ diets, allergens }: Pick<PlanRequest, 'diets' | 'allergens'>): Notice[] {
  const read = diets.flatMap((word) => dietNamed(word) ?? []);
  const avoided = [
    ...read.flatMap((diet) => OF_HEALTH[diet] ?? []),
    ...allergens.flatMap((word) => {
      const ids = avoidedBy(word);
      return ids.ok ? ids.ids : [];
    }),
  ];
  const isOfGluten = (id: string) => id === GLUTEN || isBelow(id, GLUTEN);
  const sentences = new Set(read.flatMap((diet) => UNSEEN[diet] ?? []));
  if (avoided.some(isOfGluten)) sentences.add(UNSEEN.gluten_free!);
  const isAllergy = (id: string) => !isOfGluten(id) && substance(id).kind !== 'kind';
  const others = [...new Set(avoided.filter(isAllergy))].map((id) => plainName(substance(id).english));
  if (others.length > 0)
    sentences.add(
      `Traces are not judged: for an allergy to ${others.join(', ')} read each pack for what it is made of and for "may contain".`,
    );
  return [...sentences]
    .filter((sentence) => sentence !== '')
    .map((sentence) => ({ code: 'labels', personId: null, sentence }));
}

/** "Nightshades (tomato", as the table has it. */
const plainName = (english: string): string => english.replace(/ \(.*$/, '').toLowerCase();
