import { z } from 'zod';
import { CURRENCIES } from '../../common/money.js';
import { QueuePlace, submitted } from '../../platform/http/submission.js';
import { RecipeCard } from '../nutrition/cookbook/recipe-card.dto.js';
import { Nutrient } from '../nutrition/nutrients.js';
import { PLAN_STATUSES } from './planning.dto.js';
import { ToldClearances } from './clearances.dto.js';
import { RULES, SLOTS, SAYINGS } from './solver/plan.js';

/** A plan as callers see it. Weights are grams, money integer minor units of its currency. */
const Slot = z.enum(SLOTS);

const HeldUntil = z.iso
  .datetime()
  .nullable()
  .describe('packs of clearances are held for it until then; null: none are');

const Portion = z.object({ personId: z.string(), servings: z.number() });
const Meal = z.object({
  slot: Slot,
  recipeId: z.string(),
  title: z.string(),
  minutes: z.int(),
  portions: z.array(Portion),
});
const Day = z.object({ date: z.iso.date(), meals: z.array(Meal) });

const ProofRow = z.object({
  date: z.iso.date(),
  personId: z.string(),
  nutrient: Nutrient,
  min: z.number().nullable(),
  max: z.number().nullable(),
  target: z.number().nullable(),
  value: z.number(),
  error: z.number(),
  isMet: z.boolean(),
  unknownFoods: z.array(z.string()),
  sources: z.array(z.object({ slot: Slot, recipeId: z.string(), servings: z.number(), amount: z.number() })),
});
const Violation = z.object({
  rule: z.enum(RULES),
  date: z.string().nullable(),
  slot: Slot.nullable(),
  personId: z.string().nullable(),
  detail: z.string(),
});
export const Proof = z
  .object({
    rows: z.array(ProofRow),
    violations: z.array(Violation),
    costCents: z.int().nullable(),
    foods: z.record(z.string(), z.array(z.object({ food: z.string(), fdcId: z.int().nullable(), grams: z.number() }))),
  })
  .meta({ id: 'PlanProof' });

const ShoppingList = z.object({
  items: z.array(
    z.object({
      food: z.string(),
      fdcId: z.int().nullable(),
      neededGrams: z.int(),
      pantryGrams: z.int(),
      /** Bought on clearance; absent in plans made before there were any. */
      clearanceGrams: z.int().optional(),
      buyGrams: z.int(),
      /** What shops sell instead: so many lemons for lemon juice. */
      pieces: z.object({ of: z.string(), count: z.int() }).nullable(),
      /** In whole packs at catalogue prices; null when nothing is to be bought or nobody knows the price. */
      purchase: z
        .object({
          product: z.string(),
          packGrams: z.number(),
          packCents: z.int(),
          packs: z.int(),
          /** Packs of other sizes, where several together cost less; `cents` is of all. */
          also: z.array(z.object({ product: z.string(), packGrams: z.number(), packCents: z.int(), packs: z.int() })),
          cents: z.int(),
          leftoverGrams: z.int(),
          leftoverCents: z.int(),
          leftoverKeeps: z.boolean(),
          /** No shop of the catalogue sells it: a usual price. */
          isEstimate: z.boolean(),
        })
        .nullable(),
    }),
  ),
  totalCents: z.int().nullable(),
  knownCents: z.int(),
  unpricedFoods: z.array(z.string()),
  /** Of the known cents, what is left over; and what of that keeps. */
  leftoverCents: z.int(),
  keptCents: z.int(),
});

/** The list as a cart that was routed; `id` leads to the route. `reason`: why there is none. */
export const RoutedCart = z.object({
  id: z.string().nullable(),
  status: z.string().nullable(),
  winnerId: z.string().nullable(),
  totalCents: z.int().nullable(),
  currency: z.string().nullable(),
  reason: z.string().nullable(),
});
export type RoutedCart = z.infer<typeof RoutedCart>;

