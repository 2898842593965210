import { inCart } from '../../reading/doubts.js';
import { together, type Constraints } from '../../reading/constraints.js';
import { readLine } from '../../reading/read-line.js';
import type { Action, Line, Reading } from '../../reading/reading.js';
import { replied } from './answering.js';
import { questionsOf } from './asking.js';
import type { AskedIn } from './asking-texts.js';
import {
  openQuestions,
  UNKNOWN,
  type CartState,
  type Found,
  type StateAction,
  type StateLine,
  type Usual,
} from './cart-state.js';
import { NO_RECIPE, type Cooked, type Wanted } from './cooking.js';

/** What the words alone do not tell. */
export interface Beside {
  /** The words themselves. */
  text: string;
  /** Those that answer the question that was asked first; null where they say something else (see `replyIn`). */
  reply: string | null;
  /** What a dish is made of. */
  cook: (wanted: Wanted) => Cooked;
  /** The language of what is asked. */
  asksIn: AskedIn;
}
const NOTHING_BESIDE: Beside = { text: '', reply: null, cook: () => NO_RECIPE, asksIn: 'en' };

/**
 * A cart after what was said, action by action. What is in doubt is asked about and changes nothing until it is answered. Pure: the same
 * cart, words and history give the same.
 */
export function carriedOut(
  state: CartState,
  reading: Reading,
  usual: readonly Usual[],
  beside: Beside = NOTHING_BESIDE,
): CartState {
  const maker = new Maker(state, reading, usual, beside);
  for (const action of reading.actions) maker.carryOut(action);
  return maker.done();
}

const CHANGING = new Set(['add', 'remove', 'replace', 'set_quantity', 'clear', 'undo', 'reorder']);
/** Their constraints hold for the cart; what is only asked, or planned, has its own. */
const CONSTRAINING = new Set([...CHANGING, 'constrain', 'checkout']);

class Maker {
  private lines: StateLine[];
  private readonly actions: StateAction[] = [];
  private questions: CartState['questions'];
  private constraints: CartState['constraints'];
  private next: number;

  constructor(
    private readonly state: CartState,
    private readonly reading: Reading,
    private readonly usual: readonly Usual[],
    private readonly beside: Beside,
  ) {
    this.lines = [...state.lines];
    this.questions = state.questions.filter(({ answer }) => answer === null);
    this.constraints = state.constraints;
    this.next = state.next;
  }

  done(): CartState {
    const { reading, state } = this;
    const hasChanged = this.actions.some(
      ({ type, lines }) => CHANGING.has(type) || ((type === 'from_recipe' || type === 'answer') && lines.length > 0),
    );
    return {
      version: state.version,
      language: reading.language,
      actions: this.actions,
      lines: this.lines,
      questions: this.questions,
      words: reading.words,
      constraints: this.constraints,
      ...(state.neededBy === undefined ? {} : { neededBy: state.neededBy }),
      before: hasChanged ? state.lines : state.before,
      next: this.next,
    };
  }

  carryOut(action: Action): void {
    const { intent, span, confidence, by, constraints } = action;
    this.constraints = together([this.constraints, heldBy(action)]);
    const about = CHANGING.has(intent) ? [] : action.lines.map(called);
    const done =
      intent === 'from_recipe' ? this.cook(action, about.join(' ')) : { lines: this.linesOf(action), found: [] };
    this.actions.push({ type: intent, span, confidence, by, about, constraints, next: [], ...done });
  }

  private linesOf(action: Action): string[] {
    switch (action.intent) {
      case 'add':
        return action.lines.map((line) => this.add(line));
      case 'remove':
        return action.lines.flatMap((line) => this.remove(line));
      case 'set_quantity':
        return action.lines.flatMap((line) => this.setQuantity(line));
      case 'replace':
        return this.replace(action.lines);
      case 'reorder':
        return this.usual.map((one) => this.putKnown(one, action, 'history'));
      case 'show':
        return this.lines.map(({ id }) => id);
      case 'answer':
        return this.reply();
      case 'clear':
        this.drop(this.lines.map(({ id }) => id));
        return [];
      case 'undo':
        this.lines = [...this.state.before];
        return [];
      default:
        return [];
    }
  }

  private id(prefix: string): string {
    return `${prefix}_${this.next++}`;
  }

  private put(line: Omit<StateLine, 'id' | 'state'>, state: StateLine['state'] = 'settled'): string {
    const id = this.id('ln');
    this.lines.push({ ...line, id, state });
    return id;
  }

  private putKnown({ name, quantity, unit }: Usual, { span }: Action, by: 'history' | 'rule'): string {
    const known = { span, confidence: 0.9, by };
    const fields = by === 'rule' ? { name: known, quantity: known, unit: known } : { name: known };
    return this.put({ ...NOTHING, name, quantity, unit, fields });
  }

  /** A dish that is one recipe puts its ingredients in; of several that may be meant none is taken. */
  private cook(action: Action, dish: string): { lines: string[]; found: Found[] } {
    const people = action.constraints.people ?? this.constraints.people ?? null;
    const text = this.beside.text.slice(action.span[0]);
    const { recipe, lines, choices } = this.beside.cook({ dish, text, people });
    const found = (recipe ? [recipe] : choices).map(({ id, title }) => recipeFound(dish, id, title, recipe?.servings));
    return { lines: lines.map((line) => this.putKnown(line, action, 'rule')), found };
  }

