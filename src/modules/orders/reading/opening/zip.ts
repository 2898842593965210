import { Unzip, UnzipInflate } from 'fflate';
import { Unreadable, type SourceFile } from '../reading.js';
import { checksumsOf, isWhole } from './checksums.js';
import { isOfficeDocument } from './xlsx/workbook.js';

const MOST_ENTRIES = 50;
const MOST_BYTES = 50 * 1024 * 1024;
const BROKEN = 'The ZIP is broken off; download it again.';
const DAMAGED = 'A file in the ZIP is damaged; download it again.';

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 0x03 || bytes[2] === 0x05) && bytes[3] === bytes[2] + 1;

/** Whether it is a document that is a ZIP inside, as those of office programs are. */
const isDocument = (names: readonly string[]): boolean => names.includes('[Content_Types].xml');

/**
 * The files of a ZIP, nothing written anywhere; what it says of their sizes is not believed. Entries whose names lead out of it are left
 * out, and so are folders and what holds nothing. Null for an office document. Throws Unreadable for a ZIP of too much, within a ZIP, or broken off.
 */
export function filesInZip(bytes: Uint8Array): SourceFile[] | null {
  const names: string[] = [];
  const sums = checksumsOf(bytes);
  const files: SourceFile[] = [];
  let [size, entries, ended] = [0, 0, 0];
  const unzip = new Unzip((entry) => {
    if (++entries > MOST_ENTRIES)
      throw new Unreadable(`The ZIP holds more than ${MOST_ENTRIES} files; send those with orders.`);
    names.push(entry.name);
    if (isDocument(names) || entry.name.endsWith('/') || isOutside(entry.name)) {
      ended++;
      return;
    }
    const parts: Uint8Array[] = [];
    entry.ondata = (error, part, isLast) => {
      if (error) throw error instanceof Unreadable ? error : new Unreadable(BROKEN, { cause: error });
      size += part.length;
      if (size > MOST_BYTES) throw new Unreadable('The ZIP holds more than 50 MB; send its files in parts.');
      parts.push(part);
      if (!isLast) return;
      ended++;
      const whole = Buffer.concat(parts);
      if (!isWhole(sums, entry.name, whole)) throw new Unreadable(DAMAGED);
      if (isZip(whole) && !isOfficeDocument(whole))
        throw new Unreadable('The ZIP holds a ZIP; send that one by itself.');
      if (whole.length > 0) files.push({ name: entry.name, bytes: whole });
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  try {
    // In small pieces, so that a bomb is noticed before it is whole.
    for (let at = 0; at < bytes.length; at += 16_384)
      unzip.push(bytes.subarray(at, at + 16_384), at + 16_384 >= bytes.length);
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable(BROKEN, { cause: error });
  }
  if (isDocument(names)) return null;
  if (ended < entries || !hasEnd(bytes)) throw new Unreadable(BROKEN);
  if (files.length === 0) throw new Unreadable('The ZIP holds nothing that can be read.');
  return files;
}

const isOutside = (name: string): boolean =>
  name.startsWith('/') || /^[A-Za-z]:/.test(name) || name.split(/[\\/]/).includes('..');

/** Whether its directory, which comes last, is there. */
function hasEnd(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(-65_557)).includes(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
}
