import { isUtf8 } from 'node:buffer';

/**
 * The text of bytes: by its byte order mark, as UTF-16 where every second byte is 0, as UTF-8 where it is that, and as windows-1252
 * (which has what Latin-1 has) otherwise. NULs that are left are taken out. Null for bytes that are no text.
 */
export function textOf(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return decoded(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return decoded(bytes, 'utf-16be');
  if (first === 0xef && second === 0xbb && third === 0xbf) return decoded(bytes, 'utf-8');
  const sample = bytes.subarray(0, 4096);
  const zeros = [0, 1].map((parity) => share(sample, (byte, at) => at % 2 === parity && byte === 0));
  if (zeros[0]! > 0.35 && zeros[1]! < 0.1) return decoded(bytes, 'utf-16be');
  if (zeros[1]! > 0.35 && zeros[0]! < 0.1) return decoded(bytes, 'utf-16le');
  if (share(sample, (byte) => (byte < 9 && byte !== 0) || (byte > 13 && byte < 32 && byte !== 27)) > 0.02) return null;
  if (share(sample, (byte) => byte === 0) > 0.05) return null;
  return isUtf8(bytes) ? decoded(bytes, 'utf-8') : withSigns(decoded(bytes, 'windows-1252'));
}

/** What windows-1252 has at 0x80 to 0x9f, where Latin-1 has nothing that is written. */
const SIGNS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** A text whose windows-1252 was taken for Latin-1, as some decoders do by that very name, with its quotes, dashes and euros. */
export const withSigns = (text: string): string =>
  text.replaceAll(/[\u0080-\u009f]/g, (sign) => SIGNS[sign.charCodeAt(0) - 0x80]!);

const decoded = (bytes: Uint8Array, encoding: string): string =>
  new TextDecoder(encoding).decode(bytes).replaceAll('\u0000', '');

function share(bytes: Uint8Array, is: (byte: number, at: number) => boolean): number {
  let count = 0;
  bytes.forEach((byte, at) => (count += is(byte, at) ? 1 : 0));
  return bytes.length === 0 ? 0 : count / bytes.length;
}