  /** Words about the question that was asked first; what does not answer it leaves it open. */
  private reply(): string[] {
    const [question] = openQuestions({ questions: this.questions });
    const { reply } = this.beside;
    if (!question || reply === null) return [];
    const after = replied({ lines: this.lines, questions: this.questions }, question, reply, {
      language: this.reading.language,
      readLine,
    });
    if (!after) return [];
    this.lines = after.lines;
    this.questions = after.questions;
    return [question.line];
  }

  private add(line: Line): string {
    const same =
      line.doubts.length > 0
        ? undefined
        : this.lines.find(
            (one) =>
              one.state === 'settled' &&
              one.unit === line.unit &&
              one.size === line.size &&
              sameName(one.name, line.name),
          );
    if (same) {
      const quantity =
        same.quantity === null && line.quantity === null ? null : (same.quantity ?? 1) + (line.quantity ?? 1);
      this.change({ ...same, quantity });
      return same.id;
    }
    const id = this.put(bare(line), line.doubts.length > 0 ? 'open' : 'settled');
    this.ask(id, line, 'add');
    return id;
  }

  private remove(line: Line): string[] {
    const meant = this.meant(line);
    if (line.doubts.length > 0 || meant.length > 1) {
      const first = meant[0];
      if (!first) return [];
      this.ask(first.id, line.doubts.length > 0 ? line : { ...line, doubts: [several(line)] }, 'remove', meant);
      return meant.map(({ id }) => id);
    }
    const held = meant[0];
    if (!held) return [];
    const left =
      line.quantity !== null && held.quantity !== null && (line.unit === null || line.unit === held.unit)
        ? held.quantity - line.quantity
        : 0;
    if (left > 0) this.change({ ...held, quantity: left });
    else this.drop([held.id]);
    return [held.id];
  }

  private setQuantity(line: Line): string[] {
    const meant = this.meant(line);
    const held = meant[0];
    if (!held) return [this.add(line)];
    if (line.doubts.length > 0 || meant.length > 1 || line.quantity === null) {
      const doubts =
        line.doubts.length > 0
          ? line.doubts
          : [
              meant.length > 1
                ? several(line)
                : { kind: 'how_much' as const, why: 'how much it shall be was not said', choices: [] },
            ];
      this.ask(held.id, { ...line, doubts }, 'set', meant);
      return meant.map(({ id }) => id);
    }
    this.change({
      ...held,
      quantity: line.quantity,
      quantityMax: line.quantityMax,
      unit: line.unit ?? held.unit,
      size: line.size ?? held.size,
    });
    return [held.id];
  }

  private replace(lines: readonly Line[]): string[] {
    const from = lines.find(({ role }) => role === 'from');
    const to = lines.find(({ role }) => role === 'to');
    if (!from || !to) return lines.map((line) => this.add(line));
    const meant = this.meant(from);
    if (meant.length > 1) {
      this.ask(meant[0]!.id, { ...from, doubts: [several(from)] }, 'remove', meant);
      return [...meant.map(({ id }) => id), this.add(to)];
    }
    const held = meant[0];
    if (held) this.drop([held.id]);
    const id = this.add({
      ...to,
      quantity: to.quantity ?? held?.quantity ?? null,
      unit: to.quantity === null ? (held?.unit ?? to.unit) : to.unit,
    });
    return held ? [held.id, id] : [id];
  }

  private meant(line: Line): StateLine[] {
    const present = this.lines.filter(({ state }) => state !== 'left_out');
    const found = inCart(line.name, present);
    return present.filter((one) => found.includes(one));
  }

  private change(line: StateLine): void {
    this.lines = this.lines.map((one) => (one.id === line.id ? line : one));
  }

  private drop(ids: readonly string[]): void {
    this.lines = this.lines.filter(({ id }) => !ids.includes(id));
    this.questions = this.questions.filter(({ line }) => !ids.includes(line));
  }

  private ask(lineId: string, line: Line, what: 'add' | 'remove' | 'set', meant: readonly StateLine[] = []): void {
    for (const question of questionsOf(lineId, line, what, meant, this.beside.asksIn))
      this.questions.push({ ...question, id: this.id('q') });
  }
}

const several = (line: Line) => ({
  kind: 'which_meant' as const,
  why: `several lines of the cart are ${line.name}`,
  choices: [],
});

const called = ({ brand, name }: Line): string => (brand === null ? name : `${brand} ${name}`);

/** Who eats of a recipe is no matter of the cart; what nobody there may eat is. */
function heldBy({ intent, constraints }: Action): Constraints {
  if (CONSTRAINING.has(intent)) return constraints;
  const { diet, allergen } = constraints;
  return intent === 'from_recipe' ? { ...(diet ? { diet } : {}), ...(allergen ? { allergen } : {}) } : {};
}

const recipeFound = (about: string, id: string, title: string, servings: number | undefined): Found => ({
  ...UNKNOWN,
  kind: 'recipe',
  about,
  id,
  name: title,
  text: servings === undefined ? title : `${title}, for ${servings}`,
  path: `/v1/recipes/${id}${servings === undefined ? '' : `?servings=${servings}`}`,
});

const NOTHING = { quantityMax: null, size: null, brand: null, notes: null } as const;

const bare = ({
  name,
  quantity,
  quantityMax,
  unit,
  size,
  brand,
  notes,
  fields,
}: Line): Omit<StateLine, 'id' | 'state'> => ({ name, quantity, quantityMax, unit, size, brand, notes, fields });

const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
