import { misfitOf, type Dish, type Eater } from './misfit.js';

/** A dish that a meal may be, and how unwelcome it is there (repeats, cost, chance): a lower number goes first. */
export interface Choice {
  dish: Dish;
  dislike: number;
}

export interface Chosen {
  dishes: readonly Dish[];
  /** Of all eaters together. */
  misfit: number;
}

/** A miss of one percent of one band outweighs anything that makes a dish unwelcome. */
const MISFIT_WEIGHT = 2e5;
const MAX_SWEEPS = 5;

/**
 * The dishes of a day: from a start, each meal in turn becomes the dish that is best with the others, until none changes. Menus are in
 * the order of their dislike, so most dishes are passed over without being measured.
 */
export function chooseDay(
  menus: readonly (readonly Choice[])[],
  eaters: readonly Eater[],
  start: readonly Choice[],
): Chosen {
  const current = [...start];
  let score = scoreOf(current, Infinity);
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let isBetter = false;
    menus.forEach((menu, meal) => {
      const others = current.reduce((sum, { dislike }, index) => (index === meal ? sum : sum + dislike), 0);
      for (const choice of menu) {
        if (others + choice.dislike >= score) break;
        if (current.some(({ dish }) => dish.recipe === choice.dish.recipe)) continue;
        const before = current[meal]!;
        current[meal] = choice;
        const tried = scoreOf(current, score);
        if (tried < score - 1e-9) {
          score = tried;
          isBetter = true;
        } else current[meal] = before;
      }
    });
    if (!isBetter) break;
  }
  return { dishes: current.map(({ dish }) => dish), misfit: misfitOfAll(current, Infinity) };

  function scoreOf(choices: readonly Choice[], enough: number): number {
    const dislike = choices.reduce((sum, choice) => sum + choice.dislike, 0);
    return dislike + MISFIT_WEIGHT * misfitOfAll(choices, (enough - dislike) / MISFIT_WEIGHT);
  }

  function misfitOfAll(choices: readonly Choice[], enough: number): number {
    const dishes = choices.map(({ dish }) => dish);
    let sum = 0;
    for (const eater of eaters) {
      sum += misfitOf(eater, dishes).score;
      if (sum > enough) break;
    }
    return sum;
  }
}
