import type { ReadLine } from '../../reading.js';

/**
 * Codes as all other files write them. Some tills print a product's code without its check digit, behind a 0: then none of theirs is
 * right as it stands, and the digit is put to each. Pure.
 */
export function withCheckDigits(lines: readonly ReadLine[]): ReadLine[] {
  const codes = lines.flatMap(({ upc }) => (upc !== null && upc.length === 12 ? [upc] : []));
  const areCut = codes.length > 0 && codes.every((code) => code.startsWith('0')) && !codes.every(isWhole);
  if (!areCut) return [...lines];
  return lines.map((line) => {
    const { upc } = line;
    if (upc?.length !== 12) return line;
    const digits = upc.slice(1);
    return { ...line, upc: `${digits}${checkDigitOf(digits)}` };
  });
}

const isWhole = (code: string): boolean => checkDigitOf(code.slice(0, -1)) === code.at(-1);

/** Of the eleven digits before it. */
function checkDigitOf(digits: string): string {
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}
