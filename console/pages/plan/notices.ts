import { language } from '../../kit/language/words.js';

/** What each kind of notice is about, for Danes: the API tells the rest, with its figures and names, in English. */
const DANISH: Readonly<Record<string, string>> = {
  goal_adjusted: 'Målet er ændret, fordi det, der blev ønsket, ikke ville være sundt.',
  energy_adjusted: 'Energien er ændret til det mindste eller meste, der planlægges med.',
  targets_adjusted: 'Nogle af målene holdes ikke.',
  unknown_food: 'Et ord svarer ikke til nogen mad, der planlægges med, og blev ikke brugt.',
  dislike_read: 'Sådan blev det, ingen kan lide, forstået.',
  left_out: 'Børn under 4 år planlægges der ikke for.',
  cautions: 'Noget må ingen ret indeholde, fordi det kan være farligt for en af jer.',
  labels: 'Læs på pakkerne: det kan ingen opskrift svare på.',
  budget_least: 'Det mindste, maden kan koste.',
  budget_kept: 'Noget af det købte holder sig og tæller ikke med i budgettet.',
  protein_high: 'Der er meget protein i planen.',
  nutrient_low: 'Der er for lidt af et næringsstof i forhold til det anbefalede.',
  nutrient_unknown: 'Et næringsstof er ikke målt i maden her, så ingen ved, om der er nok.',
  meals_borrowed: 'Der er for få opskrifter til et af måltiderne, så det låner fra et andet.',
  repeats_raised: 'For få opskrifter passer, så nogle kommer igen oftere.',
  days_running: 'Den samme ret kommer to dage i træk.',
  shares_eased: 'Måltidernes andel af dagen er friere end normalt.',
  bands_eased: 'Nogle af dagens grænser er videre end normalt.',
  portions_eased: 'Nogle portioner er større eller mindre end normalt.',
  supplement_usual: 'Maden alene giver ikke nok af et næringsstof: et tilskud er det sædvanlige svar.',
  cut_short: 'Der var ikke tid til at lede længere, så dette er det bedste indtil nu.',
  staples_at_home: 'Det her regnes for at være hjemme og står ikke på listen.',
  rests_overnight: 'En ret skal hvile natten over, og planen begynder i dag.',
};

/** What a notice is about, where its sentence is in another language than the page. */
export const aboutOf = (code: string): string | undefined => (language.value === 'da' ? DANISH[code] : undefined);
