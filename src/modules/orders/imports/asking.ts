import type { Counts } from '../history/tally.js';
import { idOf, questionsOfDiffering, type Decided } from '../reading/differing.js';
import type { Question } from '../reading/reading.js';

const MOST_QUESTIONS = 50;

/** What an import asks: of its files, of the history that they came to, and of its lists; not again what was answered. Pure. */
export function askedOf(ofFiles: readonly Question[], counts: Counts, ofLists: readonly Question[]): Question[] {
  const answered = new Set(counts.answered.map(idOf));
  const merged = questionsOfDiffering(counts.differing);
  const byId = new Map(merged.map((question) => [question.id!, question]));
  const own = ofFiles.flatMap((question) => {
    if (question.id === undefined) return [question];
    if (answered.has(question.id)) return [];
    const same = byId.get(question.id);
    byId.delete(question.id);
    return [same ? withChoicesOf(same, question) : question];
  });
  return [...own, ...byId.values(), ...questionOf(counts.waiting), ...ofLists].slice(0, MOST_QUESTIONS);
}

/** The values of the one, and those that the other has beside. */
function withChoicesOf(question: Question, other: Question): Question {
  const known = question.choices ?? [];
  const more = (other.choices ?? []).filter(({ value }) => !known.some((one) => one.value === value));
  const choices = [...known, ...more].map((choice, at) => ({ ...choice, id: `c${at + 1}` }));
  return { ...question, choices };
}

/** One answer to one question. */
export interface Answer {
  question: string;
  choice: string;
}
/** Questions after answers, all of them or none, and what they say; else why an answer cannot be taken, with its place in the list. */
export function answered(
  questions: readonly Question[],
  answers: readonly Answer[],
): { questions: Question[]; decided: Decided[] } | { faults: { at: number; detail: string }[] } {
  const faults: { at: number; detail: string }[] = [];
  const given = new Map<string, { choice: string; decided: Decided }>();
  for (const [at, answer] of answers.entries()) {
    const question = questions.find(({ id, about }) => id === answer.question && about !== undefined);
    const choice = question?.choices?.find(({ id }) => id === answer.choice);
    if (!question) faults.push({ at, detail: `no question ${answer.question} that can be answered` });
    else if (given.has(answer.question)) faults.push({ at, detail: `${answer.question} is answered twice` });
    else if (!choice) faults.push({ at, detail: `${answer.question} has no choice ${answer.choice}` });
    else given.set(answer.question, { choice: choice.id, decided: { ...question.about!, value: choice.value } });
  }
  if (faults.length > 0) return { faults };
  return {
    questions: questions.map((one) => {
      const answer = given.get(one.id ?? '')?.choice;
      return answer === undefined ? one : { ...one, answer };
    }),
    decided: [...given.values()].map(({ decided }) => decided),
  };
}

/** What is asked about candidates of which no order is known. */
function questionOf(waiting: readonly { orderedOn: string | null; lines: number }[]): Question[] {
  if (waiting.length === 0) return [];
  const all = waiting.map(({ orderedOn, lines }) => `${orderedOn ?? 'a day that is not told'} (${lines} lines)`);
  const text =
    `These name no order, and no order is known that they are of: ${all.slice(0, 20).join(', ')}` +
    `${all.length > 20 ? ` and ${all.length - 20} more` : ''}. They are kept until a file brings it. If each is one order, send the ` +
    'file again with ?withoutNumbers=accept.';
  return [{ code: 'number_missing', text }];
}
