/** What a ZIP's directory, which comes last in it, says of its files. Pure. */
const END = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;

export interface Entry {
  name: string;
  checksum: number;
  /** 0: as it is; 8: deflated. */
  method: number;
  isEncrypted: boolean;
  /** Bytes in the ZIP; what it says of bytes without compression is not believed. */
  packedBytes: number;
  /** Where its own header begins. */
  at: number;
}

/** The entries as far as they are whole, at most `most`; of two of one name both. */
export function directoryOf(bytes: Uint8Array, most: number): Entry[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = all.lastIndexOf(END);
  const entries: Entry[] = [];
  let at = end >= 0 && end + 20 <= all.length ? all.readUInt32LE(end + 16) : all.length;
  while (entries.length < most && at + 46 <= all.length && all.readUInt32LE(at) === ENTRY) {
    const [name, extra, note] = [28, 30, 32].map((place) => all.readUInt16LE(at + place)) as [number, number, number];
    entries.push({
      name: all.subarray(at + 46, at + 46 + name).toString('utf8'),
      checksum: all.readUInt32LE(at + 16),
      method: all.readUInt16LE(at + 10),
      isEncrypted: (all.readUInt16LE(at + 8) & 1) === 1,
      packedBytes: all.readUInt32LE(at + 20),
      at: all.readUInt32LE(at + 42),
    });
    at += 46 + name + extra + note;
  }
  return entries;
}

/** The bytes of an entry as they are in the ZIP; null where they lie outside of it. */
export function packedOf(bytes: Uint8Array, { at, packedBytes }: Entry): Uint8Array | null {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (at + 30 > all.length || all.readUInt32LE(at) !== LOCAL) return null;
  const from = at + 30 + all.readUInt16LE(at + 26) + all.readUInt16LE(at + 28);
  return from + packedBytes > all.length ? null : all.subarray(from, from + packedBytes);
}
