import { fingerprintOf } from '../../../common/canonical-json.js';
import type { Question, Retailer, ToldDifferently } from './reading.js';
import { inUnits } from './sums.js';

/** One fact of one order that is told in several ways: what is asked of it. Pure. */
const MOST_IN_FILE = 20;

export interface Differing extends Omit<ToldDifferently, 'orderedOn'> {
  numberKey: string;
}

/** One fact of one order, as the household knows it. */
export interface Decided {
  retailer: Retailer;
  number: string;
  field: string;
  value: number | string;
}

/** Of these an order has one alone. */
export const isSingle = (field: string): boolean =>
  field.endsWith('Cents') || field === 'orderedOn' || field === 'currency';

/** What is asked of places of one file, named by it; of orders without a number, which nobody can name, a sentence alone. */
export function questionsInFile(all: readonly ToldDifferently[], file: string | null): Question[] {
  const [named, nameless]: [Differing[], Differing[]] = [[], []];
  for (const { numberKey, orderedOn, ...told } of all) {
    const values = told.values.map((value) => (file === null ? value : { ...value, by: `${value.by} of ${file}` }));
    if (numberKey === null)
      nameless.push({ ...told, values, numberKey: `without a number (${orderedOn ?? 'no day'})` });
    else named.push({ ...told, values, numberKey });
  }
  const sentences = questionsOfDiffering(nameless).map(({ code, text }) => ({ code, text }));
  return [...questionsOfDiffering(named), ...sentences].slice(0, MOST_IN_FILE);
}

/** What is asked, with its choices: the same of the same order and fact, whichever files tell them. */
export function questionsOfDiffering(all: readonly Differing[]): Question[] {
  const byId = new Map<string, Differing>();
  for (const one of all) {
    const id = idOf(one);
    const known = byId.get(id);
    if (known) known.values.push(...one.values);
    else byId.set(id, { ...one, values: [...one.values] });
  }
  return [...byId].map(([id, differing]) => questionOf(id, differing));
}

function questionOf(id: string, { retailer, numberKey, field, values }: Differing): Question {
  const byValue = new Map<number | string, string[]>();
  const shownAs = new Map<number | string, string>();
  for (const { value, by, shown: as } of values) {
    if (as !== undefined && !shownAs.has(value)) shownAs.set(value, as);
    const known = byValue.get(value);
    if (!known) byValue.set(value, [by]);
    else if (!known.includes(by)) known.push(by);
  }
  const name = field
    .replace(/Cents$/, '')
    .replaceAll(/(?=[A-Z])/g, ' ')
    .toLowerCase();
  const choices = [...byValue].map(([value, by], at) => {
    return { id: `c${at + 1}`, label: `${shownAs.get(value) ?? shown(field, value)} (${by.join(', ')})`, value };
  });
  const [kept, ...others] = choices.map(({ label }) => label);
  const text = `Of order ${numberKey}, ${name} ${name.endsWith('amounts') ? 'are' : 'is'} ${kept} and ${others.join(' and ')}. The first is kept until you say which holds.`;
  return { id, code: 'orders_differ', text, about: { retailer, number: numberKey, field }, choices, answer: null };
}

export const idOf = ({ retailer, numberKey, field }: Pick<Differing, 'retailer' | 'numberKey' | 'field'>): string =>
  `qst_${fingerprintOf([retailer, numberKey, field]).slice(0, 16)}`;

const shown = (field: string, value: number | string): string =>
  typeof value === 'number' && field.endsWith('Cents') ? inUnits(value) : String(value);
