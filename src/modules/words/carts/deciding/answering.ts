import type { ReadItem } from '../../reading/items.js';
import { openQuestions, type CartState, type Effect, type Question, type StateLine } from './cart-state.js';

/** How words that answer are read: see `readLine`. */
export type ReadLine = (text: string, options: { locale: string }) => ReadItem | null;

export interface Answer {
  question: string;
  /** The id of a choice, or words instead. */
  choice?: string | undefined;
  text?: string | undefined;
}

/** Why an answer cannot be taken: the place in the list, and what is wrong with it. */
export interface AnswerFault {
  at: number;
  detail: string;
}

/**
 * A cart after answers, whatever their order; a fault and nothing is changed. Words answer a question about an amount with an amount,
 * any other with a name; what cannot be read so is a fault, never a guess.
 */
export function answered(
  state: CartState,
  answers: readonly Answer[],
  readLine: ReadLine,
): CartState | { faults: AnswerFault[] } {
  const faults: AnswerFault[] = [];
  const given = new Map<string, { effect: Effect; said: string }>();
  for (const [at, answer] of answers.entries()) {
    const question = openQuestions(state).find(({ id }) => id === answer.question);
    const effect =
      question &&
      (answer.choice !== undefined
        ? question.choices.find(({ id }) => id === answer.choice)?.effect
        : said(question, readLine(answer.text ?? '', { locale: state.language }), answer.text ?? ''));
    if (!question) faults.push({ at, detail: `no open question ${answer.question}` });
    else if (given.has(question.id)) faults.push({ at, detail: `${question.id} is answered twice` });
    else if (!effect)
      faults.push({
        at,
        detail:
          answer.choice === undefined
            ? 'the words tell no amount or name'
            : `${question.id} has no choice ${answer.choice}`,
      });
    else given.set(question.id, { effect, said: answer.choice ?? answer.text! });
  }
  if (faults.length > 0) return { faults };
  let lines = [...state.lines];
  // In the order of the questions, so that the order of the answers makes no difference.
  for (const question of state.questions) {
    const answer = given.get(question.id);
    if (answer) lines = afterAnswer(lines, question, answer.effect);
  }
  const questions = state.questions.map((question) =>
    given.has(question.id) ? { ...question, answer: given.get(question.id)!.said } : question,
  );
  return {
    ...state,
    lines: settledLines(lines, questions),
    questions: withoutLost(questions, lines),
    version: state.version + 1,
  };
}

/**
 * A cart's lines and questions after words in answer to one question; null where they do not answer it. What asks for words again is no
 * worse than a guess.
 */
export function replied(
  { lines, questions }: Pick<CartState, 'lines' | 'questions'>,
  question: Question,
  text: string,
  { language, readLine }: { language: string; readLine: ReadLine },
): Pick<CartState, 'lines' | 'questions'> | null {
  const effect = said(question, readLine(text, { locale: language }), text);
  if (!effect) return null;
  const told = questions.map((one) => (one.id === question.id ? { ...one, answer: text } : one));
  const after = settledLines(afterAnswer(lines, question, effect), told);
  return { lines: after, questions: withoutLost(told, after) };
}

function said(question: Question, line: ReadItem | null, text: string): Effect | null {
  const placed = question.choices[placeOf(text)];
  if (placed) return placed.effect;
  if (NONE.test(text)) return question.choices.find(({ effect }) => effect.drop === true)?.effect ?? {};
  if (question.kind === 'how_much' || question.kind === 'which_size')
    return line?.quantity !== null && line?.quantity !== undefined && line.quantity > 0
      ? { set: { quantity: line.quantity, ...(line.unit === null ? {} : { unit: line.unit }) } }
      : null;
  if (question.kind === 'which_food' || question.kind === 'which_meant') {
    if (ASSENT.test(text)) return null;
    const named = question.choices.find(({ label }) => label.toLowerCase() === text.trim().toLowerCase());
    if (named) return named.effect;
    const name = line?.name ?? '';
    return name === ''
      ? null
      : {
          set: {
            name,
            ...(line?.quantity ? { quantity: line.quantity } : {}),
            ...(line?.unit ? { unit: line.unit } : {}),
          },
        };
  }
  if (/^\s*(keep|keep it|behold)\b/i.test(text) || ASSENT.test(text)) return question.choices[0]?.effect ?? null;
  return null;
}

export const NONE =
  /^\s*(none|nothing|leave it|leave it out|skip|skip it|drop it|no|nope|no thanks|nej|nej tak|ingen)\s*[.!]?\s*$/i;
export const ASSENT = /^\s*(yes|yep|yeah|yup|sure|ok|okay|correct|right|exactly|ja|jo|jep|gerne)\b/i;

/** "The second one", "number 2": the place of a choice, from 0; -1 where the words name none. */
export function placeOf(text: string): number {
  const words = text.toLowerCase().replace(/[.!?]/g, ' ').trim();
  const number = /^(?:the |option |choice |number |no\. ?|nr\.? ?|nummer |valg )+(\d{1,2})(?: please| tak)?$/.exec(
    words,
  );
  if (number) return Number(number[1]) - 1;
  const place = /^(?:the |den |det )?(\p{L}+)(?: (?:one|choice|option|please|tak))*$/u.exec(words)?.[1] ?? '';
  return PLACES.findIndex((names) => names.includes(place));
}
const PLACES = [
  ['first', 'første'],
  ['second', 'anden', 'andet'],
  ['third', 'tredje'],
  ['fourth', 'fjerde'],
  ['fifth', 'femte'],
];

function afterAnswer(lines: readonly StateLine[], question: Question, { set, drop, target }: Effect): StateLine[] {
  const id = target ?? question.line;
  if (drop === true && target !== undefined) return lines.filter((line) => line.id !== target);
  if (drop === true) return lines.map((line) => (line.id === id ? { ...line, state: 'left_out' as const } : line));
  if (!set) return [...lines];
  return lines.map((line) =>
    line.id === id ? { ...line, ...set, unit: set.unit === undefined ? line.unit : set.unit } : line,
  );
}

/** A line is settled once nothing of it is open. */
function settledLines(lines: readonly StateLine[], questions: readonly Question[]): StateLine[] {
  return lines.map((line) =>
    line.state === 'open' && questions.every((question) => question.line !== line.id || question.answer !== null)
      ? { ...line, state: 'settled' as const }
      : line,
  );
}

/** A question about a line that is out of the cart, or left out, asks nothing any more. */
const withoutLost = (questions: readonly Question[], lines: readonly StateLine[]): Question[] =>
  questions.map((question) => {
    const line = lines.find(({ id }) => id === question.line);
    return question.answer === null && (!line || line.state === 'left_out')
      ? { ...question, answer: 'moot' }
      : question;
  });

/** What nobody answered is left out, and named by that: silence never chooses. */
export function unansweredLeftOut(state: CartState): CartState {
  const open = new Set(openQuestions(state).map(({ line }) => line));
  const lines = state.lines.map((line) =>
    line.state === 'open' && open.has(line.id) ? { ...line, state: 'left_out' as const } : line,
  );
  const questions = state.questions.map((question) =>
    question.answer === null ? { ...question, answer: 'unanswered' } : question,
  );
  return { ...state, lines, questions, version: state.version + 1 };
}
