import { likenessOf } from '../../../providers/matching/likeness.js';
import { readWords } from '../../reading/read-words.js';
import type { Line, Reading } from '../../reading/reading.js';
import { ASSENT, NONE, placeOf } from './answering.js';
import { openQuestions, type CartState, type Question } from './cart-state.js';

/** What somebody says before and after the answer itself. */
const BEFORE =
  /^(?:(?:i want|i'd like|i would like|let's take|let's go with|i'll have|i'll take|make it|make that|go with|just|then|jeg tager|vi tager|jeg vil have|jeg vil gerne have|så|bare)\s+)+/i;
const AFTER = /[\s,]*(?:\b(?:please|thanks|thank you|then|tak))?[\s.!]*$/i;
const ARTICLE = /^(?:the|a|an|some|any|den|det|en|et|noget)\s+/i;

/**
 * The words by which a text answers the question that was asked first; null where it says anything else, which is read as any other text
 * then. An answer is nothing but a place or the label of a choice, a yes or no, an amount where one was asked for, or one thing that is of
 * the kind that was asked about: whoever says "add milk" while cheese is asked about wants milk. Pure.
 */
export function replyIn(text: string, state: CartState): string | null {
  const [question] = openQuestions(state);
  if (!question) return null;
  const said = text.trim().replace(BEFORE, '').replace(AFTER, '');
  if (said === '' || said.length > 80) return null;
  if (placeOf(said) >= 0 && placeOf(said) < question.choices.length) return said;
  if (NONE.test(said) || (ASSENT.test(said) && said.split(/\s+/).length === 1)) return said;
  const bare = said.replace(ARTICLE, '');
  const label = question.choices.find(({ label: one }) => [said, bare].some((words) => isSame(one, words)))?.label;
  if (label !== undefined) return label;
  const asked = state.lines.find(({ id }) => id === question.line)?.name ?? '';
  return isAbout(question, asked, said) ? said : null;
}

/** The action of a text that is a reply, in the place of those that it was read to be. */
export const asReply = (text: string, reading: Reading): Reading => ({
  ...reading,
  actions: [{ intent: 'answer', span: [0, text.length], confidence: 0.97, by: 'rule', lines: [], constraints: {} }],
});

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

function isAbout({ kind }: Question, asked: string, said: string): boolean {
  if (kind === 'keep_or_drop' || kind === 'confirm') return false;
  const isAmountAsked = kind === 'how_much' || kind === 'which_size';
  if (isAmountAsked && AMOUNT.test(said)) return true;
  const { actions } = readWords(said);
  const [action, ...more] = actions;
  const [line, ...others] = action?.lines ?? [];
  if (action?.intent !== 'add' || more.length > 0 || !line || others.length > 0) return false;
  return isAmountAsked ? line.quantity !== null && isKind(asked, line) : isKind(asked, line);
}

/** "2", "500 g", "two bottles": a number or a word, and a unit perhaps. */
const AMOUNT =
  /^(?:\d[\d.,/]*|one|two|three|four|five|six|half a|en|et|to|tre|fire|fem|seks|halvanden)\s*\p{L}{0,12}$/iu;

/** "Goat cheese", "feta" and "skiveost" are of what "cheese" and "ost" ask for. */
function isKind(asked: string, { name }: Line): boolean {
  const [kind, one] = [asked.toLowerCase(), name.toLowerCase()];
  return kind !== '' && (one.includes(kind) || likenessOf(asked, name) > 0);
}
