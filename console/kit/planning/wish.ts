import type { CreatePlan, ShippingAddress } from '../../../sdk/client.js';
import { placeNamed } from './place.js';

/** What the form holds. Figures are as they were typed. */
export interface Wish {
  people: readonly Eater[];
  begins: 'today' | 'tomorrow';
  days: number;
  mealsPerDay: number;
  diets: readonly string[];
  allergens: readonly string[];
  /** Others, with commas. */
  moreAllergens: string;
  dislikes: string;
  micronutrients: readonly Micronutrient[];
  maxMinutes: string;
  currency: 'USD' | 'DKK';
  budget: string;
  /** Of a plan that is to be found again; of any, where it is not told. */
  seed?: number | undefined;
  pantryStaples: boolean;
  countLeftovers: boolean;
  /** Whether shops are asked for the cart. */
  isRouted: boolean;
  /** What is to be bought of what shops clear, of prices in kroner; nothing where no place is named. */
  clearing: Clearing;
}

export interface Clearing {
  /** A Danish postal code, an address with one, or a point. */
  near: string;
  radiusKm: number;
  maxStops: number;
  /** What a km of the way costs; empty: what is usual. */
  perKm: string;
  freeze: boolean;
  /** None: any. */
  chains: readonly string[];
}

export interface Eater {
  /** Of its row, while names change. */
  key: number;
  name: string;
  sex: 'female' | 'male';
  ageYears: string;
  /** Empty: as usual at that age. */
  heightCm: string;
  weightKg: string;
  activity: NonNullable<Person['activity']>;
  goal: NonNullable<Person['goal']>;
}

type Person = NonNullable<CreatePlan['people']>[number];
type Micronutrient = NonNullable<CreatePlan['micronutrients']>[number];

export const MAX_PEOPLE = 12;

/** The next of `people`: a grown-up who is not there yet. */
export function another(people: readonly Eater[], name: string): Eater {
  const last = people.at(-1);
  return {
    key: Math.max(0, ...people.map(({ key }) => key)) + 1,
    name,
    sex: last?.sex === 'female' ? 'male' : 'female',
    ageYears: '35',
    heightCm: '',
    weightKg: '',
    activity: 'low_active',
    goal: 'maintain',
  };
}

export const FRESH: Wish = {
  people: [],
  begins: 'today',
  days: 3,
  mealsPerDay: 3,
  diets: [],
  allergens: [],
  moreAllergens: '',
  dislikes: '',
  micronutrients: [],
  maxMinutes: '',
  currency: 'USD',
  budget: '',
  pantryStaples: true,
  countLeftovers: false,
  isRouted: true,
  clearing: { near: '', radiusKm: 5, maxStops: 2, perKm: '', freeze: false, chains: [] },
};

/** Reference heights and weights of the Dietary Reference Intakes (IOM 2005, table 1-1): up to an age, in centimetres and kilograms. */
const SIZES: readonly [upTo: number, female: readonly [number, number], male: readonly [number, number]][] = [
  [8, [115, 20], [115, 20]],
  [13, [144, 37], [144, 36]],
  [18, [163, 54], [174, 61]],
  [Infinity, [163, 57], [177, 70]],
];

/** What is usual for somebody of that age, for who does not tell. */
export function usualSize(ageYears: number, sex: Eater['sex']): { heightCm: number; weightKg: number } {
  const [, female, male] = SIZES.find(([upTo]) => ageYears < upTo + 1) ?? SIZES.at(-1)!;
  const [heightCm, weightKg] = sex === 'female' ? female : male;
  return { heightCm, weightKg };
}

interface Around {
  address: ShippingAddress;
  language: 'en' | 'da';
  timezone: string;
  nowMs: number;
}

/** The wish as the API takes it. What is left empty is not said, so that what is usual holds. */
export function bodyOf(wish: Wish, { address, language, timezone, nowMs }: Around): CreatePlan {
  const allergens = [...wish.allergens, ...listed(wish.moreAllergens)];
  const dislikes = listed(wish.dislikes);
  const budgetCents = centsOf(wish.budget);
  const minutes = figure(wish.maxMinutes);
  const isDanish = wish.currency === 'DKK';
  return {
    people: wish.people.map(personOf),
    days: wish.days,
    ...(wish.begins === 'tomorrow' ? { startsOn: dayIn(timezone, nowMs + DAY_MS) } : {}),
    mealsPerDay: wish.mealsPerDay,
    ...(wish.diets.length > 0 ? { diets: [...wish.diets] } : {}),
    ...(allergens.length > 0 ? { allergens } : {}),
    ...(dislikes.length > 0 ? { dislikes } : {}),
    ...(wish.micronutrients.length > 0 ? { micronutrients: [...wish.micronutrients] } : {}),
    ...(minutes === null ? {} : { maxMinutes: minutes }),
    ...(budgetCents === null ? {} : { budgetCents }),
    ...(wish.seed === undefined ? {} : { seed: wish.seed }),
    pantryStaples: wish.pantryStaples,
    countLeftovers: wish.countLeftovers,
    timezone,
    currency: wish.currency,
    ...(isDanish && wish.clearing.near.trim() !== '' ? { clearances: clearancesOf(wish.clearing, language) } : {}),
    ...(!isDanish && wish.isRouted ? { route: { shippingAddress: address } } : {}),
    reference: 'console',
  };
}

const DAY_MS = 86_400_000;
/** “2026-11-29”, by the calendar there. */
const dayIn = (timeZone: string, ms: number): string => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(ms);

function clearancesOf(clearing: Clearing, language: 'en' | 'da'): NonNullable<CreatePlan['clearances']> {
  const { near, radiusKm, maxStops, perKm, freeze, chains } = clearing;
  const cost = figure(perKm);
  return {
    near: placeNamed(near),
    radiusKm,
    maxStops,
    ...(cost === null ? {} : { perKmCents: Math.round(cost * 100) }),
    freeze,
    ...(chains.length > 0 ? { chains: [...chains] } : {}),
    language,
  };
}

function personOf({ name, sex, ageYears, heightCm, weightKg, activity, goal }: Eater, at: number): Person {
  const age = figure(ageYears) ?? 0;
  const usual = usualSize(age, sex);
  return {
    id: name.trim() || String(at + 1),
    ageYears: age,
    sex,
    heightCm: figure(heightCm) ?? usual.heightCm,
    weightKg: figure(weightKg) ?? usual.weightKg,
    activity,
    goal,
  };
}

const listed = (text: string): string[] =>
  text
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** With a comma or a point. Null where nothing was told. */
export function figure(text: string): number | null {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || !Number.isFinite(value) ? null : value;
}

function centsOf(text: string): number | null {
  const value = figure(text);
  return value === null || value <= 0 ? null : Math.round(value * 100);
}

/** The names that two people share: each needs one of their own. */
export function twins(people: readonly Eater[]): ReadonlySet<string> {
  const names = people.map(({ name }) => name.trim());
  return new Set(names.filter((name, at) => name !== '' && names.indexOf(name) !== at));
}

/** Whether it can be asked for: somebody eats, each with a name of their own and an age. */
export const isReady = ({ people }: Wish): boolean =>
  people.length > 0 && twins(people).size === 0 && people.every(({ ageYears }) => figure(ageYears) !== null);
