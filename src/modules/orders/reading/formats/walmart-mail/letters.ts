import PostalMime, { type Email, type PostalMimeOptions } from 'postal-mime';
import { dayOf } from '../../days.js';
import { withSigns } from '../../opening/decode.js';
import { Unreadable } from '../../reading.js';

/** One mail of a file, with what is read of it: neither receivers nor attachments. */
export interface Letter {
  /** The address it is from, in small letters; null where it names none, or more than one. */
  from: string | null;
  /** What a receiving host wrote of who sent it says that it was somebody else. */
  isForged: boolean;
  subject: string;
  /** When it was sent, in UTC. */
  at: string | null;
  /** The day of its own clock. */
  on: string | null;
  html: string | null;
  text: string | null;
}
/** A mail that is not read, and why. */
export interface Unread {
  reason: string;
}

const MOST_LETTERS = 5000;
const MOST_BYTES = 5 * 1024 * 1024;
const MOST_TEXT = 2 * 1024 * 1024;
const MOST_PARTS = 500;
const OPTIONS: PostalMimeOptions = {
  maxNestingDepth: 20,
  maxHeadersSize: 256 * 1024,
  maxRfc822NestingDepth: 0,
  forceRfc822Attachments: true,
};
const TOO_DEEP = 'It has more parts within parts, or longer headers, than any mail of a shop; save it again.';

/** The mails of a file, or of a box of several, in their order; mails that were sent on as attachments are their own. */
export async function lettersIn(bytes: Uint8Array): Promise<(Letter | Unread)[]> {
  const sources = split(bytes);
  if (sources.length > MOST_LETTERS) throw new Unreadable('The box has more than 5,000 mails; send it in parts.');
  const answer: (Letter | Unread)[] = [];
  for (const source of sources) answer.push(...(await read(source, true)));
  return answer;
}

async function read(source: Uint8Array, mayHoldOthers: boolean): Promise<(Letter | Unread)[]> {
  if (source.length > MOST_BYTES) return [{ reason: 'It is longer than 5 MB.' }];
  if (partsIn(source) > MOST_PARTS) return [{ reason: 'It has more than 500 parts.' }];
  let mail: Email;
  try {
    mail = await PostalMime.parse(source, OPTIONS);
  } catch (error) {
    return [{ reason: error instanceof Error ? TOO_DEEP : 'It cannot be read.' }];
  }
  const held = mayHoldOthers ? mail.attachments.filter(({ mimeType }) => mimeType === 'message/rfc822') : [];
  const others: (Letter | Unread)[] = [];
  for (const { content } of held.slice(0, 50)) {
    if (typeof content !== 'string') others.push(...(await read(new Uint8Array(content), false)));
  }
  return others.length > 0 ? others : [letterFrom(mail)];
}

function letterFrom(mail: Email): Letter {
  const headers = (key: string) => mail.headers.filter((header) => header.key === key).map(({ value }) => value);
  const [from, ...more] = headers('from');
  // The list of addresses in one header may hold several; only one sender is one.
  const isOne = from !== undefined && more.length === 0 && (from.match(/@/g) ?? []).length === 1;
  const sent = headers('date')[0] ?? '';
  const at = new Date(sent);
  return {
    from: isOne ? (mail.from?.address?.toLowerCase() ?? null) : null,
    isForged: headers('authentication-results').some((result) =>
      /\bdmarc=fail|\bspf=fail[\s\S]*\bdkim=fail/i.test(result),
    ),
    subject: withSigns((mail.subject ?? '').slice(0, 500)),
    at: Number.isNaN(at.getTime()) ? null : at.toISOString(),
    on: dayOf(sent.replace(/^[A-Za-z]{3},\s*/, '')),
    html: bodyOf(mail.html),
    text: bodyOf(mail.text),
  };
}

const bodyOf = (text: string | undefined): string | null =>
  text === undefined ? null : withSigns(text.slice(0, MOST_TEXT));

/** A box has a line `From …` before each mail, after an empty one. */
function split(bytes: Uint8Array): Uint8Array[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (all.subarray(0, 5).toString('latin1') !== 'From ') return [all];
  const starts = [0];
  for (let at = all.indexOf('\nFrom '); at >= 0; at = all.indexOf('\nFrom ', at + 1)) {
    const isAfterEmpty = all[at - 1] === 10 || (all[at - 1] === 13 && all[at - 2] === 10);
    if (isAfterEmpty && starts.length <= MOST_LETTERS) starts.push(at + 1);
  }
  return starts.map((start, index) => {
    const mail = all.subarray(start, starts[index + 1] ?? all.length);
    return mail.subarray(mail.indexOf(10) + 1);
  });
}

/** Lines that may be borders between parts. */
function partsIn(source: Uint8Array): number {
  const all = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  let count = 0;
  for (let at = all.indexOf('\n--'); at >= 0 && count <= MOST_PARTS; at = all.indexOf('\n--', at + 1)) count++;
  return count;
}
