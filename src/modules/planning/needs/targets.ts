import { intakeFor, type Intake, type LifeStage } from '../../nutrition/intakes.js';
import { unitOf, type Nutrient } from '../../nutrition/nutrients.js';
import { notice } from '../solver/notices.js';
import {
  YOUNGEST_YEARS,
  type Band,
  type Person,
  type PersonTargets,
  type Refusal,
  type StatedTarget,
  type Notice,
} from '../solver/plan.js';
import { ADULT_AGE, energyRequirementKcal, proteinPerKg, referenceKg } from './energy.js';

/**
 * From a person to what each day must hold:
 *
 * - energy: the requirement (see energy.ts), 500 kcal less to lose and 300 more to gain, within 5 %;
 * - protein, carbohydrate, fat: the acceptable shares of energy (AMDR, IOM 2005), protein and carbohydrate not under the RDA, of
 *   protein by body weight and stage of life (see energy.ts);
 * - fibre: 14 g per 1,000 kcal (AI, IOM 2005); sodium: at most the CDRR (National Academies, 2019);
 * - chosen others: RDA or AI as least, upper limit as most, saturated fat at most 10 % of energy (Dietary Guidelines 2020-2025).
 *
 * A stated target replaces the reference for its nutrient: 5 % tolerance for energy, 10 % for the others, or the limits stated.
 */
export type Targeted = { ok: true; targets: PersonTargets; notices: Notice[] } | { ok: false; refusals: Refusal[] };

const LOSE_KCAL = 500;
const GAIN_KCAL = 300;
/** NHLBI, "The Practical Guide: Identification, Evaluation, and Treatment of Overweight and Obesity in Adults" (2000): not under these without supervision. */
const FLOOR_KCAL = { female: 1200, male: 1500 } as const;
const CEILING_KCAL = 6000;
const OLDEST_YEARS = 120;
/** WHO's lower end of the usual range; under it nobody is planned to lose. */
const LEAST_BMI = 18.5;
/** Beyond these more people have mixed up units than weigh so much. */
const MOST_BMI = 50;
const FEWEST_BMI = 12;
const MIXED = 'Were units mixed, such as pounds for kilograms or inches for centimetres?';
/** National Research Council, Recommended Dietary Allowances, 10th edition (1989). */
const LEAST_SODIUM_MG = 500;
const TOLERANCE = { energy: 0.05, other: 0.1 } as const;
const FIBRE_PER_KCAL = 14 / 1000;
/** 4-4-9 is off by up to this share of energy in whole meals, so targets that miss it by more cannot be met by any food. */
const ENERGY_SLACK = 0.15;
const KCAL_PER_G = { protein_g: 4, carbohydrate_g: 4, fat_g: 9 } as const;
type Macro = keyof typeof KCAL_PER_G;
const MACROS = Object.keys(KCAL_PER_G) as readonly Macro[];
const ALWAYS: readonly Nutrient[] = ['kcal', ...MACROS, 'fiber_g', 'sodium_mg'];

/** The daily bands of a person, or why there are none. `pointer` leads to the person in the request. */
export function targetsOf(
  person: Person,
  micronutrients: readonly Nutrient[],
  intakes: readonly Intake[],
  pointer: string,
): Targeted {
  const intake = intakeFor(intakes, lifeStageOf(person), person.ageYears);
  const refusals = refusalsOf(person, intake, pointer);
  if (refusals.length > 0 || intake === null) return { ok: false, refusals };
  const notices: Notice[] = [];
  const energyKcal = energyOf(person, notices);
  const bands = bandsOf(person, energyKcal, micronutrients, intake, notices);
  const contradiction = contradictionIn(bands);
  if (contradiction !== null)
    return { ok: false, refusals: [{ pointer: `${pointer}/targets`, reason: contradiction }] };
  return { ok: true, targets: { personId: person.id, energyKcal: Math.round(energyKcal), bands }, notices };
}

export function lifeStageOf({ ageYears, sex, expecting }: Person): LifeStage {
  if (expecting !== null) return expecting;
  return ageYears < 9 ? 'child' : sex;
}

