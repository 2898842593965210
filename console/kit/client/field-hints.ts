import { language } from '../language/words.js';

/** What each field takes, for Danes; `word`: what of it the API names, as it was typed. */
const DANISH: readonly [pointer: RegExp, hint: string | ((word: string) => string)][] = [
  [/^\/people\/\d+\/ageYears/, 'Alderen må være fra 4 til 120 år: mindre børn skal have anden mad.'],
  [/^\/people\/\d+\/heightCm/, 'Højden må være fra 80 til 250 cm.'],
  [/^\/people\/\d+\/weightKg/, 'Vægten må være fra 10 til 350 kg og skal passe til højden.'],
  [/^\/people\/\d+\/id/, 'Hver skal have et navn for sig, som ikke er for langt.'],
  [/^\/people\/\d+\/expecting/, 'Der er ingen mål for det køn og den alder: spørg en fagperson.'],
  [/^\/people\/\d+\/targets/, 'Et mål for et næringsstof kan ikke holdes, som det er.'],
  [/^\/people/, 'De, der spiser med, kan ikke planlægges for, som det er udfyldt.'],
  [/^\/allergens/, (word) => `${word} er ikke noget, som maden kan undersøges for.`],
  [/^\/diets/, (word) => `${word} er ikke en kost, der kendes her.`],
  [/^\/dislikes/, (word) => `${word} kan ikke bruges, som det er skrevet.`],
  [/^\/budgetCents/, 'Skriv et beløb, der er mere end 0, eller lad feltet være tomt.'],
  [/^\/maxMinutes/, 'Skriv et helt antal minutter fra 5 til 600, eller lad feltet være tomt.'],
  [/^\/clearances/, 'Skriv et dansk postnummer eller en adresse, der findes.'],
  [/^(\/route)?\/shippingAddress/, 'Adressen er ikke udfyldt, så butikkerne kan bruge den.'],
  [/^\/url/, 'Skriv en adresse, der begynder med https:// og kan nås udefra.'],
  [/^\/text/, 'Teksten kan ikke bruges, som den er: den er tom eller for lang.'],
  [/^\/why/, 'Skriv, hvorfor.'],
];

const QUOTED = /["“](.+?)["”]/;

/** What is wrong with a field, in the language that is spoken; in the API’s English where nothing is known here of the field. */
export function hintOf({ pointer, detail }: { pointer: string; detail: string }): { said: string; lang?: 'en' } {
  if (language.value === 'en') return { said: detail };
  const hint = DANISH.find(([of]) => of.test(pointer))?.[1];
  if (hint === undefined) return { said: detail, lang: 'en' };
  const [, word] = QUOTED.exec(detail) ?? [];
  return { said: typeof hint === 'string' ? hint : hint(word === undefined ? 'Det' : `“${word}”`) };
}
