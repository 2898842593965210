import { isUtf8 } from 'node:buffer';

/** A text, and the lines of it (counted from 1) that are in another encoding than the rest; none where all is in one. */
export interface Decoded {
  text: string;
  odd: readonly number[];
}

/** A sign of two or three bytes in UTF-8, as Latin-1 shows it. */
const IN_UTF8 = /[\u00c2-\u00df][\u0080-\u00bf]|[\u00e1-\u00ef][\u0080-\u00bf]{2}/g;
/** Letters and signs of western languages: others came about by chance. */
const WESTERN = /^[\u00a0-\u017f\u2010-\u2044\u20ac\u2122]$/;

/**
 * As `textOf`, and bytes of two encodings line by line: those that are UTF-8 (RFC 3629) as that, the others as windows-1252 but for what is
 * UTF-8 in them. They are two where something beyond ASCII is in UTF-8, or a mark says that all is, and a line is not.
 */
export function decodedOf(bytes: Uint8Array): Decoded | null {
  const text = textOf(bytes);
  if (text === null || isUtf8(bytes) || isWide(bytes)) return text === null ? null : { text, odd: [] };
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const odd: number[] = [];
  let isMixed = isMarked;
  const parts = linesOf(isMarked ? bytes.subarray(3) : bytes).map((line, index) => {
    const signs = Buffer.from(line.buffer, line.byteOffset, line.length).toString('latin1');
    // oxlint-disable-next-line no-control-regex -- ASCII whole
    if (/^[\u0000-\u007f]*$/.test(signs)) return signs.replaceAll('\u0000', '');
    if (isUtf8(line)) {
      isMixed = true;
      return decoded(line, 'utf-8');
    }
    odd.push(index + 1);
    const mended = signs.replaceAll(IN_UTF8, (found) => {
      const sign = Buffer.from(found, 'latin1').toString('utf8');
      if (!WESTERN.test(sign)) return found;
      isMixed = true;
      return sign;
    });
    return withSigns(mended).replaceAll('\u0000', '');
  });
  return isMixed ? { text: parts.join(''), odd } : { text, odd: [] };
}

/** Whether it is of an encoding of two bytes a sign: by its mark, or as it was found without one. */
const isWide = (bytes: Uint8Array): boolean =>
  (bytes[0]! >= 0xfe && bytes[1]! >= 0xfe) || share(bytes.subarray(0, 4096), (byte) => byte === 0) > 0.15;

/** With the break at the end of each. */
function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let from = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== 0x0a && (bytes[at] !== 0x0d || bytes[at + 1] === 0x0a)) continue;
    lines.push(bytes.subarray(from, at + 1));
    from = at + 1;
  }
  return [...lines, bytes.subarray(from)];
}

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
