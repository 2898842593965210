import { shippedLibrary } from '../../../nutrition/library.js';
import { readWords } from '../../reading/read-words.js';
import { questionsOf } from './asking.js';
import { alternativesTo } from './alternatives.js';
import { boundBy } from './binding.js';
import { carriedOut } from './carry-out.js';
import { emptyState, openQuestions, type CartState } from './cart-state.js';
import { cooked, type Wanted } from './cooking.js';
import { foodFound } from './found.js';
import { asReply, replyIn } from './replying.js';
import { nextSteps } from './next-steps.js';

const said = (text: string, state: CartState = emptyState()): CartState => {
  const reply = replyIn(text, state);
  const reading = readWords(text, { locale: null, context: { cart: state.lines, question: null } });
  const cook = (wanted: Wanted) => cooked(wanted, shippedLibrary().recipes.values());
  return carriedOut(state, reply === null ? reading : asReply(text, reading), [], { text, reply, cook, asksIn: 'en' });
};
const steps = (text: string, state = emptyState(), hasIntake = false) => {
  const after = said(text, state);
  const action = after.actions.at(-1)!;
  const found =
    action.type === 'substitute'
      ? action.about.flatMap((one) => alternativesTo(one).map((other) => foodFound(one, other)))
      : action.found;
  return nextSteps({ ...action, found }, { cartId: 'crt_1', state: after, hasIntake }).map(
    ({ method, path, body, needs }) => ({ method, path, body, needs }),
  );
};

describe('what is asked for and changes no cart', () => {
  it.each([
    ['how much is whole milk at walmart', 'whole milk', ['WALMART_API']],
    ['hvad koster smør i Netto', 'smør', undefined],
    ["what's the price of bananas", 'bananas', undefined],
  ])('a price is asked of shops: %s', (text, name, providers) => {
    expect(steps(text)).toEqual([
      {
        method: 'POST',
        path: '/v1/routes',
        body: {
          items: [{ id: 'i1', name, quantity: 1, unit: null }],
          ...(providers ? { providers } : {}),
          priceCheck: true,
        },
        needs: ['shippingAddress'],
      },
    ]);
  });

  it.each(['any deals on chicken near me', 'er der tilbud på kaffe i nærheden', "what's on sale today"])(
    'offers are looked for at a place that is still to be said: %s',
    (text) => {
      expect(steps(text)).toEqual([{ method: 'GET', path: '/v1/offers', body: null, needs: ['postalCode'] }]);
    },
  );

  it('offers are those of the shops that were named', () => {
    expect(steps('any deals at netto today')).toMatchObject([
      { path: '/v1/offers?chains=netto', needs: ['postalCode'] },
    ]);
  });

  it.each([
    ['plan meals for the week under $80, no nuts', { days: 7, budgetCents: 8000, allergens: ['tree_nut', 'peanut'] }],
    ['lav en madplan til 5 dage under 600 kr', { days: 5 }],
  ])('a plan is asked for with what was read: %s', (text, body) => {
    const [known] = steps(text, emptyState(), true);
    expect(known).toMatchObject({ method: 'POST', path: '/v1/plans', body: { user: 'self', ...body }, needs: [] });
    expect(known!.body).not.toHaveProperty('people');
    const [unknown, intake] = steps(text);
    expect(unknown).toMatchObject({ path: '/v1/plans', body, needs: ['people'] });
    expect(intake).toMatchObject({ method: 'PUT', path: '/v1/intake' });
  });

  it.each(['import my walmart orders', 'importer mine ordrer'])('files are for imports: %s', (text) => {
    expect(steps(text)).toEqual([{ method: 'POST', path: '/v1/imports', body: null, needs: ['file'] }]);
  });

  it('another food can take the place of one in the cart, by words that are ready to be sent', () => {
    const cart = said('2 lb penne and some blueberries');
    const swaps = steps('what can i use instead of blueberries', cart).slice(0, -1);
    expect(swaps.length).toBeGreaterThan(1);
    for (const { path, body } of swaps) {
      expect(path).toBe('/v1/carts');
      const after = said(String(body!.text), cart);
      expect(after.lines.map(({ name }) => name)).not.toContain('blueberries');
      expect(after.lines).toHaveLength(2);
    }
  });

  it('its constraints are its own: asking about a shop does not send the cart there', () => {
    const cart = said('how much is milk at walmart', said('add 3 bananas'));
    expect(cart.constraints).toEqual({});
    expect(cart.actions[0]!.constraints).toEqual({ store: ['Walmart'] });
    expect(said('only from walmart', cart).constraints).toEqual({ store: ['Walmart'] });
  });

  it('a cart is shown as its lines', () => {
    const cart = said('2 lb rice and 12 eggs');
    for (const text of ['show me my cart', 'vis kurven'])
      expect(said(text, cart).actions[0]).toMatchObject({ type: 'show', lines: cart.lines.map(({ id }) => id) });
  });
});

