import { crc32 } from 'node:zlib';
import { Inflate } from 'fflate';
import { Unreadable } from '../../reading.js';
import { directoryOf, packedOf, type Entry } from '../directory.js';

const MOST_PARTS = 2000;
const MOST_BYTES = 128 * 1024 * 1024;
/** What sheets come to is 10 to 30 times their packed bytes; beyond this share a part that is not small is no sheet. */
const MOST_SHARE = 100;
const SMALL_BYTES = 4 * 1024 * 1024;
/** In small pieces, so that a bomb is noticed before it is whole. */
const PIECE_BYTES = 16_384;

const BROKEN = 'The workbook is damaged or broken off; save it again.';
const TOO_MUCH = 'The workbook unpacks to more than sheets of orders come to; it is not read.';

/** The parts of an office document by their paths. Whatever it says of their sizes, they are unpacked as they are read, and counted. */
export class Parts {
  private readonly entries: ReadonlyMap<string, Entry>;
  private bytesLeft = MOST_BYTES;

  constructor(private readonly bytes: Uint8Array) {
    this.entries = new Map(directoryOf(bytes, MOST_PARTS).map((entry) => [keyOf(entry.name), entry]));
  }

  has(path: string): boolean {
    return this.entries.has(keyOf(path));
  }

  /** The text of a part, piece by piece; nothing where it is not there. Throws Unreadable for one that is damaged, or too much. */
  *textOf(path: string): Generator<string> {
    const entry = this.entries.get(keyOf(path));
    if (!entry) return;
    let decoder: InstanceType<typeof TextDecoder> | null = null;
    for (const piece of this.unpacked(entry)) {
      decoder ??= new TextDecoder(encodingOf(piece));
      yield decoder.decode(piece, { stream: true });
    }
    if (decoder) yield decoder.decode();
  }

  private *unpacked(entry: Entry): Generator<Uint8Array> {
    if (entry.isEncrypted) throw new Unreadable('The workbook is encrypted; save it without a password.');
    const packed = packedOf(this.bytes, entry);
    if (!packed || (entry.method !== 0 && entry.method !== 8)) throw new Unreadable(BROKEN);
    let [sum, size] = [0, 0];
    for (const { piece, packedBytes } of entry.method === 0 ? stored(packed) : inflated(packed)) {
      size += piece.length;
      this.bytesLeft -= piece.length;
      if (this.bytesLeft < 0 || (size > SMALL_BYTES && size > packedBytes * MOST_SHARE)) throw new Unreadable(TOO_MUCH);
      sum = crc32(piece, sum);
      if (piece.length > 0) yield piece;
    }
    if (sum !== entry.checksum) throw new Unreadable(BROKEN);
  }
}

/** Written with one slash or the other, in large letters or small: readers take them for the same. */
const keyOf = (path: string): string => path.replaceAll('\\', '/').replace(/^\//, '').toLowerCase();

/** A piece of a part, and of how many packed bytes it and those before it came. */
interface Unpacked {
  piece: Uint8Array;
  packedBytes: number;
}

const stored = (packed: Uint8Array): Unpacked[] => [{ piece: packed, packedBytes: packed.length }];

function* inflated(packed: Uint8Array): Generator<Unpacked> {
  let pieces: Uint8Array[] = [];
  const inflate = new Inflate((piece) => void pieces.push(piece));
  for (let at = 0; at < packed.length; at += PIECE_BYTES) {
    try {
      inflate.push(packed.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= packed.length);
    } catch (error) {
      throw new Unreadable(BROKEN, { cause: error });
    }
    for (const piece of pieces) yield { piece, packedBytes: Math.min(at + PIECE_BYTES, packed.length) };
    pieces = [];
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return (first === 0xff && second === 0xfe) || second === 0 ? 'utf-16le' : 'utf-8';
}
