import { JsonBytes, type Picked, type Slice, type Wanted } from './json-bytes.js';

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

/** All that is looked at of an entry: neither headers nor cookies, nor what was sent. */
const WANTED = {
  startedDateTime: true,
  request: { url: true },
  response: { status: true, content: { text: true, encoding: true } },
} as const satisfies Wanted;

/**
 * The answers of the shop about orders in a recording (HAR 1.2), in its order; of all else no more than the address becomes a text.
 * `onBroken` is told behind how many entries a recording is broken off.
 */
export function* entriesIn(bytes: Buffer, onBroken: (place: number) => void): Generator<Entry> {
  const json = new JsonBytes(bytes);
  let place = 0;
  if (json.find('log', 'entries')) {
    for (const found of json.elements(WANTED)) {
      place++;
      const entry = found === null ? null : entryFrom(json, found, place);
      if (entry !== null) yield entry;
    }
  }
  if (json.isBroken) onBroken(place);
}

function entryFrom(json: JsonBytes, found: Picked<typeof WANTED>, place: number): Entry | null {
  const address = json.plain(found.request?.url);
  const known = typeof address === 'string' ? kindOf(address) : null;
  if (known === null) return null;
  const { status, content } = found.response ?? {};
  const [startedAt, code] = [json.plain(found.startedDateTime), json.plain(status)];
  return {
    ...known,
    place,
    startedAt: typeof startedAt === 'string' ? startedAt : '',
    status: typeof code === 'number' ? code : null,
    body: bodyIn(json, content),
  };
}

function bodyIn(json: JsonBytes, content: { text?: Slice; encoding?: Slice } | undefined): Entry['body'] {
  const value = json.plain(content?.text);
  if (typeof value !== 'string' || value === '') return null;
  return { text: value, isBase64: json.plain(content?.encoding) === 'base64' };
}