function refusalsOf(person: Person, intake: Intake | null, pointer: string): Refusal[] {
  const { ageYears, heightCm, weightKg, expecting, sex } = person;
  const refusals: Refusal[] = [];
  const refuse = (field: string, reason: string) => refusals.push({ pointer: `${pointer}/${field}`, reason });
  if (!(ageYears >= YOUNGEST_YEARS && ageYears <= OLDEST_YEARS))
    refuse(
      'ageYears',
      `Plans are for people from ${YOUNGEST_YEARS} to ${OLDEST_YEARS} years; younger children need other food.`,
    );
  if (!(heightCm >= 80 && heightCm <= 250)) refuse('heightCm', `The height must be between 80 and 250 cm. ${MIXED}`);
  if (!(weightKg >= 10 && weightKg <= 350)) refuse('weightKg', `The weight must be between 10 and 350 kg. ${MIXED}`);
  const bmi = Math.round(weightKg / (heightCm / 100) ** 2);
  if (refusals.length === 0 && (bmi > MOST_BMI || bmi < FEWEST_BMI))
    refuse('weightKg', `${weightKg} kg at ${heightCm} cm is a body mass index of ${bmi}. ${MIXED}`);
  if (expecting !== null && (sex === 'male' || ageYears < ADULT_AGE || intake === null))
    refuse(
      'expecting',
      `There are no targets for ${expecting} people of this sex and age; please plan with a professional.`,
    );
  return refusals.length > 0 ? refusals : statedRefusals(person, refusals, refuse);
}

function statedRefusals(
  person: Person,
  refusals: Refusal[],
  refuse: (field: string, reason: string) => void,
): Refusal[] {
  for (const [nutrient, stated] of Object.entries(person.targets) as [Nutrient, StatedTarget][]) {
    const field = `targets/${nutrient}`;
    const { min, max } = limitsOf(nutrient, stated);
    const unit = unitOf(nutrient);
    if (min === null && max === null) refuse(field, 'State a target, a minimum or a maximum.');
    if ((min ?? 0) < 0 || (max ?? 0) < 0) refuse(field, 'A target is 0 or more.');
    if (min !== null && max !== null && min > max) refuse(field, 'The minimum is above the maximum.');
    if (nutrient === 'kcal') energyRefusals(person, min, max, (reason) => refuse(field, reason));
    const leastProtein = Math.round(proteinPerKg(person).required * referenceKg(person));
    if (nutrient === 'protein_g' && max !== null && max < leastProtein)
      refuse(
        field,
        `Less than ${leastProtein} ${unit} of protein a day is under what a person of this weight${person.expecting === null ? '' : `, ${person.expecting},`} needs.`,
      );
    if (nutrient === 'sodium_mg' && max !== null && max < LEAST_SODIUM_MG)
      refuse(field, `Less than ${LEAST_SODIUM_MG} mg of sodium a day is under what the body needs.`);
  }
  return refusals;
}

function energyRefusals(person: Person, min: number | null, max: number | null, refuse: (reason: string) => void) {
  const floor = floorKcal(person);
  if (max !== null && max < floor) {
    const whom = person.expecting ?? (person.ageYears < ADULT_AGE ? 'growing' : null);
    refuse(
      `We plan no less than ${count(floor)} kcal a day${whom === null ? '' : ` for ${whom} people like this`}: less needs a professional's care.`,
    );
  }
  if (min !== null && min > CEILING_KCAL) refuse(`We plan no more than ${count(CEILING_KCAL)} kcal a day.`);
}

/** Who grows or feeds a child gets 90 % of the requirement at least. */
function floorKcal(person: Person): number {
  const isSpecial = person.expecting !== null || person.ageYears < ADULT_AGE;
  return isSpecial ? Math.round(0.9 * energyRequirementKcal(person)) : FLOOR_KCAL[person.sex];
}

