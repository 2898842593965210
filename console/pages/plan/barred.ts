import type { Plan } from '../../../sdk/client.js';
import { list } from '../../kit/language/format.js';
import { language } from '../../kit/language/words.js';
import { dateName } from '../../kit/planning/figures.js';
import { nameOf } from '../../kit/planning/terms.js';

type Clash = Plan['clashes'][number];
type Miss = NonNullable<Plan['closest']>['misses'][number];

/** What stands in the way of a plan, in the language that is spoken: the API says it in English, and tells by codes what clashes. */
export function clashIn(clash: Clash): string {
  if (language.value === 'en') return clash.sentence;
  const { between, date, isProven } = clash;
  const names = between.filter((one) => one !== 'budget' && one !== 'repeats').map((one) => nameOf(one).toLowerCase());
  const ofMoney = between.includes('budget');
  const ofRepeats = between.includes('repeats');
  if (between.length === 0)
    return 'Der er for få opskrifter tilbage efter alt, hvad der skal undgås, og inden for tiden til at lave maden.';
  if (ofRepeats)
    return ofMoney
      ? 'Med så få gentagelser er der ingen plan inden for budgettet, der holder målene.'
      : 'Med så få gentagelser er der for få dage, der holder målene.';
  if (ofMoney)
    return isProven
      ? 'Ingen plan, der holder målene, kan laves for så lidt, selv efter vægt af de billigste pakker.'
      : 'Der blev ikke fundet en plan, hvor hele pakker koster så lidt.';
  if (date !== null) return `Der blev ikke fundet måltider til ${dateName(date)}, der også holder ${list(names)}.`;
  return isProven
    ? `Ingen af de opskrifter, der er tilbage, kan i portioner, som nogen ville spise, holde dette på én dag: ${list(names)}.`
    : `Der blev ikke fundet en dag, der holder målene; den nærmeste rammer ikke ${list(names)}.`;
}

const RULES: Readonly<Record<Miss['rule'], string>> = {
  date: 'En dag mangler.',
  slot: 'Et måltid passer ikke til sin plads på dagen.',
  recipe: 'En opskrift findes ikke.',
  allergen: 'Et måltid har noget i sig, der skal undgås.',
  diet: 'Et måltid passer ikke til kosten.',
  dislike: 'Et måltid har noget i sig, som ingen kan lide.',
  caution: 'Et måltid er ikke for alle ved bordet.',
  time: 'Et måltid tager for lang tid.',
  stock: 'Et måltid har noget i sig, som ingen butik har.',
  portion: 'En portion er større eller mindre, end nogen spiser.',
  share: 'Et måltid er en større eller mindre del af dagen end normalt.',
  repeat: 'En ret kommer for ofte.',
  band: 'Et næringsstof er uden for det, dagen skal give.',
  budget: 'Listen koster mere end budgettet.',
};

/** What a plan misses, in Danish; nothing where English is spoken, which the API tells with its figures. */
export const missIn = ({ rule }: Miss): string | undefined => (language.value === 'da' ? RULES[rule] : undefined);
