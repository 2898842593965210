import { crc32 } from 'node:zlib';
import { directoryOf } from './directory.js';

/** What a ZIP's directory says of the bytes of its files, so that damage within one is noticed. Pure. */
const MOST = 200;

/** The checksums by name; a name that is there twice has two. */
export function checksumsOf(bytes: Uint8Array): ReadonlyMap<string, number[]> {
  const sums = new Map<string, number[]>();
  for (const { name, checksum } of directoryOf(bytes, MOST)) sums.set(name, [...(sums.get(name) ?? []), checksum]);
  return sums;
}

/** False only where the directory tells of the file, and of other bytes. */
export const isWhole = (sums: ReadonlyMap<string, number[]>, name: string, bytes: Uint8Array): boolean =>
  sums.get(name)?.includes(crc32(bytes)) ?? true;
