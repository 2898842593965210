import type { Doubt, Line } from '../../reading/reading.js';
import { TEXTS, whyIn, type AskedIn } from './asking-texts.js';
import type { Choice, Question, StateLine } from './cart-state.js';

/** The questions that a line's doubts make, with what each choice does. Words may answer each of them instead. */
export function questionsOf(
  lineId: string,
  line: Line,
  what: 'add' | 'remove' | 'set',
  meant: readonly StateLine[],
  language: AskedIn,
): Omit<Question, 'id'>[] {
  const { kinds, unread } = TEXTS[language];
  return line.doubts.map((doubt) => ({
    line: lineId,
    kind: doubt.kind,
    text: doubt.isUnread ? unread(line.name) : kinds[doubt.kind](line.name),
    because: whyIn(language, doubt.why, line.name),
    choices: choicesOf(line, doubt, what, meant, language).map((choice, at) => ({ id: `c${at + 1}`, ...choice })),
    default: null,
    answer: null,
  }));
}

function choicesOf(
  line: Line,
  doubt: Doubt,
  what: 'add' | 'remove' | 'set',
  meant: readonly StateLine[],
  language: AskedIn,
): Omit<Choice, 'id'>[] {
  const texts = TEXTS[language];
  const leave = { label: texts.leave, because: texts.guess, effect: { drop: true as const } };
  const stay = { label: texts.stay, because: texts.noChange, effect: {} };
  if (what === 'remove') return removing(meant, language);
  if (doubt.isUnread)
    // Of words that were not understood a few may name a thing; a sentence does not.
    return line.name.split(/\s+/).length > 4
      ? [leave]
      : [{ label: texts.add(line.name), because: texts.asWritten, effect: { set: { name: line.name } } }, leave];
  if (doubt.kind === 'which_meant' && meant.length > 0) return [...aimed(line, meant, language), stay];
  switch (doubt.kind) {
    case 'which_food':
    case 'which_meant':
      return [
        ...doubt.choices.map((name) => ({ label: name, because: texts.aKindOf(line.name), effect: { set: { name } } })),
        { label: texts.any(line.name), because: texts.asWritten, effect: { set: { name: line.name } } },
        leave,
      ];
    case 'how_much':
    case 'which_size':
      return [
        ...[1, 2].map((quantity) => ({
          label: amountLabel(quantity, line),
          because: texts.usual,
          effect: { set: { quantity } },
        })),
        what === 'set' ? stay : leave,
      ];
    case 'keep_or_drop':
      return [
        { label: texts.keep, because: texts.inCart, effect: {} },
        { ...leave, label: texts.drop },
      ];
    case 'confirm':
      return [
        { label: texts.yes, because: texts.asRead, effect: {} },
        { ...leave, label: texts.no },
      ];
  }
}

const amountLabel = (quantity: number, { unit }: Line): string =>
  unit === null ? String(quantity) : `${quantity} ${unit}`;

function removing(meant: readonly StateLine[], language: AskedIn): Omit<Choice, 'id'>[] {
  const texts = TEXTS[language];
  return [
    ...meant.map(({ id, name }) => ({
      label: texts.dropOne(name),
      because: texts.inCart,
      effect: { drop: true, target: id },
    })),
    { label: texts.keepAll, because: texts.noneTaken, effect: {} },
  ];
}

function aimed(line: Line, meant: readonly StateLine[], language: AskedIn): Omit<Choice, 'id'>[] {
  const set =
    line.quantity === null
      ? {}
      : { set: { quantity: line.quantity, ...(line.unit === null ? {} : { unit: line.unit }) } };
  return meant.map(({ id, name }) => ({
    label: name,
    because: TEXTS[language].inCart,
    effect: { ...set, target: id },
  }));
}
