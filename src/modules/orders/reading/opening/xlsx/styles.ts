import type { Parts } from './parts.js';
import { readXml } from './xml.js';

/** Built-in formats that show days or times: Excel's own, and those of its East Asian editions. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** Which of the cells' styles, by index, show a number as a day or a time. */
export function dateStylesIn(parts: Parts, path: string | null): ReadonlySet<number> {
  const dates = new Set<number>();
  if (path === null || !parts.has(path)) return dates;
  const codes = new Map<number, string>();
  let [isInCells, style] = [false, 0];
  readXml(parts.textOf(path), {
    open: (name, { numFmtId, formatCode }) => {
      const id = Number(numFmtId);
      if (name === 'numFmt' && formatCode !== undefined) codes.set(id, formatCode);
      else if (name === 'cellXfs') isInCells = true;
      else if (name === 'xf' && isInCells) {
        const code = codes.get(id);
        if (code === undefined ? isBuiltInDate(id) : isDateFormat(code)) dates.add(style);
        style++;
      }
    },
    close: (name) => {
      if (name === 'cellXfs') isInCells = false;
    },
  });
  return dates;
}

/** Whether a format shows parts of a day: by its letters, without texts, colours, currencies and fillers. */
export const isDateFormat = (code: string): boolean =>
  /[dmyhs]/i.test(code.replaceAll(/"[^"]*"|\\.|[_*].|\[[^\]]*\]|General|Standard/gi, ''));
