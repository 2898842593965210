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

export interface StateAction {
  type: Intent;
  span: Span;
  confidence: number;
  by: By;
  lines: string[];
  /** Of what is asked and changes no cart: the things it is about. */
  about: string[];
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

export const openQuestions = ({ questions }: CartState): Question[] =>
  questions.filter(({ answer }) => answer === null);
export const isRoutable = (state: CartState): boolean =>
  openQuestions(state).length === 0 && state.lines.some((line) => line.state === 'settled');
