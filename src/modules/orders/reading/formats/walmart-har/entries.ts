import { JsonBytes, type Slice } from './json-bytes.js';

/** What a recorded answer is of, by its address. */
export type Kind = 'order' | 'list' | 'ledger' | 'page';

export interface Entry {
  /** Counted from 1. */
  place: number;
  kind: Kind;
  /** Of Canada's shop. */
  isCanadian: boolean;
  /** When it was asked, as it is written; empty where it is not told. */
  startedAt: string;
  status: number | null;
  /** Null: the answer was recorded without what it says. */
  body: { text: string; isBase64: boolean } | null;
}

const HOSTS = new Set(['www.walmart.com', 'www.walmart.ca']);
const OPERATION = /\/orchestra\/[a-z-]+\/graphql\/(getOrder|getOrderLedger|PurchaseHistory(?:V\d{1,2})?)(?:\/|$)/;
const PAGE = /^\/(?:[a-z]{2}\/)?orders(?:\/\d{6,24})?\/?$/;

/** Null for an address of anybody else, and for what else the shop answers. */
export function kindOf(address: string): { kind: Kind; isCanadian: boolean } | null {
  if (!URL.canParse(address)) return null;
  const { protocol, host, pathname } = new URL(address);
  if (protocol !== 'https:' || !HOSTS.has(host)) return null;
  const isCanadian = host.endsWith('.ca');
  const operation = OPERATION.exec(pathname)?.[1];
  if (operation === undefined) return PAGE.test(pathname) ? { kind: 'page', isCanadian } : null;
  const kind = operation === 'getOrder' ? 'order' : operation === 'getOrderLedger' ? 'ledger' : 'list';
  return { kind, isCanadian };
}

/**
 * The answers of the shop about orders in a recording (HAR 1.2), in its order; of all else no more than the address is looked at, and of
 * these neither headers nor cookies. `onBroken` is told behind which entry a recording is broken off.
 */
export function* entriesIn(bytes: Buffer, onBroken: (place: number) => void): Generator<Entry> {
  const json = new JsonBytes(bytes);
  let place = 0;
  for (const slice of entrySlices(json)) {
    place++;
    const entry = entryFrom(json, slice, place);
    if (entry !== null) yield entry;
  }
  if (json.isBroken) onBroken(place);
}

/** Walked to where they are without looking at what comes behind, which may be broken off. */
function* entrySlices(json: JsonBytes): Generator<Slice> {
  const log = json.find(0, 'log');
  const entries = log === null ? null : json.find(log, 'entries');
  if (entries !== null) yield* json.elements(entries);
}

function entryFrom(json: JsonBytes, { from }: Slice, place: number): Entry | null {
  const { startedDateTime, request, response } = json.named(from, ['startedDateTime', 'request', 'response']);
  if (request === undefined) return null;
  const address = json.plain(json.named(request.from, ['url']).url);
  const known = typeof address === 'string' ? kindOf(address) : null;
  if (known === null) return null;
  const { status, content } = json.named(response?.from ?? 0, ['status', 'content']);
  const startedAt = json.plain(startedDateTime);
  const code = json.plain(status);
  return {
    ...known,
    place,
    startedAt: typeof startedAt === 'string' ? startedAt : '',
    status: typeof code === 'number' ? code : null,
    body: content === undefined ? null : bodyIn(json, content),
  };
}

function bodyIn(json: JsonBytes, { from }: Slice): Entry['body'] {
  const { text, encoding } = json.named(from, ['text', 'encoding']);
  const value = json.plain(text);
  return typeof value === 'string' && value !== ''
    ? { text: value, isBase64: json.plain(encoding) === 'base64' }
    : null;
}
