interface Read {
  bytes: Buffer;
  schema: object;
  value: unknown;
}

/** Larger ones come seldom and are not kept. */
const LARGEST_BYTES = 64 * 1024;
const MOST_BYTES = 16 * 1024 * 1024;
/** Of one length; what a host says again and again is among the newest. */
const MOST_ALIKE = 4;

/**
 * What was read of answers lately, for answers that say the same byte for byte: shops are asked for milk all day and say the same, and to
 * compare bytes costs a hundredth of reading them. What is handed out is shared, so nobody changes it.
 */
export class ReadAnswers {
  private readonly byLength = new Map<number, Read[]>();
  private keptBytes = 0;

  /** What `read` makes of the bytes under `schema`, or made of the same ones before. What could not be read (undefined) is not kept. */
  of<T>(bytes: Buffer, schema: object, read: () => T | undefined): T | undefined {
    const alike = this.byLength.get(bytes.length);
    const before = alike?.find((one) => one.schema === schema && one.bytes.equals(bytes));
    if (before) return before.value as T;
    const value = read();
    if (value !== undefined && bytes.length <= LARGEST_BYTES) this.keep({ bytes: Buffer.from(bytes), schema, value }); // a copy, as it may be a piece of something larger
    return value;
  }

  private keep(one: Read): void {
    const alike = this.byLength.get(one.bytes.length) ?? [];
    this.byLength.delete(one.bytes.length);
    this.byLength.set(one.bytes.length, alike);
    if (alike.push(one) > MOST_ALIKE) this.keptBytes -= alike.shift()!.bytes.length;
    this.keptBytes += one.bytes.length;
    for (const [length, oldest] of this.byLength) {
      if (this.keptBytes <= MOST_BYTES) return;
      this.byLength.delete(length);
      this.keptBytes -= length * oldest.length;
    }
  }
}
