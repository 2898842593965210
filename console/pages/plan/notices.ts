import type { Plan } from '../../../sdk/client.js';
import { foreign } from '../../kit/language/foreign.js';
import { list, money, number } from '../../kit/language/format.js';
import { language } from '../../kit/language/words.js';
import { measured } from '../../kit/planning/figures.js';
import { needName, nameOf } from '../../kit/planning/terms.js';

type Notice = Plan['notices'][number];
type Saying = NonNullable<Notice['saying']>;

const foods = (names: readonly string[]): string => list(names.map(foreign));
const kept = (why: string): string => `Målet er ændret til at holde vægten: ${why}.`;
const lower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
const EXPECTING: Readonly<Record<string, string>> = { pregnant: 'gravide', lactating: 'ammende' };
const KINDS: Readonly<Record<string, string>> = {
  breakfast: 'morgenmad',
  lunch: 'frokost',
  dinner: 'aftensmad',
  snack: 'mellemmåltider',
};

/** What the API says in English of each of its sentences, for Danes. */
const DANISH = {
  goal_expecting: ({ expecting }: { expecting: string }) =>
    kept(`der planlægges ingen ændring af vægten for ${EXPECTING[expecting] ?? 'jer'}`),
  goal_growing: () => kept('der planlægges ingen ændring af vægten for dem, der stadig vokser'),
  goal_light: () => kept('vægten er allerede lav i forhold til højden'),
  energy_raised: ({ kcal }: { kcal: number }) =>
    `Energien er hævet til ${number(kcal)} kcal: der planlægges ikke med mindre.`,
  energy_cut: ({ kcal }: { kcal: number }) =>
    `Energien er sænket til ${number(kcal)} kcal: der planlægges ikke med mere.`,
  no_reference: ({ nutrient }: { nutrient: string }) =>
    `Der er intet anbefalet indtag af ${lower(nameOf(nutrient))}, så det holdes ikke.`,
  shares_open: () =>
    'Et af de ønskede energigivende næringsstoffer ligger uden for sin sædvanlige del af energien, så de andres dele er frie.',
  allergen_unused: ({ word }: { word: string }) => `“${word}” er ikke i noget af den mad, der planlægges med.`,
  dislike_unused: ({ word, like }: { word: string; like: string | null }) =>
    `“${word}” er ikke i nogen af opskrifterne.${like === null ? '' : ` Mente du “${foreign(like)}”?`}`,
  pantry_unknown: ({ word }: { word: string }) =>
    `“${word}” blandt det, I har hjemme, er ikke mad, der kendes her, så det planlægges der ikke med.`,
  dislike_read: ({ word, foods: names, count, isTitled }: Read) => {
    const more = count > names.length ? ` og ${number(count - names.length)} til` : '';
    const what = count > 0 ? `${foods(names)}${more}` : 'retter af det navn';
    return `“${word}” blev forstået som ${what}${count > 0 && isTitled ? ' og retter af det navn' : ''}: det er i ingen af måltiderne.`;
  },
  left_out: () =>
    'Børn under 4 år planlægges der ikke for: de skal have anden mad i andre portioner. Alle tal er for de andre ved bordet.',
  caution_pregnancy: () =>
    'For en gravid er der i ingen ret rå eller røget fisk, rå æg, pålæg af kød, fisk med meget kviksølv, noget upasteuriseret eller alkohol.',
  caution_choking: () =>
    'Børn under 5 år får let noget galt i halsen: ingen ret har hele nødder, hele vindruer eller lignende.',
  label_halal: () =>
    'Halal: svinekød, alkohol og gelatine er udeladt; hvordan kødet er slagtet, fortæller ingen opskrift. Køb kød, fjerkræ og bouillon, der er mærket halal.',
  label_kosher: () =>
    'Kosher: svinekød, skaldyr og kød sammen med mælk er udeladt; hvordan kødet er slagtet, fortæller ingen opskrift. Køb kød, ost, vin og blandinger med certifikat.',
  label_gluten: () =>
    'Gluten: mad, der af natur er uden, kan være malet eller pakket ved siden af hvede. Køb det, der er mærket glutenfrit, især bouillon, saucer, krydderier, mel og havre.',
  label_fodmap: () =>
    'Lav FODMAP: maden er valgt efter, hvad den er, og ikke efter, hvor meget der spises af den; lad en diætist se portionerne.',
  label_traces: ({ substances }: { substances: readonly string[] }) =>
    `Spor vurderes ikke: ved allergi over for ${list(substances.map((id) => lower(needName(id))))} må hver pakke læses: både hvad den er lavet af, og hvad den “kan indeholde spor af”.`,
  budget_least: ({ costCents, isOnlyTooDear, staplesCents, leftoversCents, currency }: Least) =>
    [
      `${isOnlyTooDear ? 'Det billigste, der blev fundet, koster' : 'Den nærmeste plan, der blev fundet, holder heller ikke andre mål og koster'} ${money(costCents, currency)} i hele pakker; ingen har vist, at der ikke findes noget billigere.`,
      ...(staplesCents === null
        ? []
        : [
            `${money(staplesCents, currency)} af det er for salt, olie, krydderier og mel, som kan regnes for at være hjemme.`,
          ]),
      ...(leftoversCents === null
        ? []
        : [`${money(leftoversCents, currency)} af det er for rester, der holder sig, og som kan trækkes fra.`]),
    ].join(' '),
  budget_kept: ({ totalCents, keptCents, countedCents, budgetCents, currency }: Kept) =>
    `Listen koster ${money(totalCents, currency)}; ${money(keptCents, currency)} af det bliver til overs og holder sig, så ${money(countedCents, currency)} tæller med i budgettet på ${money(budgetCents, currency)}.`,
  protein_high: ({ grams, perKg, recommendedPerKg, expecting }: Protein) =>
    `Der er ${number(grams)} g protein om dagen, ${number(perKg, 1)} g pr. kg kropsvægt, og ${number(recommendedPerKg, 2)} g anbefales${expecting === null ? '' : ` til ${EXPECTING[expecting]}`} (RDA, IOM 2005): den, der har en nyresygdom, bør spørge en fagperson først.`,
  nutrient_low: ({ nutrient, percent, isLeast, answer }: Low) =>
    answer === 'unmeasured'
      ? `${nameOf(nutrient)} er ikke målt i noget af maden her, og resten har intet: bed om mad, hvor det kendes, eller tag et tilskud.`
      : `${nameOf(nutrient)} når ${isLeast ? 'mindst ' : ''}${number(percent)} % af det anbefalede om dagen: ${ANSWERS[answer]}.`,
  iodine_unknown: () =>
    'Jod er ikke målt i maden her, så ingen ved, om der er nok i planen: det kommer som regel fra jodberiget salt, fisk og mælk.',
  meals_borrowed: ({ count, slot, isRested, from }: Borrowed) =>
    `${count === 0 ? 'Ingen opskrifter er' : count === 1 ? 'Kun én opskrift er' : `Kun ${number(count)} opskrifter er`} tilbage til ${lower(nameOf(slot))}${isRested ? ' uden at skulle hvile natten over' : ''}, så der tages også af dem til ${KINDS[from] ?? nameOf(from)}.`,
  repeats_raised: ({ usual, times }: { usual: number; times: number }) =>
    `For få opskrifter passer, til at ingen kommer mere end ${number(usual)} gange om ugen: nogle kommer op til ${number(times)} gange.`,
  days_running: () => 'For få opskrifter passer, til at ingen kommer to dage i træk: nogle kommer igen den næste dag.',
  shares_eased: () =>
    'Nogle af hovedmåltiderne er en større eller mindre del af dagen end normalt: intet andet passer.',
  bands_eased: ({ nutrient, min, usualMin, max, usualMax }: Eased) => {
    const ends = [
      ...(min === null || usualMin === null
        ? []
        : [`mindst ${measured(min, nutrient)} i stedet for ${measured(usualMin, nutrient)}`]),
      ...(max === null || usualMax === null
        ? []
        : [`højst ${measured(max, nutrient)} i stedet for ${measured(usualMax, nutrient)}`]),
    ];
    return `Ingen har ønsket noget om ${lower(nameOf(nutrient))}, og med det vejledende passer intet: der holdes ${ends.join(' og ')}.`;
  },
  portions_eased: () =>
    'Nogle portioner er under halvdelen af eller over 170 % af det, der normalt serveres: intet andet passer.',
  supplement_usual: ({ nutrient }: { nutrient: string }) =>
    `Der er ikke nok ${lower(nameOf(nutrient))} i maden her: et tilskud er det sædvanlige svar. Planlæg uden, og spørg en fagperson.`,
  cut_short: () =>
    'Der var ikke tid til at lede længere, så dette er det bedste indtil nu: det samme ønske kan give mere en anden gang.',
  staples_at_home: ({ foods: names }: { foods: readonly string[] }) =>
    `Det her regnes for at være hjemme og står ikke på listen: ${foods(names)}.`,
  rests_overnight: ({ title }: { title: string }) =>
    `${foreign(title)} skal hvile natten over, og planen begynder i dag: byt retten, eller begynd en dag senere.`,
} satisfies Record<Saying, (facts: never) => string>;

