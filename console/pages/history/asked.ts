import type { Import } from '../../../sdk/client.js';
import { language } from '../../kit/language/words.js';

type Question = NonNullable<Import['outcome']>['questions'][number];

/** What each kind of question asks, for Danes: the API tells lines, names and figures of it in English. */
const DANISH: Readonly<Record<string, string>> = {
  prices_unknown: 'For nogle af linjerne blev ingen pris forstået.',
  dates_unknown: 'For nogle af ordrerne blev ingen dato forstået.',
  encoding_mixed: 'Filen er skrevet med flere slags tegn, så noget kan være læst forkert.',
  number_too_large: 'Nogle tal er større end noget beløb og blev udeladt.',
  line_not_product: 'Nogle linjer koster andet end antal gange pris. De er gemt, som de er oplyst.',
  day_in_future: 'Nogle ordrer er fra en dag, der ikke er kommet endnu, og er gemt sådan.',
  lines_over_total: 'Linjerne i nogle ordrer koster mere end hele ordren.',
  sender_unknown: 'Brevet er ikke fra en butik, der kendes her.',
  shop_unknown: 'Det fremgår ikke, hvilken butik kvitteringen er fra.',
  day_unclear: 'Det fremgår ikke sikkert, hvilken dag kvitteringen er fra.',
  number_missing: 'Noget af det nævner ingen ordre og gemmes, til en fil kommer med den.',
  nothing_found: 'Der blev ikke fundet noget i filen.',
  carts_cut: 'Listerne er på mere end 1.000 linjer; resten blev udeladt. Send dem i en fil for sig.',
};

/** In Danish; undefined where English is spoken, or for a kind that is not known here. */
export function questionIn(code: string, about: Question['about']): string | undefined {
  if (language.value === 'en') return undefined;
  if (about) return `Om ordre ${about.number} er der oplyst noget forskelligt. Det første gælder, til du vælger:`;
  return DANISH[code];
}