function energyOf(person: Person, notices: Notice[]): number {
  const stated = person.targets.kcal;
  const need = energyRequirementKcal(person);
  const goal = goalOf(person, (told) => notices.push(told));
  if (stated) {
    const { min, max } = limitsOf('kcal', stated);
    const middle = stated.target ?? (min !== null && max !== null ? (min + max) / 2 : (min ?? max!));
    return Math.max(middle, floorKcal(person));
  }
  const wanted = goal === 'lose' ? need - LOSE_KCAL : goal === 'gain' ? need + GAIN_KCAL : need;
  // The whole band must stay above the floor, so the middle lies a little higher.
  const floor = floorKcal(person) / (1 - TOLERANCE.energy);
  const isRaised = goal === 'lose' && wanted < floor;
  if (isRaised) notices.push(notice('energy_raised', { kcal: Math.round(floor) }, person.id));
  if (wanted > CEILING_KCAL) notices.push(notice('energy_cut', { kcal: CEILING_KCAL }, person.id));
  return Math.min(CEILING_KCAL, isRaised ? floor : Math.max(wanted, floor));
}

function goalOf(
  { id, goal, expecting, ageYears, heightCm, weightKg }: Person,
  note: (told: Notice) => void,
): Person['goal'] {
  const keep = (told: Notice) => {
    note(told);
    return 'maintain' as const;
  };
  if (goal === 'maintain') return goal;
  if (expecting !== null) return keep(notice('goal_expecting', { expecting }, id));
  if (ageYears < ADULT_AGE) return keep(notice('goal_growing', {}, id));
  if (goal === 'lose' && weightKg / (heightCm / 100) ** 2 < LEAST_BMI) return keep(notice('goal_light', {}, id));
  return goal;
}

function bandsOf(
  person: Person,
  energyKcal: number,
  micronutrients: readonly Nutrient[],
  intake: Intake,
  notices: Notice[],
): Band[] {
  const openMacros = macrosLeftOpen(person, energyKcal, intake, notices);
  const wanted = new Set([...ALWAYS, ...micronutrients, ...(Object.keys(person.targets) as Nutrient[])]);
  return [...wanted].flatMap((nutrient) => {
    const stated = person.targets[nutrient];
    if (stated && nutrient !== 'kcal') return [statedBand(nutrient, stated)];
    const band =
      nutrient === 'kcal' ? energyBand(person, energyKcal) : referenceBand(nutrient, person, energyKcal, intake);
    if (band === null) {
      notices.push(notice('no_reference', { nutrient }, person.id));
      return [];
    }
    return [openMacros.has(nutrient) ? { ...band, max: null } : band].map((one) =>
      openMacros.has(nutrient) && nutrient !== 'protein_g' ? { ...one, min: null } : one,
    );
  });
}

/** A macronutrient stated outside its usual share of energy moves the others, so theirs are then held open. */
function macrosLeftOpen(person: Person, energyKcal: number, intake: Intake, notices: Notice[]): ReadonlySet<Nutrient> {
  const isUnusual = MACROS.some((macro) => {
    const stated = person.targets[macro];
    if (!stated) return false;
    const { min, max } = limitsOf(macro, stated);
    const usual = shareOf(macro, energyKcal, intake);
    return (min !== null && min > usual.max) || (max !== null && max < usual.min);
  });
  if (!isUnusual) return new Set();
  notices.push(notice('shares_open', {}, person.id));
  return new Set(MACROS.filter((macro) => !person.targets[macro]));
}

function energyBand(person: Person, energyKcal: number): Band {
  const stated = person.targets.kcal;
  const whole = { nutrient: 'kcal' as const, target: energyKcal };
  if (!stated) {
    const [min, max] = [energyKcal * (1 - TOLERANCE.energy), energyKcal * (1 + TOLERANCE.energy)];
    return rounded({ ...whole, min, max, basis: 'reference', source: 'EER (IOM 2005), within 5 %' });
  }
  // A target a little above the floor keeps its upper half; below it nothing is planned.
  const { min, max } = limitsOf('kcal', stated);
  const least = Math.max(min ?? 0, floorKcal(person));
  return rounded({ ...whole, min: least, max, target: stated.target ?? null, basis: 'stated', source: 'stated' });
}

function statedBand(nutrient: Nutrient, stated: StatedTarget): Band {
  return rounded({
    nutrient,
    ...limitsOf(nutrient, stated),
    target: stated.target ?? null,
    basis: 'stated',
    source: 'stated',
  });
}

