import type { Constraints } from '../../reading/constraints.js';
import { boundBy } from './binding.js';
import { openQuestions, type CartState, type NextStep, type StateAction } from './cart-state.js';

/** What a step needs to know beside the action: whose cart it is of, and whether plans know the household. */
export interface Beside {
  cartId: string;
  state: CartState;
  hasIntake: boolean;
}

const MOST = 5;
const MAX_DAYS = 14;

/** The requests that do what an action asks for, the first of them the likeliest. Pure; what the cart did itself needs none. */
export function nextSteps(action: StateAction, beside: Beside): NextStep[] {
  const about = action.about.slice(0, MOST);
  switch (action.type) {
    case 'price_check':
      return about.length === 0 ? [] : [asking(`ask the shops what ${named(about)} costs now`, about, action)];
    case 'search':
      return about.length === 0
        ? []
        : [asking(`ask the shops for ${named(about)}`, about, action), ...about.map(bought)];
    case 'price_history':
      return action.found.length > 0 ? action.found.flatMap(({ path, name }) => history(path, name)) : [BRING_ORDERS];
    case 'discounts_near':
      return [{ label: 'what shops near a place sell for less now', ...get(offersAt(action)), needs: ['postalCode'] }];
    case 'substitute':
      return substitutes(action, beside);
    case 'from_recipe':
      return recipes(action, beside);
    case 'plan_meals':
      return plans(action.constraints, beside);
    case 'status':
      return action.found.flatMap(({ path, name }) =>
        path === null ? [] : [{ label: `read the ${name}`, ...get(path) }],
      );
    case 'reorder':
    case 'import':
      return action.lines.length > 0 ? [] : [BRING_ORDERS];
    case 'checkout':
      return checkout(beside);
    default:
      return [];
  }
}

const get = (path: string): Pick<NextStep, 'method' | 'path' | 'body' | 'needs'> => ({
  method: 'GET',
  path,
  body: null,
  needs: [],
});

const BRING_ORDERS: NextStep = {
  label: 'bring the orders of a household in, from a file',
  method: 'POST',
  path: '/v1/imports',
  body: null,
  needs: ['file'],
};

/** The shops that were named with it are asked, or else all. */
function asking(label: string, about: readonly string[], { constraints }: StateAction, more: object = {}): NextStep {
  const { providers } = boundBy(constraints);
  const items = about.map((name, at) => ({
    id: `i${at + 1}`,
    name: name.slice(0, 200),
    quantity: 1,
    unit: null,
    ...more,
  }));
  return {
    label,
    method: 'POST',
    path: '/v1/routes',
    body: { items, ...(providers ? { providers } : {}), priceCheck: true },
    needs: ['shippingAddress'],
  };
}

const offersAt = ({ constraints: { store } }: StateAction): string =>
  store ? `/v1/offers?chains=${encodeURIComponent(store.join(',').slice(0, 200).toLowerCase())}` : '/v1/offers';

const bought = (name: string): NextStep => ({
  label: `look for ${name} in what was bought before`,
  ...get(`/v1/products?q=${encodeURIComponent(name.slice(0, 100))}`),
});

const history = (path: string | null, name: string): NextStep[] =>
  path === null ? [] : [{ label: `what ${name} cost, week by week`, ...get(`${path}?bucket=week`) }];

function substitutes(action: StateAction, { cartId, state }: Beside): NextStep[] {
  const [wanted] = action.about;
  if (wanted === undefined) return [];
  const held = state.lines.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  const amount = held ? [held.quantity, held.unit].filter((part) => part !== null) : [];
  const swaps = held
    ? action.found
        .filter(({ kind }) => kind === 'food')
        .map(({ name }) =>
          words(
            `put ${name} in the place of ${wanted}`,
            `remove the ${wanted} and add ${[...amount, name].join(' ')}`,
            cartId,
          ),
        )
    : [];
  const similar = { substitution: { policy: 'similar' } };
  return [...swaps, asking(`ask the shops for ${wanted}, or what is similar`, [wanted], action, similar)];
}

const words = (label: string, text: string, cartId: string): NextStep => ({
  label,
  method: 'POST',
  path: '/v1/carts',
  body: { text, cartId },
  needs: [],
});

function recipes({ found, about, lines }: StateAction, { cartId }: Beside): NextStep[] {
  if (lines.length > 0)
    return found.flatMap(({ path, name }) =>
      path === null ? [] : [{ label: `read the recipe of ${name}`, ...get(path) }],
    );
  const choices = found.map(({ name }) => words(`put in what ${name} needs`, `recipe for ${name}`, cartId));
  const dish = about.join(' ').slice(0, 100);
  if (choices.length > 0 || dish === '') return choices;
  return [{ label: `look for recipes with ${dish}`, ...get(`/v1/recipes?q=${encodeURIComponent(dish)}`) }];
}

/** A plan counts with people one by one, of whom words tell only how many there are. */
function plans(constraints: Constraints, { hasIntake }: Beside): NextStep[] {
  const { days, diet, allergen, budget } = constraints;
  const body = {
    ...(days === undefined ? {} : { days: Math.min(MAX_DAYS, days) }),
    ...(diet ? { diets: diet.slice(0, 10) } : {}),
    ...(allergen ? { allergens: allergen.slice(0, 20) } : {}),
    ...(budget?.currency === 'USD' ? { budgetCents: budget.cents } : {}),
  };
  const plan = { label: 'plan these meals', method: 'POST' as const, path: '/v1/plans' };
  if (hasIntake) return [{ ...plan, body: { user: 'self', ...body }, needs: [] }];
  return [
    { ...plan, body, needs: ['people'] },
    {
      label: 'tell once who eats, for all plans to come',
      method: 'PUT',
      path: '/v1/intake',
      body: null,
      needs: ['people'],
    },
  ];
}

function checkout({ cartId, state }: Beside): NextStep[] {
  const route: NextStep = {
    label: 'ask the shops for the cart',
    method: 'POST',
    path: `/v1/carts/${cartId}/route`,
    body: {},
    needs: ['shippingAddress'],
  };
  if (openQuestions(state).length === 0) return state.lines.some((line) => line.state === 'settled') ? [route] : [];
  const answers: NextStep = {
    label: 'answer what is open',
    method: 'POST',
    path: `/v1/carts/${cartId}/answers`,
    body: { version: state.version },
    needs: ['answers'],
  };
  return [answers, { ...route, label: 'ask the shops, and leave out what is open', body: { acceptDefaults: true } }];
}

/** "a", "a and b", "a, b and c". */
const named = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
