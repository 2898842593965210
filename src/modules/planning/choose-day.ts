import { misfitOfAll, type Dish, type Eater } from './misfit.js';

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
  return { dishes: dishesOf(current), misfit: misfitOfAll(eaters, dishesOf(current)) };

  function scoreOf(choices: readonly Choice[], enough: number): number {
    const dislike = choices.reduce((sum, choice) => sum + choice.dislike, 0);
    return dislike + MISFIT_WEIGHT * misfitOfAll(eaters, dishesOf(choices), (enough - dislike) / MISFIT_WEIGHT);
  }
}

const dishesOf = (choices: readonly Choice[]): readonly Dish[] => choices.map(({ dish }) => dish);
