import { isUtf8 } from 'node:buffer';
import { instantOf } from '../../days.js';
import { Gathered } from '../../gathered.js';
import { isMembers } from '../../members.js';
import { textOf } from '../../opening/decode.js';
import { jsonOf } from '../../opening/json.js';
import type { Opened } from '../../opening/opened.js';
import { Unreadable, type ReadOrder } from '../../reading.js';
import type { Format } from '../format.js';
import { answersIn, type Answers } from '../walmart-page/answers.js';
import { nextDataIn } from '../walmart-page/next-data.js';
import { Notes } from '../walmart-page/notes.js';
import { ordersFrom } from '../walmart-page/walmart-page.js';
import { entriesIn, type Entry, type Kind } from './entries.js';

/** What a browser recorded while orders were looked at: the same order several times, of which the newest counts. */
export const walmartHar: Format = {
  id: 'walmart-har',
  read: (file) => {
    const bytes = bytesOf(file);
    return bytes === null ? null : readingOf(bytes);
  },
};

/** Mostly it is told by how it begins, and then never whole as one value; another member may stand before. */
function bytesOf(file: Opened): Buffer | null {
  if (file.kind === 'har') return Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength);
  if (file.kind !== 'json' || !isMembers(file.value) || !isMembers(file.value.log)) return null;
  return Array.isArray(file.value.log.entries) ? Buffer.from(JSON.stringify(file.value)) : null;
}

const NO_ANSWERS = 'The recording holds no answer of the shop about orders; open the orders while it records.';
const NO_BODIES =
  'The recording was saved without what was answered; save it with its contents (“Save all as HAR with content”).';
const CUT = 'The recording is broken off here, and what comes after is lost.';

function readingOf(bytes: Buffer) {
  const found = new Gathered();
  const notes = new Notes(found);
  const newest = new Map<string, ReadOrder>();
  let [answered, withoutBody] = [0, 0];
  for (const entry of entriesIn(bytes, (place) => found.skip(`entry ${place + 1}`, CUT))) {
    answered++;
    const where = `entry ${entry.place}`;
    if (entry.status !== 200) found.skip(where, `The shop answered ${entry.status ?? 'nothing'}.`);
    else if (entry.body === null) withoutBody++;
    else for (const order of ordersIn(entry, where, found, notes)) keepNewest(newest, order);
  }
  if (answered === 0) found.ask('no_order', NO_ANSWERS);
  if (withoutBody > 0) found.ask('bodies_missing', NO_BODIES);
  const orders = [...newest.values()];
  notes.ask();
  return { ...found.reading('its recorded answers'), orders };
}

function ordersIn(entry: Entry, where: string, found: Gathered, notes: Notes): ReadOrder[] {
  try {
    const value = valueIn(entry);
    if (value === undefined) {
      found.skip(where, 'The shop answered no data.');
      return [];
    }
    const asOf = instantOf(entry.startedAt);
    return ordersFrom(ofKind(answersIn(value), entry.kind), notes).map((order) => ({
      ...order,
      asOf,
      currency: order.currency ?? (entry.isCanadian && !order.isEvidence ? 'CAD' : null),
    }));
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    found.skip(where, error.message);
    return [];
  }
}

function valueIn({ kind, body }: Entry): unknown {
  const text = body!.isBase64 ? decoded(Buffer.from(body!.text, 'base64')) : body!.text;
  if (text === null) return undefined;
  if (kind !== 'page') return jsonOf(text);
  const [data] = nextDataIn(text);
  return data === undefined ? undefined : jsonOf(data);
}

/** Mostly it is UTF-8, which is soon seen. */
const decoded = (bytes: Buffer): string | null => (isUtf8(bytes) ? bytes.toString('utf8') : textOf(bytes));

/** Of an answer what was asked for; anything else in it is of nobody. */
function ofKind(answers: Answers, kind: Kind): Answers {
  const { orders, listed, ledgers } = answers;
  return {
    ...answers,
    orders: kind === 'order' || kind === 'page' ? orders : [],
    listed: kind === 'list' || kind === 'page' ? listed : [],
    ledgers: kind === 'ledger' ? ledgers : [],
  };
}

/** Of accounts that tell the same of one order, the newest; one that tells less is kept beside it. */
function keepNewest(newest: Map<string, ReadOrder>, order: ReadOrder): void {
  const slot = [order.numberKey, order.format, order.isEvidence, order.linesAre].join(' ');
  const known = newest.get(slot);
  if (known === undefined || (order.asOf ?? '') >= (known.asOf ?? '')) newest.set(slot, order);
}