describe('a dish', () => {
  it.each(['ingredients for beef tacos for 6', 'alt til beef tacos til 6 personer'])(
    'puts in what it needs: %s',
    (text) => {
      const { lines, actions, constraints } = said(text);
      const recipe = [...shippedLibrary().recipes.values()].find(({ title }) => title === 'Beef Tacos')!;
      expect(lines.map(({ name }) => name)).toEqual(recipe.ingredients.map(({ food }) => food.name));
      expect(lines[0]).toMatchObject({
        quantity: Math.round(recipe.ingredients[0]!.gramsPerServing * 6),
        unit: 'gram',
        state: 'settled',
      });
      expect(actions[0]!.found).toEqual([
        expect.objectContaining({ kind: 'recipe', id: recipe.id, name: 'Beef Tacos' }),
      ]);
      expect(constraints).toEqual({});
    },
  );

  it('that may be several is not guessed: each is a step', () => {
    const { lines, actions } = said('everything i need for tacos');
    expect(lines).toEqual([]);
    const choices = actions[0]!.found;
    expect(choices.length).toBeGreaterThan(2);
    const [first] = steps('everything i need for tacos');
    expect(first).toMatchObject({ path: '/v1/carts', body: { cartId: 'crt_1' } });
    expect(said(String(first!.body!.text)).lines.length).toBeGreaterThan(2);
  });

  it('is found by its title, whichever it is', () => {
    for (const { id, title } of shippedLibrary().recipes.values())
      expect(said(`recipe for ${title}`).actions[0]?.found.map((one) => one.id)).toEqual([id]);
  });

  it('that no recipe of ours is says so, and can be looked for', () => {
    expect(said('ingredients for moussaka').lines).toEqual([]);
    expect(steps('ingredients for moussaka')).toMatchObject([{ path: '/v1/recipes?q=moussaka' }]);
  });
});

describe('words that answer a question', () => {
  const asked = said('add milk and some cheese');
  it.each([
    ['mozzarella', 'mozzarella'],
    ['the second one', 'mozzarella'],
    ['den anden', 'mozzarella'],
    ['number 1', 'cheddar'],
    ['feta', 'feta'],
    ["I'd like goat cheese, please", 'goat cheese'],
    ['200 g feta', 'feta'],
    ['the cheddar', 'cheddar'],
  ])('%s', (text, name) => {
    const after = said(text, asked);
    expect(openQuestions(after)).toEqual([]);
    expect(after.lines[1]).toMatchObject({ name, state: 'settled' });
  });

  it.each([
    ['take out the milk', ['cheese']],
    ['add 2 onions', ['milk', 'cheese', 'onions']],
    ['some bread', ['milk', 'cheese', 'bread']],
    ['cheddar and 2 onions', ['milk', 'cheese', 'cheddar', 'onions']],
    ['how much is mozzarella', ['milk', 'cheese']],
    ['vis kurven', ['milk', 'cheese']],
    ['check out', ['milk', 'cheese']],
  ])('that say something else are read as ever, and answer nothing: %s', (text, names) => {
    const after = said(text, asked);
    expect(after.lines.map(({ name }) => name)).toEqual(names);
    expect(after.lines.find(({ name }) => name === 'cheese')!.state).toBe('open');
    expect(openQuestions(after)).toHaveLength(1);
  });

  it.each(['2', '500 g'])('about how much: %s', (text) => {
    const nothing = { quantity: null, quantityMax: null, unit: null, size: null, brand: null, notes: null, fields: {} };
    const line = { id: 'ln_1', name: 'carrots', state: 'open' as const, ...nothing };
    const doubts = [{ kind: 'how_much' as const, why: 'an amount was hinted at', choices: [] }];
    const questions = questionsOf('ln_1', { ...line, role: null, span: [0, 7], doubts }, 'add', [], 'en');
    const state = {
      ...emptyState(),
      lines: [line],
      questions: questions.map((one) => ({ ...one, id: 'q_2' })),
      next: 3,
    };
    const after = said(text, state);
    expect(openQuestions(after)).toEqual([]);
    expect(after.lines[0]).toMatchObject({ name: 'carrots', quantity: expect.any(Number), state: 'settled' });
  });

  it.each(['yes', 'ok', 'ja', "i don't know", 'the cheapest one'])('that choose nothing leave it open: %s', (text) => {
    expect(openQuestions(said(text, asked))).toHaveLength(1);
  });
});

describe('what a route is held to', () => {
  it('is asked of the stores that give quotes, within the budget, and the rest is told', () => {
    const { constraints } = said('no more than $40, only from walmart, deliver by friday 6pm, everything organic');
    expect(boundBy(constraints)).toEqual({
      providers: ['WALMART_API'],
      budgetCents: 4000,
      notBinding: [expect.objectContaining({ constraint: 'deadline', said: 'by friday 6 pm' })],
    });
  });

  it('asks all where no store that was named gives quotes, and says so', () => {
    expect(boundBy({ store: ['Costco'], budget: { cents: 20000, currency: 'DKK' } })).toEqual({
      notBinding: [
        expect.objectContaining({ constraint: 'budget', said: '200 DKK' }),
        expect.objectContaining({ constraint: 'store', said: 'Costco' }),
      ],
    });
  });
});
