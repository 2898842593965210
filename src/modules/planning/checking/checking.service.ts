import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '../../../common/errors.js';
import { cardOf } from '../../nutrition/cookbook/recipe-card.js';
import type { Library } from '../../nutrition/library.js';
import { labelOf, unitOf } from '../../nutrition/nutrients.js';
import { todayIn } from '../calendar.js';
import { LIBRARY } from '../library.token.js';
import { shortfallsOf } from '../needs/shortfalls.js';
import { shortlistOf } from '../needs/shortlist.js';
import { plannedFor } from '../plan-request.js';
import type { Clash, PlanRequest, Proof, Rule } from '../solver/plan.js';
import { provePlan } from '../solver/proof/plan-rules.js';
import type { CheckPlan, PlanCheck } from './check.dto.js';
import { eatenIn } from './eaten.js';

/** Of our own plans alone: how many days and meals there are, and from which recipes they are chosen. */
const OF_OURS: ReadonlySet<Rule> = new Set(['date', 'slot', 'recipe', 'portion', 'stock', 'budget']);

/** Proves plans that somebody else made, by the same figures and rules; nothing is stored. */
@Injectable()
export class CheckingService {
  constructor(@Inject(LIBRARY) private readonly library: Library) {}

  /** Throws `plan_refused` for what cannot be read or weighed, and for people without targets. */
  check(asked: CheckPlan): PlanCheck {
    const request = requestOf(asked);
    const { plan, library, weighed, errors } = eatenIn(asked, request.startsOn, this.library);
    const { targets, notices, refusals } = shortlistOf(request, library);
    const all = [...errors, ...refusals.map(({ pointer, reason }) => ({ pointer, detail: reason }))];
    if (all.length > 0) throw new AppError('plan_refused', `${all.length} errors in a plan to check`, { errors: all });
    const whole = provePlan(request, targets, plan, library);
    const proof = { ...whole, violations: whole.violations.filter(({ rule }) => !OF_OURS.has(rule)) };
    const own = notices.filter(({ code }) => code !== 'meals_borrowed');
    // Readonly, which its schema cannot say.
    return {
      isMet: proof.violations.length === 0,
      days: plan.days.map(({ date, meals }) => ({
        date,
        meals: meals.map(({ slot, recipeId, portions }) => {
          const recipe = library.recipes.get(recipeId)!; // or it was an error
          const foods = weighed.get(recipeId) ?? [];
          const servings = portions.reduce((sum, portion) => sum + portion.servings, 0);
          const card = weighed.has(recipeId) ? null : cardOf(recipe, servings);
          return { slot, title: recipe.title, recipeId, portions, foods, recipe: card };
        }),
      })),
      proof,
      clashes: clashesIn(proof),
      notices: [...own, ...shortfallsOf(plan, request, library)],
    } as unknown as PlanCheck;
  }
}

function requestOf({ people, days, startsOn, maxRepeats, repeats, ...rules }: CheckPlan): PlanRequest {
  return {
    ...rules,
    ...plannedFor(people),
    startsOn: startsOn ?? todayIn(undefined),
    days: days.length,
    mealsPerDay: Math.max(2, days[0]!.meals.length),
    pantry: [],
    budgetCents: null,
    maxRepeats: repeats?.perWeek ?? maxRepeats,
    mayRunOn: repeats?.daysRunning ?? false,
    unavailableFoods: [],
    seed: 0,
  };
}

/** What a day of somebody misses, in one sentence for each: these foods in these portions cannot meet it, others may. */
function clashesIn({ rows }: Pick<Proof, 'rows'>): Clash[] {
  const missed = rows.filter(({ isMet }) => !isMet);
  const keys = [...new Set(missed.map(({ date, personId }) => `${date} ${personId}`))];
  return keys.map((key) => {
    const own = missed.filter(({ date, personId }) => `${date} ${personId}` === key);
    const { date, personId } = own[0]!;
    const sentence = `On ${date} ${personId} gets ${own.map(missText).join('; ')}.`;
    return { date, personId, between: own.map(({ nutrient }) => nutrient), isProven: false, sentence };
  });
}

/** "too little energy: 1,200 kcal, at least 1,800". */
function missText({ nutrient, min, max, value, unknownFoods }: Proof['rows'][number]): string {
  const [label, unit] = [labelOf(nutrient), unitOf(nutrient)];
  const said = (amount: number) => (Math.round(amount * 10) / 10).toLocaleString('en-US');
  if (min !== null && value < min) return `too little ${label}: ${said(value)} ${unit}, at least ${said(min)}`;
  if (max !== null && value > max) return `too much ${label}: ${said(value)} ${unit}, at most ${said(max)}`;
  return `nobody knows how much ${label}: it was not measured in ${unknownFoods.join(', ')}`;
}
