/** What bytes and texts are by how they begin, whatever they are named. Pure. */

export const isPdf = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, 1024)).toString('latin1').includes('%PDF-');

const OLD = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** What office programs wrote before XLSX, and still write for a document with a password. */
export const isOldOffice = (bytes: Uint8Array): boolean => OLD.every((byte, at) => bytes[at] === byte);

/** A recording of a browser, however long: it begins as one. */
export const isHar = (bytes: Uint8Array): boolean =>
  /^(?:\u00ef\u00bb\u00bf)?\s*\{\s*"log"\s*:\s*\{/.test(Buffer.from(bytes.subarray(0, 400)).toString('latin1'));

const HEADER = /^[A-Za-z][A-Za-z0-9-]{0,60}:/;
const OF_MAIL = /^(from|to|subject|date|received|return-path|message-id|mime-version|delivered-to)$/i;

/** A mail, or a box of several: header lines first, two of which only mails have. */
export function isMail(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 16_384))
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '');
  const lines = head.split(/\r?\n/);
  if (/^From \S+ /.test(lines[0]!)) lines.shift();
  let found = 0;
  for (const line of lines.slice(0, 200)) {
    if (line === '' || found >= 2) break;
    if (/^[ \t]/.test(line)) continue;
    if (!HEADER.test(line)) return false;
    if (OF_MAIL.test(line.slice(0, line.indexOf(':')))) found++;
  }
  return found >= 2;
}

/** What a till prints: its own numbers, or a total under a subtotal. */
export function isReceipt(text: string): boolean {
  const sample = text.slice(0, 40_000);
  if (/\bST ?# ?\d+ {1,4}OP ?# ?\d+ {1,4}TE ?# ?\d+/.test(sample)) return true;
  return (
    /^[ \t]{0,40}(sub ?-?total|sous ?-?total)[ \t:$]{1,60}\d{1,5}[.,]\d{2}\b/im.test(sample) &&
    /^[ \t]{0,40}total( [a-zà ]{1,10})?[ \t:$]{1,60}\d{1,5}[.,]\d{2}\b/im.test(sample)
  );
}

/** A page, whatever it is named: it begins as one. */
export const isHtml = (text: string): boolean =>
  /^\s*(?:<!--[^]{0,2000}?-->\s*|<\?xml[^>]{0,200}>\s*){0,5}<(?:!doctype\s+html|html|head|body)\b/i.test(
    text.slice(0, 8000),
  );
