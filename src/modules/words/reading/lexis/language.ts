import { GOODS, goodsIn, stemOf } from './lexicon.js';
import type { Token } from './tokens.js';

const DANISH = new Set(
  'og jeg vi skal kan du til på en et det den ikke også hvad hvor hvornår er der har vil gerne tak lige noget nogle tilføj fjern køb kurven listen mælk smør æg brød løg ost kød pose poser pakke pakker dåse flaske stk bundt husk mangler hej af med uden byt tøm vis slet betal koster tilbud igen ja nej fra for i'.split(
    ' ',
  ),
);
const ENGLISH = new Set(
  'the and i we need want get add some please of to my on for is are with can you remove buy order what how much cart list in a an'.split(
    ' ',
  ),
);

/** Whether words are Danish: by their own letters and small words; where they tell nothing, by the locale. */
export function looksDanish(tokens: readonly Token[], locale: string | null): boolean {
  let danish = 0;
  let english = 0;
  for (const { key, kind } of tokens) {
    if (kind !== 'word') continue;
    if (/[æøå]/.test(key)) danish += 2;
    else if (DANISH.has(key) && !SHARED.has(key)) danish++;
    if (ENGLISH.has(key) && !SHARED.has(key)) english++;
  }
  if (danish === english) return locale?.toLowerCase().startsWith('da') ?? false;
  return danish > english;
}
const SHARED = new Set(['i', 'for', 'to', 'an', 'a']);

/** Whether goods are named that only Danish has a word for. */
export function namesDanish(tokens: readonly Token[]): boolean {
  const stems = tokens.map(({ key }) => stemOf(key));
  return (
    stems.some((_, at) => GOODS().at(stems, at)?.value.language === 'da' && !goodsIn(false).at(stems, at)) ||
    tokens.some(({ key }) => /[æøå]/.test(key))
  );
}
