import type { Doubt, Line } from '../../reading/reading.js';
import type { Choice, Question, StateLine } from './cart-state.js';

const TEXTS: Readonly<Record<Doubt['kind'], (name: string) => string>> = {
  which_food: (name) => `Which ${name} do you mean?`,
  which_size: (name) => `Which size of ${name}?`,
  how_much: (name) => `How much ${name}?`,
  which_meant: (name) => `Which ${name} do you mean?`,
  keep_or_drop: (name) => `Shall ${name} stay in the cart?`,
  confirm: (name) => `Is “${name}” what you want?`,
};

const LEAVE: Omit<Choice, 'id'> = {
  label: 'leave it out',
  because: 'nothing is bought on a guess',
  effect: { drop: true },
};

/** The questions that a line's doubts make, with what each choice does. Words may answer each of them instead. */
export function questionsOf(
  lineId: string,
  line: Line,
  what: 'add' | 'remove' | 'set',
  meant: readonly StateLine[],
): Omit<Question, 'id'>[] {
  return line.doubts.map((doubt) => ({
    line: lineId,
    kind: doubt.kind,
    text: doubt.isUnread ? `What do you mean by “${line.name}”?` : TEXTS[doubt.kind](line.name),
    because: doubt.why,
    choices: choicesOf(line, doubt, what, meant).map((choice, at) => ({ id: `c${at + 1}`, ...choice })),
    default: null,
    answer: null,
  }));
}

function choicesOf(
  line: Line,
  doubt: Doubt,
  what: 'add' | 'remove' | 'set',
  meant: readonly StateLine[],
): Omit<Choice, 'id'>[] {
  if (what === 'remove') return removing(meant);
  if (doubt.isUnread) return unread(line.name);
  if (doubt.kind === 'which_meant' && meant.length > 0) return aimed(line, meant);
  switch (doubt.kind) {
    case 'which_food':
    case 'which_meant':
      return [
        ...doubt.choices.map((name) => ({ label: name, because: `a kind of ${line.name}`, effect: { set: { name } } })),
        { label: `any ${line.name}`, because: 'as it was written', effect: { set: { name: line.name } } },
        LEAVE,
      ];
    case 'how_much':
    case 'which_size':
      return [
        ...[1, 2].map((quantity) => ({
          label: amountLabel(quantity, line),
          because: 'a usual amount',
          effect: { set: { quantity } },
        })),
        what === 'set' ? STAY : LEAVE,
      ];
    case 'keep_or_drop':
      return [
        { label: 'keep it', because: 'it is in the cart', effect: {} },
        { ...LEAVE, label: 'drop it' },
      ];
    case 'confirm':
      return [
        { label: 'yes', because: 'as it was read', effect: {} },
        { ...LEAVE, label: 'no' },
      ];
  }
}

/** Of words that were not understood a few may name a thing; a sentence does not. */
const unread = (name: string): Omit<Choice, 'id'>[] =>
  name.split(/\s+/).length > 4
    ? [LEAVE]
    : [{ label: `add ${name}`, because: 'as it was written', effect: { set: { name } } }, LEAVE];

const STAY: Omit<Choice, 'id'> = { label: 'leave it as it is', because: 'nothing is changed on a guess', effect: {} };
const amountLabel = (quantity: number, { unit }: Line): string =>
  unit === null ? String(quantity) : `${quantity} ${unit}`;

function removing(meant: readonly StateLine[]): Omit<Choice, 'id'>[] {
  return [
    ...meant.map(({ id, name }) => ({
      label: `drop ${name}`,
      because: 'it is in the cart',
      effect: { drop: true, target: id },
    })),
    { label: 'keep all', because: 'nothing is taken out on a guess', effect: {} },
  ];
}

function aimed(line: Line, meant: readonly StateLine[]): Omit<Choice, 'id'>[] {
  const set =
    line.quantity === null
      ? {}
      : { set: { quantity: line.quantity, ...(line.unit === null ? {} : { unit: line.unit }) } };
  return [
    ...meant.map(({ id, name }) => ({ label: name, because: 'it is in the cart', effect: { ...set, target: id } })),
    STAY,
  ];
}
