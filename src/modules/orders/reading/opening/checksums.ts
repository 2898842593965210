import { crc32 } from 'node:zlib';

/** What a ZIP's directory says of the bytes of its files, so that damage within one is noticed. Pure. */
const END = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const ENTRY = 0x02014b50;
const MOST = 200;

/** The checksums by name; a name that is there twice has two. */
export function checksumsOf(bytes: Uint8Array): ReadonlyMap<string, number[]> {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = all.lastIndexOf(END);
  const sums = new Map<string, number[]>();
  let at = end >= 0 && end + 20 <= all.length ? all.readUInt32LE(end + 16) : all.length;
  for (let left = MOST; left > 0 && at + 46 <= all.length && all.readUInt32LE(at) === ENTRY; left--) {
    const [name, extra, note] = [28, 30, 32].map((place) => all.readUInt16LE(at + place)) as [number, number, number];
    const key = all.subarray(at + 46, at + 46 + name).toString('utf8');
    sums.set(key, [...(sums.get(key) ?? []), all.readUInt32LE(at + 16)]);
    at += 46 + name + extra + note;
  }
  return sums;
}

/** False only where the directory tells of the file, and of other bytes. */
export const isWhole = (sums: ReadonlyMap<string, number[]>, name: string, bytes: Uint8Array): boolean =>
  sums.get(name)?.includes(crc32(bytes)) ?? true;
