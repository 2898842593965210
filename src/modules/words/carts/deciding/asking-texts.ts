import { dictionary } from '../../../../common/dictionary.js';
import type { DoubtKind } from '../../reading/reading.js';

export type AskedIn = 'en' | 'da';

interface Texts {
  kinds: Readonly<Record<DoubtKind, (name: string) => string>>;
  unread: (name: string) => string;
  leave: string;
  drop: string;
  keep: string;
  keepAll: string;
  stay: string;
  yes: string;
  no: string;
  any: (name: string) => string;
  add: (name: string) => string;
  dropOne: (name: string) => string;
  guess: string;
  noChange: string;
  noneTaken: string;
  inCart: string;
  asRead: string;
  asWritten: string;
  usual: string;
  aKindOf: (name: string) => string;
}

/** What is asked, in the language that the words were sent in. */
export const TEXTS: Readonly<Record<AskedIn, Texts>> = {
  en: {
    kinds: {
      which_food: (name) => `Which ${name} do you mean?`,
      which_size: (name) => `Which size of ${name}?`,
      how_much: (name) => `How much ${name}?`,
      which_meant: (name) => `Which ${name} do you mean?`,
      keep_or_drop: (name) => `Shall ${name} stay in the cart?`,
      confirm: (name) => `Is “${name}” what you want?`,
    },
    unread: (name) => `What do you mean by “${name}”?`,
    leave: 'leave it out',
    drop: 'drop it',
    keep: 'keep it',
    keepAll: 'keep all',
    stay: 'leave it as it is',
    yes: 'yes',
    no: 'no',
    any: (name) => `any ${name}`,
    add: (name) => `add ${name}`,
    dropOne: (name) => `drop ${name}`,
    guess: 'nothing is bought on a guess',
    noChange: 'nothing is changed on a guess',
    noneTaken: 'nothing is taken out on a guess',
    inCart: 'it is in the cart',
    asRead: 'as it was read',
    asWritten: 'as it was written',
    usual: 'a usual amount',
    aKindOf: (name) => `a kind of ${name}`,
  },
  da: {
    kinds: {
      which_food: (name) => `Hvilken slags ${name}?`,
      which_size: (name) => `Hvilken størrelse ${name}?`,
      how_much: (name) => `Hvor meget ${name}?`,
      which_meant: (name) => `Hvilken ${name} menes der?`,
      keep_or_drop: (name) => `Skal ${name} blive i kurven?`,
      confirm: (name) => `Er det “${name}”, der ønskes?`,
    },
    unread: (name) => `Hvad menes der med “${name}”?`,
    leave: 'lad det være',
    drop: 'tag det ud',
    keep: 'behold det',
    keepAll: 'behold alt',
    stay: 'lad det være, som det er',
    yes: 'ja',
    no: 'nej',
    any: (name) => `bare ${name}`,
    add: (name) => `tilføj ${name}`,
    dropOne: (name) => `tag ${name} ud`,
    guess: 'intet købes på et gæt',
    noChange: 'intet ændres på et gæt',
    noneTaken: 'intet tages ud på et gæt',
    inCart: 'det er i kurven',
    asRead: 'som det blev læst',
    asWritten: 'som det blev skrevet',
    usual: 'en almindelig mængde',
    aKindOf: (name) => `en slags ${name}`,
  },
};

/** Why something is asked, as the reading says it; its name stands as `{}`. */
const WHY_DA = dictionary<string>({
  'a number beside it was not read': 'et tal ved siden af blev ikke læst',
  'an amount was hinted at, not said': 'en mængde blev antydet, ikke sagt',
  'either of them was said': 'den ene eller den anden blev sagt',
  'how much it shall be was not said': 'hvor meget det skal være, blev ikke sagt',
  'how much there is was never said': 'hvor meget der er, blev aldrig sagt',
  'it hangs on something that nobody knows here': 'det hænger på noget, som ingen ved her',
  'it is not sure what is to be done': 'det er ikke sikkert, hvad der skal gøres',
  'it may be what shall stay': 'det er måske det, der skal blive',
  'it was said in doubt': 'det blev sagt i tvivl',
  'no shop sells that amount': 'ingen butik sælger så meget',
  'the amount was not read for sure': 'mængden blev ikke læst med sikkerhed',
  'two amounts were said': 'to mængder blev sagt',
  'the amount may be of either of two things': 'mængden kan høre til den ene eller den anden',
  'the words beside it were not read for sure': 'ordene ved siden af blev ikke læst med sikkerhed',
  'it was named twice': 'det blev nævnt to gange',
  'what is to be done was not understood': 'hvad der skal gøres, blev ikke forstået',
  'words beside it may ask for something else': 'ord ved siden af beder måske om noget andet',
  'nothing was read in “{}”': 'intet blev læst i “{}”',
  '{} comes in sizes far apart': '{} fås i meget forskellige størrelser',
  '{} is a whole kind of goods': '{} er en hel slags varer',
  'several lines of the cart are {}': 'flere linjer i kurven er {}',
  'which {} is meant is not said': 'hvilken {} der menes, er ikke sagt',
  '“{}” was not read for sure': '“{}” blev ikke læst med sikkerhed',
});

/** The language of the locale that was sent, or of the words where none was. */
export const asksIn = (locale: string | null, spoken: AskedIn): AskedIn =>
  locale === null ? spoken : locale.startsWith('da') ? 'da' : 'en';

/** What the reading gives as the reason, in the language that is asked in; a reason that nobody translated stays as it is. */
export function whyIn(language: AskedIn, why: string, name: string): string {
  if (language === 'en') return why;
  const told = WHY_DA[why] ?? WHY_DA[name === '' ? why : why.replaceAll(name, '{}')];
  return told === undefined ? why : told.replaceAll('{}', name);
}
