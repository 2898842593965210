import { Gathered } from '../../gathered.js';
import { jsonOf } from '../../opening/json.js';
import type { Opened } from '../../opening/opened.js';
import { Unreadable, type ReadOrder, type Reading } from '../../reading.js';
import type { Format } from '../format.js';
import { answersIn, type Answers } from './answers.js';
import { ledgerFrom } from './ledger.js';
import { nextDataIn } from './next-data.js';
import { Notes } from './notes.js';
import { orderFrom } from './order.js';

/** A page of an order, saved, or what the shop answered when its data was asked for: orders whole, and ledgers of charges. */
export const walmartPage: Format = {
  id: 'walmart-page',
  read: (file) => {
    const found = new Gathered();
    const answers = answersOf(file, found);
    if (answers === null || (isOfList(answers) && answers.orders.length + answers.ledgers.length === 0)) return null;
    return readingOf(answers, found, file.kind === 'html' ? 'the data in the page' : 'the order in the answer');
  },
};

/** The list of orders alone, as the shop shows or answers it: what was ordered, without prices. */
export const walmartList: Format = {
  id: 'walmart-list',
  read: (file) => {
    const found = new Gathered();
    const answers = answersOf(file, found);
    return answers === null || !isOfList(answers) ? null : readingOf(answers, found, 'the list of orders');
  },
};

const isOfList = ({ listed, isList, isSignedOut }: Answers): boolean => listed.length > 0 || isList || isSignedOut;

/** Null for a file without answers of the shop. */
function answersOf(file: Opened, found: Gathered): Answers | null {
  if (file.kind !== 'json' && file.kind !== 'html') return null;
  const value = file.kind === 'json' ? file.value : dataIn(file.text, found);
  if (value === undefined) return null;
  const answers = answersIn(value);
  const isAny = answers.orders.length + answers.ledgers.length > 0 || answers.isRefused || isOfList(answers);
  // A page with data was one of the shop's; of some other JSON nobody knows.
  return isAny || file.kind === 'html' ? answers : null;
}

/** Browsers take the first of two; what stands in the second is nobody's. */
function dataIn(html: string, found: Gathered): unknown {
  const [first, ...others] = nextDataIn(html);
  if (first === undefined) return undefined;
  if (others.length > 0) found.ask('data_twice', 'The page holds its data twice; the first alone was read.');
  const value = jsonOf(first);
  if (value === undefined) throw new Unreadable('The data in the page is none; save the page again, whole.');
  return value;
}

const NO_ORDER = 'The page, or the answer, holds no order; open the order while signed in, and save it again.';
const SIGN_IN = 'The list of orders is that of nobody who is signed in; sign in, and save it again.';

function readingOf(answers: Answers, found: Gathered, toldBy: string): Omit<Reading, 'format'> {
  const isNone = answers.orders.length + answers.listed.length + answers.ledgers.length === 0;
  if (isNone && answers.isSignedOut) found.ask('sign_in', SIGN_IN);
  else if (isNone && !answers.isList) found.ask('no_order', NO_ORDER);
  const notes = new Notes(found);
  const orders = ordersFrom(answers, notes);
  notes.ask();
  return { ...found.reading(toldBy), orders };
}

/** What the answers tell of orders, one account for each; a list is a format of its own wherever it stands. */
export function ordersFrom(answers: Answers, notes: Notes): ReadOrder[] {
  const listed = answers.listed.map((told) => orderFrom(told, true, notes)).filter((order) => order !== null);
  const whole = answers.orders.map((told) => orderFrom(told, false, notes)).filter((order) => order !== null);
  const charged = answers.ledgers.map(ledgerFrom).filter((order) => order !== null);
  const told = whole.filter(({ lines, isFuel }) => lines.length > 0 || isFuel === true);
  told.forEach(({ numberKey }) => notes.hasDetail(numberKey!));
  return [...whole, ...charged, ...listed.map((order) => ({ ...order, format: 'walmart-list' }))];
}
