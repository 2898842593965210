/**
 * What was learned, as it is kept in a file: for each feature (by its hash) a small number for each label, and how likely one label
 * follows another before each class of word. Little-endian: four counts (features, labels, classes, the scale in thousandths), the hashes
 * in ascending order, for each feature the labels it speaks of (16 bits), the numbers (8 bits each), the steps (16 bits each).
 */
export class Weights {
  /** By hash: hash, labels it speaks of, where its numbers begin, whether taken; side by side, so that a look-up reads one line of the cache. */
  private readonly slots: Int32Array;
  private readonly mask: number;
  /** `steps` as factors of odds. */
  readonly odds: Float64Array;

  constructor(
    readonly labels: number,
    hashes: Uint32Array,
    speaks: Uint32Array,
    from: Uint32Array,
    private readonly values: Int8Array,
    /** [class][before][label], the first row of `before` being the beginning. */
    readonly steps: Int16Array,
    readonly scale: number,
  ) {
    this.odds = Float64Array.from(steps, (step) => Math.exp(step * scale));
    let size = 1;
    while (size < hashes.length * 2) size *= 2;
    this.mask = size - 1;
    this.slots = new Int32Array(size * 4);
    const { slots, mask } = this;
    for (let at = 0; at < hashes.length; at++) {
      let slot = hashes[at]! & mask;
      while (slots[slot * 4 + 3] !== 0) slot = (slot + 1) & mask;
      slots[slot * 4] = hashes[at]!;
      slots[slot * 4 + 1] = speaks[at]!;
      slots[slot * 4 + 2] = from[at]!;
      slots[slot * 4 + 3] = 1;
    }
  }

  /** Adds what features say for each label to `scores`, from `offset` on. */
  score(features: Uint32Array, scores: Float64Array, offset: number): void {
    const { slots, mask, values } = this;
    for (let index = 0; index < features.length; index++) {
      const hash = features[index]! | 0;
      for (let slot = hash & mask; slots[slot * 4 + 3] !== 0; slot = (slot + 1) & mask) {
        if (slots[slot * 4] !== hash) continue;
        let bits = slots[slot * 4 + 1]!;
        let value = slots[slot * 4 + 2]!;
        while (bits !== 0) {
          const bit = bits & -bits;
          scores[offset + 31 - Math.clz32(bit)]! += values[value++]!;
          bits ^= bit;
        }
        break;
      }
    }
  }

  static read(bytes: Uint8Array): Weights {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const [count, labels, classes, scale] = [0, 4, 8, 12].map((at) => view.getUint32(at, true)) as [
      number,
      number,
      number,
      number,
    ];
    let at = 16;
    const hashes = new Uint32Array(count);
    for (let index = 0; index < count; index++, at += 4) hashes[index] = view.getUint32(at, true);
    const speaks = new Uint32Array(count);
    const from = new Uint32Array(count);
    let total = 0;
    for (let index = 0; index < count; index++, at += 4) {
      speaks[index] = view.getUint32(at, true);
      from[index] = total;
      for (let bits = speaks[index]!; bits !== 0; bits &= bits - 1) total++;
    }
    const values = new Int8Array(total);
    for (let index = 0; index < total; index++, at++) values[index] = view.getInt8(at);
    const steps = new Int16Array(classes * (labels + 1) * labels);
    for (let index = 0; index < steps.length; index++, at += 2) steps[index] = view.getInt16(at, true);
    return new Weights(labels, hashes, speaks, from, values, steps, scale / 1000);
  }
}
