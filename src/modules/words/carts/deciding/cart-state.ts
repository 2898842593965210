import type { Constraints } from '../../reading/constraints.js';
import type { Intent } from '../../reading/intent-names.js';
import type { By, DoubtKind, Field, FieldName, OwnedSpan, Span } from '../../reading/reading.js';

/** One thing of a cart, as it stands. `open` until its questions are answered; `left_out` by an answer, or because none came. */
export interface StateLine {
  id: string;
  name: string;
  quantity: number | null;
  quantityMax: number | null;
  unit: string | null;
  size: string | null;
  brand: string | null;
  notes: string | null;
  state: 'settled' | 'open' | 'left_out';
  fields: Partial<Record<FieldName, Field>>;
}

/** A line as it was read, for who counts what becomes of it. */
export type ReadAs = Pick<StateLine, 'id' | 'name' | 'quantity' | 'unit' | 'size' | 'brand'>;

/** What a choice does to the line it is about. */
export interface Effect {
  /** Fields that are written; those not named stay. */
  set?: { name?: string; quantity?: number; unit?: string | null };
  /** The line is left out, or taken out of the cart. */
  drop?: boolean;
  /** Another line of the cart that is meant: it is taken out, or its amount is set. */
  target?: string;
}

export interface Choice {
  id: string;
  label: string;
  because: string;
  effect: Effect;
}

export interface Question {
  id: string;
  line: string;
  kind: DoubtKind;
  text: string;
  because: string;
  choices: Choice[];
  /** Nothing is chosen by silence. */
  default: null;
  /** The choice, or the words, that answered it. */
  answer: string | null;
}

/** Something that is known of what an action asks about. `text` says all of it in a sentence; what does not apply is null. */
export interface Found {
  kind: 'price' | 'product' | 'food' | 'recipe' | 'route' | 'plan';
  /** The thing of `about` that it is known of. */
  about: string | null;
  id: string | null;
  name: string;
  text: string;
  /** Where more of it is read. */
  path: string | null;
  cents: number | null;
  currency: string | null;
  store: string | null;
  /** The day on which it was seen or made. */
  on: string | null;
  status: string | null;
}

export const UNKNOWN = {
  about: null,
  id: null,
  path: null,
  cents: null,
  currency: null,
  store: null,
  on: null,
  status: null,
};

/** A request that does what was asked for, ready but for the fields named in `needs`: of the query of a GET, of the body of others. */
export interface NextStep {
  label: string;
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  body: Record<string, unknown> | null;
  needs: string[];
}

export interface StateAction {
  type: Intent;
  span: Span;
  confidence: number;
  by: By;
  /** Of the cart: those it changed, put in or shows. */
  lines: string[];
  /** Of what is asked and changes no cart: the things it is about. */
  about: string[];
  /** What was said with it. Of what only asks it holds for the answer, and not for the cart. */
  constraints: Constraints;
  found: Found[];
  next: NextStep[];
}

/** What the household bought before, for "the usual": names with how much, most bought first. */
export interface Usual {
  name: string;
  quantity: number | null;
  unit: string | null;
}

/** A cart that words made: pure data, as it is stored and shown. */
export interface CartState {
  version: number;
  language: 'en' | 'da';
  actions: StateAction[];
  lines: StateLine[];
  questions: Question[];
  words: OwnedSpan[];
  constraints: Constraints;
  /** The moment that its deadline was read to be; absent where it was read to be none. */
  neededBy?: string;
  /** Until when its questions can be answered, as an ISO moment; absent before it is told, and for carts without. */
  askedUntil?: string;
  /** The lines that its words were read to be; absent before it is told. */
  readAs?: ReadAs[];
  /** Of the cart before the last change, so that it can be undone. */
  before: StateLine[];
  /** Counts up: ids of lines and questions are never used twice. */
  next: number;
}

export const emptyState = (): CartState => ({
  version: 1,
  language: 'en',
  actions: [],
  lines: [],
  questions: [],
  words: [],
  constraints: {},
  before: [],
  next: 1,
});

export const openQuestions = ({ questions }: Pick<CartState, 'questions'>): Question[] =>
  questions.filter(({ answer }) => answer === null);
/** Whether it is too late to answer, as of `now` on the database's clock. */
export const isTooLate = ({ askedUntil }: Pick<CartState, 'askedUntil'>, now: Date): boolean =>
  askedUntil !== undefined && now.getTime() >= Date.parse(askedUntil);

export const isRoutable = (state: CartState): boolean =>
  openQuestions(state).length === 0 && state.lines.some((line) => line.state === 'settled');