const ANSWERS = {
  none: 'det er ikke i maden her, og et tilskud eller beriget mad er det sædvanlige svar',
  little: 'der er lidt af det i maden her, og et tilskud eller beriget mad er det sædvanlige svar',
  hold: 'vælg det under “Flere ønsker”, så holdes det',
};
interface Read {
  word: string;
  foods: readonly string[];
  count: number;
  isTitled: boolean;
}
interface Least {
  costCents: number;
  isOnlyTooDear: boolean;
  staplesCents: number | null;
  leftoversCents: number | null;
  currency: string;
}
interface Kept {
  totalCents: number;
  keptCents: number;
  countedCents: number;
  budgetCents: number;
  currency: string;
}
interface Protein {
  grams: number;
  perKg: number;
  recommendedPerKg: number;
  expecting: string | null;
}
interface Low {
  nutrient: string;
  percent: number;
  isLeast: boolean;
  answer: 'unmeasured' | keyof typeof ANSWERS;
}
interface Borrowed {
  count: number;
  slot: string;
  isRested: boolean;
  from: string;
}
interface Eased {
  nutrient: string;
  min: number | null;
  usualMin: number | null;
  max: number | null;
  usualMax: number | null;
}

/** What is said, in the language that is spoken; in the API’s English where it is of a plan that does not tell what it is made of. */
export function noticeIn({ saying, facts, sentence }: Notice): { text: string; lang?: 'en' } {
  if (language.value === 'en') return { text: sentence };
  if (saying === undefined) return { text: sentence, lang: 'en' };
  return { text: (DANISH[saying] as (facts: Notice['facts']) => string)(facts) };
}
