/** A member of an object, or an element of an array, by where its value begins and ends. */
export interface Slice {
  /** Of a member; empty for an element. */
  name: string;
  from: number;
  to: number;
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_LIST, END_LIST, OPEN_OBJECT, END_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * JSON as bytes, of which nothing is made but what is asked for: a recording of 64 MB is walked where it lies, and what is in it of headers
 * and cookies never becomes a text. Of malformed JSON what comes before the fault is found, and `isBroken` is set.
 */
export class JsonBytes {
  isBroken = false;

  constructor(private readonly bytes: Buffer) {}

  /** Of the object that begins at `from`; none where none does. */
  *members(from: number): Generator<Slice> {
    let at = this.open(from, OPEN_OBJECT);
    while (at >= 0 && this.bytes[at] !== END_OBJECT) {
      const end = this.bytes[at] === QUOTE ? this.endOfText(at) : -1;
      const colon = end < 0 ? -1 : this.skip(end);
      if (colon < 0 || this.bytes[colon] !== COLON) return this.break();
      const slice = this.slice(this.skip(colon + 1), this.bytes.toString('utf8', at + 1, Math.min(end - 1, at + 200)));
      if (slice === null) return;
      yield slice;
      at = this.next(slice.to, END_OBJECT);
    }
  }

  /** Of the array that begins at `from`; none where none does. */
  *elements(from: number): Generator<Slice> {
    let at = this.open(from, OPEN_LIST);
    while (at >= 0 && this.bytes[at] !== END_LIST) {
      const slice = this.slice(at, '');
      if (slice === null) return;
      yield slice;
      at = this.next(slice.to, END_LIST);
    }
  }

  /** Where the value of the member so named begins; it need not end. Null where there is none. */
  find(from: number, name: string): number | null {
    let at = this.open(from, OPEN_OBJECT);
    while (at >= 0 && this.bytes[at] === QUOTE) {
      const end = this.endOfText(at);
      const colon = end < 0 ? -1 : this.skip(end);
      if (colon < 0 || this.bytes[colon] !== COLON) break;
      const value = this.skip(colon + 1);
      if (this.bytes.toString('utf8', at + 1, Math.min(end - 1, at + 200)) === name) return value;
      const slice = this.slice(value, '');
      if (slice === null) return null;
      at = this.next(slice.to, END_OBJECT);
    }
    if (at < 0 || this.bytes[at] !== END_OBJECT) this.break();
    return null;
  }

  /** The members that are named, the first of each name. */
  named<Name extends string>(from: number, names: readonly Name[]): Partial<Record<Name, Slice>> {
    const found: Partial<Record<Name, Slice>> = {};
    for (const slice of this.members(from)) {
      const name = names.find((one) => one === slice.name);
      if (name !== undefined) found[name] ??= slice;
    }
    return found;
  }

  /** The value of a text or a number; undefined for anything else, and for what is not there or malformed. */
  plain(slice: Slice | undefined): string | number | undefined {
    if (slice === undefined || this.bytes[slice.from] === OPEN_OBJECT || this.bytes[slice.from] === OPEN_LIST) return;
    try {
      const value: unknown = JSON.parse(this.bytes.toString('utf8', slice.from, slice.to));
      return typeof value === 'string' || typeof value === 'number' ? value : undefined;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return undefined;
    }
  }

  private open(from: number, bracket: number): number {
    const at = this.skip(from);
    return this.bytes[at] === bracket ? this.skip(at + 1) : -1;
  }

  private slice(from: number, name: string): Slice | null {
    const to = from < this.bytes.length ? this.endOfValue(from) : -1;
    if (to >= 0) return { name, from, to };
    this.break();
    return null;
  }

  /** Where the next one begins, or its end stands. */
  private next(from: number, end: number): number {
    const at = this.skip(from);
    const sign = this.bytes[at];
    if (sign === end) return at;
    if (sign === COMMA) return this.skip(at + 1);
    this.break();
    return -1;
  }

  private break(): void {
    this.isBroken = true;
  }

  private skip(from: number): number {
    let at = from;
    while (at < this.bytes.length && (this.bytes[at] === 0x20 || (this.bytes[at]! >= 9 && this.bytes[at]! <= 13))) at++;
    return at;
  }

  /** Behind it; -1 where the bytes end before. */
  private endOfText(from: number): number {
    const { bytes } = this;
    for (let at = from + 1; at < bytes.length; at++) {
      if (bytes[at] === BACKSLASH) at++;
      else if (bytes[at] === QUOTE) return at + 1;
    }
    return -1;
  }

  private endOfValue(from: number): number {
    const { bytes } = this;
    if (bytes[from] === QUOTE) return this.endOfText(from);
    let depth = 0;
    for (let at = from; at < bytes.length; at++) {
      const sign = bytes[at]!;
      if (sign === QUOTE) {
        const end = this.endOfText(at);
        if (end < 0) return -1;
        at = end - 1;
      } else if (sign === OPEN_OBJECT || sign === OPEN_LIST) depth++;
      else if (sign === END_OBJECT || sign === END_LIST) {
        if (depth === 0) return at > from ? at : -1;
        if (--depth === 0) return at + 1;
      } else if (depth === 0 && (sign === COMMA || sign <= 0x20)) return at > from ? at : -1;
    }
    return -1;
  }
}