/** What the shop that was chosen asks, beside catalogue prices; `compared` is the foods that both have a price for. */
const LivePrices = z.object({
  providerId: z.string(),
  currency: z.string(),
  items: z.array(
    z.object({
      food: z.string(),
      status: z.enum(['matched', 'substituted', 'missing', 'ambiguous']),
      product: z.string().nullable(),
      packs: z.int(),
      cents: z.int().nullable(),
      catalogueCents: z.int().nullable(),
    }),
  ),
  /** Of what the shop has, without fees, tax and delivery. */
  cents: z.int(),
  compared: z.object({ foods: z.int(), cents: z.int(), catalogueCents: z.int() }).nullable(),
  unavailableFoods: z.array(z.string()),
});
/** A meal with foods that no shop has: a reason to swap it. */
const SwapReason = z.object({
  date: z.iso.date(),
  slot: Slot,
  recipeId: z.string(),
  foods: z.array(z.string()),
  sentence: z.string(),
});

/** Music to cook by, on Spotify. */
const Playlist = z.object({ id: z.string(), name: z.string(), url: z.url() });

/** What the plan took to make, or to fail. */
export const Receipt = z.object({
  seconds: z.number(),
  aiCents: z.number(),
  aiTokens: z.int(),
  model: z.string().nullable(),
  /** 'ok', or why days were not drafted by a model: all of them, or some; 'unfinished' when the plan ended first. */
  draft: z.string(),
  cacheHit: z.boolean(),
  promptVersion: z.string(),
  repairs: z.int(),
  targets: z.int(),
  targetsMet: z.int(),
  /** What is to be bought, at usual prices in the plan's currency; null when a price is unknown. */
  catalogueCents: z.int().nullable(),
  /** What the shop that was chosen asks for what it has of it, in the currency of the route. */
  liveCents: z.int().nullable(),
});
export type Receipt = z.infer<typeof Receipt>;

export const Failure = z.object({
  reason: z.enum(['clash', 'refused', 'deadline']),
  /** What to change, one sentence each; `pointer` leads into the request where it can be said. */
  details: z.array(z.object({ pointer: z.string().nullable(), detail: z.string() })),
});
export type Failure = z.infer<typeof Failure>;

const Fact = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);
export const Notice = z.object({
  code: z.string(),
  personId: z.string().nullable(),
  sentence: z.string(),
  saying: z.enum(SAYINGS).optional().describe('which of the sentences of its code it is; plans of before do not tell'),
  facts: z.record(z.string(), Fact).optional().describe('what its sentence is made of, to say it in another language'),
});
const Repair = z.object({
  date: z.iso.date(),
  slot: Slot,
  kind: z.enum(['portion', 'replaced', 'filled']),
  from: z.string().nullable(),
  changedGrams: z.number(),
});
export const Clash = z.object({
  date: z.string().nullable(),
  personId: z.string().nullable(),
  between: z.array(z.string()),
  isProven: z.boolean(),
  sentence: z.string(),
});

export const SwapOptions = z
  .object({
    date: z.iso.date(),
    slot: Slot,
    currency: z.string(),
    options: z
      .array(
        z.object({
          recipeId: z.string(),
          title: z.string(),
          minutes: z.int(),
          differenceCents: z
            .int()
            .nullable()
            .describe('more than the list costs now, in whole packs at catalogue prices; below 0: less'),
        }),
      )
      .describe('each solved and proven; the first is what a swap without a recipe takes'),
    isAll: z.boolean().describe('whether no others suit, or were not looked for'),
  })
  .meta({ id: 'SwapOptions' });
export type SwapOptions = z.infer<typeof SwapOptions>;

export const RoutedPlan = z
  .object({
    planId: z.string(),
    routeId: z.string(),
    path: z.string().describe('where the route is'),
    items: z.int(),
  })
  .meta({ id: 'RoutedPlan' });
export type RoutedPlan = z.infer<typeof RoutedPlan>;

/** What a plan can be read as beside JSON. */
export const PLAN_TYPES = ['text/markdown', 'text/html', 'text/calendar'] as const;
export type PlanType = (typeof PLAN_TYPES)[number];

