import type { Constraints } from './constraints.js';
import type { Intent } from './intent-names.js';
import type { Signs } from './learned/sureness.js';

/** Who read a field: a rule, the tagger, the household's history, a language model. */
export type By = 'rule' | 'tagger' | 'history' | 'model';

/** From and up to but without, in UTF-16 code units. */
export type Span = readonly [start: number, end: number];

export interface Field {
  span: Span;
  /** Calibrated: of fields with 0.9 nine of ten are right. */
  confidence: number;
  by: By;
}
export type FieldName = 'name' | 'quantity' | 'unit' | 'size' | 'brand' | 'notes';

export type DoubtKind = 'which_food' | 'which_size' | 'how_much' | 'which_meant' | 'keep_or_drop' | 'confirm';
/** What has to be asked before a line counts. */
export interface Doubt {
  kind: DoubtKind;
  why: string;
  /** What may be meant, where that is known. */
  choices: string[];
  /** The line is words that were not understood, and no thing yet. */
  isUnread?: true;
}

export interface Line {
  name: string;
  quantity: number | null;
  quantityMax: number | null;
  unit: string | null;
  size: string | null;
  brand: string | null;
  notes: string | null;
  /** Of a replacement: what goes, what comes. */
  role: 'from' | 'to' | null;
  span: Span;
  fields: Partial<Record<FieldName, Field>>;
  doubts: Doubt[];
  /** How likely its name and its amount (or that none was said) are right, and what that was told from; absent where no words were read for it. */
  sure?: { name: number; amount: number; signs: Signs };
}

export interface Action {
  intent: Intent;
  span: Span;
  confidence: number;
  by: By;
  lines: Line[];
  constraints: Constraints;
}

export type Role =
  'item' | 'amount' | 'unit' | 'size' | 'brand' | 'note' | 'constraint' | 'action' | 'filler' | 'unread';
export interface OwnedSpan {
  span: Span;
  role: Role;
}

/** What was said, read. */
export interface Reading {
  language: 'en' | 'da';
  /** In the order in which they are to be carried out. */
  actions: Action[];
  /** Every character of the text is in exactly one. */
  words: OwnedSpan[];
}

/** What is known when words come in. */
export interface Context {
  /** The names in the cart, in order. */
  cart: readonly { name: string; quantity: number | null; unit: string | null }[];
  /** What was asked last, and between what to choose. */
  question: { text: string; options: readonly string[] } | null;
}
export const NO_CONTEXT: Context = { cart: [], question: null };