function limitsOf(nutrient: Nutrient, { target, min, max }: StatedTarget): { min: number | null; max: number | null } {
  const tolerance = nutrient === 'kcal' ? TOLERANCE.energy : TOLERANCE.other;
  const around = (sign: number) => (target === undefined ? null : target * (1 + sign * tolerance));
  return { min: min ?? around(-1), max: max ?? around(1) };
}

function referenceBand(nutrient: Nutrient, person: Person, energyKcal: number, intake: Intake): Band | null {
  const whole = { nutrient, target: null, basis: 'reference' as const };
  if (nutrient === 'protein_g' || nutrient === 'carbohydrate_g' || nutrient === 'fat_g') {
    const share = shareOf(nutrient, energyKcal, intake);
    const perKg = proteinPerKg(person).recommended * referenceKg(person);
    const recommended =
      nutrient === 'protein_g' ? Math.max(perKg, intake.daily.protein_g ?? 0) : (intake.daily[nutrient] ?? 0);
    const min = Math.min(share.max, Math.max(share.min, nutrient === 'fat_g' ? 0 : recommended));
    return rounded({ ...whole, min, max: share.max, source: 'AMDR and RDA (IOM 2005)' });
  }
  if (nutrient === 'fiber_g')
    return rounded({
      ...whole,
      min: energyKcal * FIBRE_PER_KCAL,
      max: null,
      source: 'AI, 14 g per 1,000 kcal (IOM 2005)',
    });
  if (nutrient === 'sodium_mg')
    return rounded({ ...whole, min: null, max: intake.sodiumAtMostMg, source: 'CDRR (National Academies 2019)' });
  if (nutrient === 'saturated_fat_g' && intake.saturatedFatAtMostPct !== null) {
    const max = (energyKcal * intake.saturatedFatAtMostPct) / 100 / KCAL_PER_G.fat_g;
    return rounded({ ...whole, min: null, max, source: '10 % of energy (Dietary Guidelines 2020-2025)' });
  }
  const [min, max] = [intake.daily[nutrient] ?? null, intake.atMost[nutrient] ?? null];
  return min === null && max === null ? null : rounded({ ...whole, min, max, source: 'RDA or AI, and UL (DRI)' });
}

function shareOf(macro: Macro, energyKcal: number, { sharePct }: Intake): { min: number; max: number } {
  const name = { protein_g: 'protein', carbohydrate_g: 'carbohydrate', fat_g: 'fat' } as const;
  const [from, to] = sharePct![name[macro]];
  const grams = (pct: number) => (energyKcal * pct) / 100 / KCAL_PER_G[macro];
  return { min: grams(from), max: grams(to) };
}

/** What no food at all can meet: energy that its own parts cannot add up to. */
function contradictionIn(bands: readonly Band[]): string | null {
  const of = (nutrient: Nutrient) => bands.find((band) => band.nutrient === nutrient);
  const energy = of('kcal')!;
  const sum = (end: 'min' | 'max') =>
    MACROS.reduce(
      (total, macro) => total + KCAL_PER_G[macro] * (of(macro)?.[end] ?? (end === 'min' ? 0 : Infinity)),
      0,
    );
  const [least, most] = [sum('min'), sum('max')];
  if (energy.max !== null && least * (1 - ENERGY_SLACK) > energy.max)
    return `The least protein, carbohydrate and fat together are ${count(least)} kcal, more than the ${count(energy.max)} kcal allowed.`;
  if (energy.min !== null && most * (1 + ENERGY_SLACK) < energy.min)
    return `The most protein, carbohydrate and fat together are ${count(most)} kcal, less than the ${count(energy.min)} kcal asked for.`;
  return null;
}

/** A tenth is as fine as these figures are; small ones (thiamin, copper) keep two more digits. */
function rounded(band: Band): Band {
  const round = (value: number | null) => (value === null ? null : Number(value.toFixed(value < 10 ? 3 : 1)));
  return { ...band, min: round(band.min), max: round(band.max), target: round(band.target) };
}

const count = (value: number): string => Math.round(value).toLocaleString('en-US');