/** A plan as its last event carries it: never changes once the plan is closed. */
export const PlanSnapshot = z.object({
  ...submitted(PLAN_STATUSES),
  /** Who chose the meals; what is in the answer is proven either way. */
  origin: z.enum(['claude', 'solver']).nullable(),
  days: z.array(Day),
  failure: Failure.nullable(),
  route: RoutedCart.nullable(),
  /** Null: none was found in time, or nobody is to be asked. */
  playlist: Playlist.nullable(),
  receipt: Receipt.nullable(),
});
export type PlanSnapshot = z.infer<typeof PlanSnapshot>;

/** An offer where no plan meets everything: what it misses are bands or money, never what somebody must not have. */
const Closest = z.object({
  days: z.array(
    z.object({
      date: z.iso.date(),
      meals: z.array(
        z.object({
          slot: Slot,
          recipeId: z.string(),
          title: z.string(),
          portions: z.array(z.object({ personId: z.string(), servings: z.number() })),
        }),
      ),
    }),
  ),
  /** In whole packs; null when a price is unknown. */
  costCents: z.int().nullable(),
  seed: z.int().describe('The same request with it, and a budget of its cost, finds this plan again.'),
  misses: z.array(
    z.object({ rule: z.enum(RULES), date: z.string().nullable(), personId: z.string().nullable(), detail: z.string() }),
  ),
});

/** A meal as it is cooked: the recipe for all who eat of it together. Null where the recipe is no more among ours. */
const MealToCook = Meal.extend({
  portions: z.array(Portion.extend({ /** Weighed before it is cooked. */ grams: z.int().nullable() })),
  recipe: RecipeCard.nullable(),
});

/** A plan as GET shows it: the snapshot with its recipes, and what it is proven by. */
export const PlanResource = PlanSnapshot.extend({
  days: z.array(Day.extend({ meals: z.array(MealToCook) })),
  proof: Proof.nullable(),
  repairs: z.array(Repair),
  notices: z.array(Notice),
  clashes: z.array(Clash),
  shoppingList: ShoppingList.nullable(),
  livePrices: LivePrices.nullable(),
  /** Of all its money. */
  currency: z.enum(CURRENCIES),
  clearances: ToldClearances.nullable(),
  heldUntil: HeldUntil,
  swapReasons: z.array(SwapReason),
  /** Of a plan that failed: the nearest there is. */
  closest: Closest.nullable(),
  /** The plan that this one was made of by swapping a meal. */
  swappedFrom: z.string().nullable(),
  /** Whose dates and times of day they are; null where nobody named a zone: dates are UTC's, and times those of wherever one is. */
  timezone: z.string().nullable(),
  queue: QueuePlace,
}).meta({ id: 'Plan' });
export type PlanResource = z.infer<typeof PlanResource>;

/** What a day of one person is to hold of a nutrient; an open end is null. */
const Band = z.object({
  nutrient: Nutrient,
  min: z.number().nullable(),
  max: z.number().nullable(),
  target: z.number().nullable(),
  basis: z.enum(['stated', 'reference']),
  source: z.string(),
});

/** What is known of a plan before anything is cooked: what each day is to hold, and what was read, adjusted or left out. */
export const PlanOutlook = z
  .object({
    valid: z.literal(true),
    targets: z.array(z.object({ personId: z.string(), energyKcal: z.number(), bands: z.array(Band) })),
    notices: z.array(Notice),
  })
  .meta({ id: 'PlanOutlook' });
export type PlanOutlook = z.infer<typeof PlanOutlook>;

export const PlanListItem = z
  .object({
    id: z.string(),
    status: z.enum(PLAN_STATUSES),
    reference: z.string().nullable(),
    createdAt: z.iso.datetime(),
    closedAt: z.iso.datetime().nullable(),
    origin: z.enum(['claude', 'solver']).nullable(),
    heldUntil: HeldUntil,
  })
  .meta({ id: 'PlanListItem' });
export const PlanList = z
  .object({ data: z.array(PlanListItem), nextCursor: z.string().nullable() })
  .meta({ id: 'PlanList' });
export type PlanList = z.infer<typeof PlanList>;
