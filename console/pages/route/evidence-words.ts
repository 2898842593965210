import { number } from '../../kit/language/format.js';
import { words } from '../../kit/language/words.js';
import { needName } from '../../kit/planning/terms.js';
import { evidenceOf } from './evidence.js';

/** Of a gram or a millilitre nobody can tell two prices apart. */
const unitPriceOf = (cents: number, unit: string, each: string): string =>
  unit === 'each' ? `${number(cents, 1)}¢ / ${each}` : `${number(cents * 100, 1)}¢ / 100 ${unit}`;

/** By the name of its shape, or as the API tells it. */
const e = words(
  {
    words: (some: string, all: string) => `${some} of ${all} words alike`,
    without: (word: string) => `nothing said of “${word}”`,
    packs: (count: string) => `${count} packs`,
    packsOf: (count: string, size: string) => `${count} × ${size}`,
    unitPrice: (cents: string, unit: string) => unitPriceOf(Number(cents), unit, 'each'),
    priceWithin: (share: string) => `at most ${share}% dearer`,
    tooDear: (share: string) => `what is similar is over ${share}% dearer`,
    refused: (why: string, count: string) => `${count} others: ${sayOf(why)}`,
    allergen: (code: string) => `looked at for ${needName(code).toLowerCase()}`,
    diet: (code: string) => needName(code),
    unread: (word: string) => `“${word}” not understood`,
    shelf: (name: string) => `on the shelf “${name}”`,
    'name:none': 'no name alike',
    'name:vague': 'it may mean many things',
    'brand:asked': 'the brand that was asked for',
    'brand:other': 'another brand',
    'size:unknown': 'its size is not known',
    'size:untold': 'no size was said',
    'size:density-assumed': 'weighed by a usual density',
    'stock:out': 'sold out',
    'price:no-reference': 'no price to compare with',
    'label:to-be-read': 'read the label',
    'confidence:low': 'not sure',
    'line:negated': 'not wanted',
    'substitution:similar': 'similar, instead',
    'substitution:list': 'one that you named, instead',
    'substitution:list-not-found': 'none that you named',
    'substitution:none-similar': 'nothing similar',
    'substitution:never': 'nothing instead was wanted',
    'substitution:no-reference-price': 'no price to compare with',
  },
  {
    words: (some, all) => `${some} af ${all} ord ens`,
    without: (word) => `intet sagt om “${word}”`,
    packs: (count) => `${count} pakker`,
    packsOf: (count, size) => `${count} × ${size}`,
    unitPrice: (cents, unit) => unitPriceOf(Number(cents), unit, 'stk.'),
    priceWithin: (share) => `højst ${share} % dyrere`,
    tooDear: (share) => `det, der ligner, er over ${share} % dyrere`,
    refused: (why, count) => `${count} andre: ${sayOf(why)}`,
    allergen: (code) => `set efter for ${needName(code).toLowerCase()}`,
    diet: (code) => needName(code),
    unread: (word) => `“${word}” ikke forstået`,
    shelf: (name) => `på hylden “${name}”`,
    'name:none': 'intet navn ligner',
    'name:vague': 'det kan betyde meget',
    'brand:asked': 'det ønskede mærke',
    'brand:other': 'et andet mærke',
    'size:unknown': 'størrelsen er ukendt',
    'size:untold': 'ingen størrelse sagt',
    'size:density-assumed': 'vejet med en sædvanlig massefylde',
    'stock:out': 'udsolgt',
    'price:no-reference': 'ingen pris at sammenligne med',
    'label:to-be-read': 'læs på pakken',
    'confidence:low': 'ikke sikker',
    'line:negated': 'ikke ønsket',
    'substitution:similar': 'noget lignende i stedet',
    'substitution:list': 'en af dem, du nævnte, i stedet',
    'substitution:list-not-found': 'ingen af dem, du nævnte',
    'substitution:none-similar': 'intet, der ligner',
    'substitution:never': 'intet andet var ønsket',
    'substitution:no-reference-price': 'ingen pris at sammenligne med',
  },
);

/** What a piece of evidence says, in the language that is spoken; one that is not known here as it is told. */
export function sayOf(text: string): string {
  const all = e() as unknown as Readonly<Record<string, string | ((...told: readonly string[]) => string)>>;
  const known = all[text];
  if (typeof known === 'string') return known;
  const found = evidenceOf(text);
  const say = found && all[found.name];
  return typeof say === 'function' ? say(...found!.told) : text;
}
