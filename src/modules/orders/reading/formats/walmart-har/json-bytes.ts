/** Where a value stands among the bytes. */
export interface Slice {
  from: number;
  to: number;
}
/** Which members of an object are asked for, and of which of their objects what. */
export interface Wanted {
  readonly [name: string]: true | Wanted;
}
export type Picked<Asked extends Wanted> = {
  [Name in keyof Asked]?: Asked[Name] extends Wanted ? Picked<Asked[Name]> : Slice;
};

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_LIST, END_LIST, OPEN_OBJECT, END_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const LONGEST_NAME = 100;

/**
 * JSON as bytes, of which nothing is made but what is asked for: a recording of 64 MB is walked once, where it lies, and what is in it of
 * headers and cookies never becomes a text. Of malformed JSON what comes before the fault is found, and `isBroken` is set.
 */
export class JsonBytes {
  isBroken = false;
  /** Where the walk has come. */
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  /** Goes to the value of a member, of a member, …, whose end need not be there. False where there is none. */
  find(...path: readonly string[]): boolean {
    return path.every((name) => this.enter(name));
  }

  /** The objects of the array where the walk stands, of each what is wanted; elements of other kinds are null. */
  *elements<const Asked extends Wanted>(wanted: Asked): Generator<Picked<Asked> | null> {
    if (!this.open(OPEN_LIST)) return;
    while (this.bytes[this.at] !== END_LIST) {
      const isObject = this.bytes[this.at] === OPEN_OBJECT;
      const found = isObject ? this.pick(wanted) : null;
      if (!isObject) this.skipValue();
      if (this.isBroken) return;
      yield found as Picked<Asked> | null;
      if (!this.next(END_LIST)) return;
    }
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

  private enter(name: string): boolean {
    if (!this.open(OPEN_OBJECT)) return false;
    while (this.bytes[this.at] !== END_OBJECT) {
      const found = this.name();
      if (this.isBroken) return false;
      if (found === name) return true;
      this.skipValue();
      if (this.isBroken || !this.next(END_OBJECT)) return false;
    }
    return false;
  }

  /** Of the object that begins here, the first of each name; the walk goes on behind it. */
  private pick(wanted: Wanted): Record<string, unknown> {
    const found: Record<string, unknown> = {};
    this.open(OPEN_OBJECT);
    while (!this.isBroken && this.bytes[this.at] !== END_OBJECT) {
      const name = this.name();
      if (this.isBroken) return found;
      const asked = Object.hasOwn(wanted, name) && !Object.hasOwn(found, name) ? wanted[name] : undefined;
      const from = this.at;
      if (typeof asked === 'object' && this.bytes[from] === OPEN_OBJECT) found[name] = this.pick(asked);
      else {
        this.skipValue();
        if (asked === true) found[name] = { from, to: this.at };
      }
      if (!this.isBroken) this.next(END_OBJECT);
    }
    this.at++;
    return found;
  }

  /** Into the object or list that begins here, to what is first in it. */
  private open(bracket: number): boolean {
    this.skipSpace();
    if (this.bytes[this.at] !== bracket) return false;
    this.at++;
    this.skipSpace();
    return true;
  }

  /** The name of the member that begins here; the walk goes on at its value. */
  private name(): string {
    const from = this.at + 1;
    if (this.bytes[this.at] === QUOTE) this.skipText();
    else this.break();
    const to = this.at - 1;
    this.skipSpace();
    if (this.bytes[this.at] !== COLON) this.break();
    this.at++;
    this.skipSpace();
    return this.isBroken ? '' : this.bytes.toString('utf8', from, Math.min(to, from + LONGEST_NAME));
  }

  /** To the next one, or to where the end stands. */
  private next(end: number): boolean {
    this.skipSpace();
    const sign = this.bytes[this.at];
    if (sign === end) return true;
    if (sign !== COMMA) return this.break();
    this.at++;
    this.skipSpace();
    return true;
  }

  private break(): false {
    this.isBroken = true;
    return false;
  }

  private skipSpace(): void {
    let at = this.at;
    while (at < this.bytes.length && (this.bytes[at] === 0x20 || (this.bytes[at]! >= 9 && this.bytes[at]! <= 13))) at++;
    this.at = at;
  }

  private skipText(): void {
    const { bytes } = this;
    for (let at = this.at + 1; at < bytes.length; at++) {
      if (bytes[at] === BACKSLASH) at++;
      else if (bytes[at] === QUOTE) {
        this.at = at + 1;
        return;
      }
    }
    this.break();
  }

  private skipValue(): void {
    const { bytes } = this;
    const from = this.at;
    if (bytes[from] === QUOTE) return this.skipText();
    let depth = 0;
    for (; this.at < bytes.length; this.at++) {
      const sign = bytes[this.at]!;
      if (sign === QUOTE) {
        this.skipText();
        if (this.isBroken) return;
        this.at--;
      } else if (sign === OPEN_OBJECT || sign === OPEN_LIST) depth++;
      else if (sign === END_OBJECT || sign === END_LIST) {
        if (depth === 0) break;
        if (--depth === 0) {
          this.at++;
          return;
        }
      } else if (depth === 0 && (sign === COMMA || sign <= 0x20)) break;
    }
    if (depth > 0 || this.at === from || this.at >= bytes.length) this.break();
  }
}
