import { cleanText } from '../../../common/text.js';
import { FORMATS } from './formats/registry.js';
import { openAll } from './opening/open.js';
import type { Opened } from './opening/opened.js';
import { Unreadable, type ReadOrder, type Reading, type Refusal, type Skipped, type SourceFile } from './reading.js';
import { questionsInFile } from './differing.js';
import { questionOfDays, questionOfProducts, questionOfSums } from './sums.js';
import { questionOfDates } from './told-dates.js';
import { questionOfPrices } from './told-prices.js';

const UNKNOWN = 'The file is of no format that is read here.';
const NOTHING_FOUND = 'no order, list or charge was found';
const LONGEST_NAME = 80;
const UNKNOWN_MEMBER = 'It is of no format that is read here.';
const BROKEN = 'The file cannot be read to its end; export it again.';

/** An order with the format that tells of it. */
export interface SourcedOrder extends ReadOrder {
  format: string;
}
export type Read = Omit<Reading, 'orders'> & { orders: SourcedOrder[] };

/**
 * What files of one import say, each by its own content, put together. `hint` is the format that the sender names; the others are not
 * tried. `today` (YYYY-MM-DD): later days are asked about. The door of reading: nothing is thrown past it. A file that cannot be read refuses
 * the import whole, and is named.
 */
export async function read(
  files: readonly SourceFile[],
  hint: string | null = null,
  today: string | null = null,
  importId: string | null = null,
): Promise<Read | Refusal> {
  const readings: Reading[] = [];
  for (const [index, file] of files.entries()) {
    const found = await readOne(file, hint);
    if ('refused' in found) return { refused: `${files.length > 1 ? named(index, files) : ''}${found.refused}` };
    const where = files.length > 1 ? `file ${index + 1}, ` : '';
    const own = knownAs(index, files, importId);
    const isNamed = files.length > 1 || nameOfFile(file) !== '';
    for (const { member, ...reading } of found) {
      const teller = member === null ? own : `${member} in ${own}`;
      const asked = questionsInFile(reading.differing ?? [], isNamed || member !== null ? teller : null);
      const orders = reading.orders.map((order) => ({ ...order, file: teller }));
      const skipped = reading.skipped.map((s) => ({ ...s, where: `${where}${s.where}` }));
      readings.push({ ...reading, orders, skipped, questions: [...reading.questions, ...asked] });
    }
    if (found.every(isSilent)) {
      const text = `In ${where === '' ? 'the file' : `file ${index + 1}`} ${NOTHING_FOUND}; it was read as ${found[0]!.format}.`;
      readings.at(-1)!.questions.push({ code: 'nothing_found', text });
    }
  }
  return readings.length === 0 ? { refused: 'No file was sent.' } : together(readings, today);
}

const shownNameOf = (name: string | null | undefined): string =>
  cleanText(name ?? '')
    .trim()
    .slice(0, LONGEST_NAME);
const nameOfFile = (file: SourceFile | undefined): string => shownNameOf(file?.name);

const placedIn = (member: string | null, { where, reason }: Skipped): Skipped => ({
  where: member === null ? where : `${member}, ${where}`,
  reason,
});

/** By its name; without one by its place in its import. */
const knownAs = (index: number, files: readonly SourceFile[], importId: string | null): string =>
  nameOfFile(files[index]) || `file ${index + 1}${importId === null ? '' : ` of ${importId}`}`;

/** Which of several files, as its sender knows it. */
function named(index: number, files: readonly SourceFile[]): string {
  const name = nameOfFile(files[index]);
  return `File ${index + 1} of ${files.length}${name === '' ? '' : ` (${name})`}: `;
}

/** Whether it brings nothing, and says nothing of why. */
const isSilent = ({ orders, carts, charges = [], skipped, questions }: Reading): boolean =>
  [orders, carts, charges, skipped, questions].every(({ length }) => length === 0);

/** What a file says, or a file within it. */
type ReadPart = Reading & { member: string | null };

async function readOne(file: SourceFile, hint: string | null): Promise<ReadPart[] | Refusal> {
  try {
    const found: ReadPart[] = [];
    const { opened, skipped } = openAll(file);
    for (const one of opened) {
      const member = opened.length > 1 && one.name !== file.name ? shownNameOf(one.name) : null;
      const reading = await readOpened(one, hint);
      if (reading) found.push({ ...reading, member, skipped: reading.skipped.map((row) => placedIn(member, row)) });
      else if (opened.length > 1) skipped.push({ where: member ?? 'its tables', reason: UNKNOWN_MEMBER });
    }
    const [first] = found;
    if (!first) return { refused: UNKNOWN };
    first.skipped.push(...skipped);
    return found;
  } catch (error) {
    if (error instanceof Unreadable) return { refused: error.message };
    return { refused: BROKEN };
  }
}

async function readOpened(opened: Opened, hint: string | null): Promise<Reading | null> {
  let first: Reading | null = null;
  for (const format of FORMATS) {
    if (hint !== null && format.id !== hint) continue;
    const found = await format.read(opened);
    if (!found) continue;
    const ofJson =
      opened.kind === 'json'
        ? [questionOfPrices, questionOfDates].flatMap((ask) => ask(opened.value, found.orders))
        : [];
    const reading = {
      format: format.id,
      ...found,
      questions: [...(opened.told ?? []), ...found.questions, ...ofJson],
    };
    if (opened.kind !== 'json' || !isBare(reading)) return reading;
    // JSON of many hands is alike from above: who finds what was bought knows it better.
    first ??= reading;
  }
  return first;
}

/** Orders of which nothing is known of what was bought, and nothing else. */
const isBare = ({ orders, carts, charges = [] }: Reading): boolean =>
  orders.length > 0 &&
  orders.every(({ lines, linesAre }) => lines.length === 0 && linesAre === 'unknown') &&
  carts.length + charges.length === 0;

function together(readings: readonly Reading[], today: string | null): Read {
  const orders = readings.flatMap((reading) => reading.orders);
  const formats = [...new Set(readings.map(({ format }) => format))];
  return {
    format: formats.join('+'),
    toldBy: [...new Set(readings.map(({ toldBy }) => toldBy))].join('; '),
    orders: readings.flatMap(({ format, orders: own }) =>
      own.map((order) => ({ ...order, format: order.format ?? format })),
    ),
    carts: readings.flatMap(({ carts }) => carts),
    charges: readings.flatMap(({ charges }) => charges ?? []),
    skipped: readings.flatMap(({ skipped }) => skipped),
    questions: [
      ...readings.flatMap(({ questions }) => questions),
      ...questionOfSums(orders),
      ...questionOfProducts(orders),
      ...(today === null ? [] : questionOfDays(orders, today)),
    ],
  };
}
