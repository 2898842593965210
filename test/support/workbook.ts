import { zipSync } from 'fflate';

/** A cell as a workbook holds it: its type, and what is in it, as XML. */
export interface RawCell {
  t?: string;
  s?: number;
  xml: string;
}
export type CellValue = string | number | boolean | null | RawCell;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** `A`, `B` … `AA` for 0, 1 … 26. */
const letters = (column: number): string =>
  (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));

function cellXml(value: CellValue, place: string): string {
  if (value === null) return '';
  if (typeof value === 'number') return `<c r="${place}"><v>${value}</v></c>`;
  if (typeof value === 'boolean') return `<c r="${place}" t="b"><v>${value ? 1 : 0}</v></c>`;
  if (typeof value === 'string')
    return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
  const { t, s, xml } = value;
  return `<c r="${place}"${t === undefined ? '' : ` t="${t}"`}${s === undefined ? '' : ` s="${s}"`}>${xml}</c>`;
}

/** The XML of a sheet; `after` stands behind its rows: links, merged cells. */
export const sheetXml = (rows: readonly (readonly CellValue[])[], after = ''): string =>
  `${XML}<worksheet xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheetData>${rows
    .map((row, at) => {
      const cells = row.map((value, column) => cellXml(value, `${letters(column)}${at + 1}`));
      return `<row r="${at + 1}">${cells.join('')}</row>`;
    })
    .join('')}</sheetData>${after}</worksheet>`;

export const relationsXml = (relations: readonly { id: string; type: string; target: string; more?: string }[]) =>
  `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations
    .map(({ id, type, target, more = '' }) => {
      return `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${escaped(target)}"${more}/>`;
    })
    .join('')}</Relationships>`;

interface Extra {
  /** Parts beside or in place of those that a workbook has, by their paths. */
  parts?: Record<string, string | Uint8Array>;
  /** Of the workbook itself, before its sheets. */
  properties?: string;
}

/** A workbook as programs write it, from the XML of its sheets by their names. */
export function workbook(sheets: Record<string, string>, { parts = {}, properties = '' }: Extra = {}): Uint8Array {
  const names = Object.keys(sheets);
  const whole: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    '_rels/.rels': relationsXml([{ id: 'rId1', type: 'officeDocument', target: 'xl/workbook.xml' }]),
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${properties}<sheets>${names
      .map((name, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationsXml([
      ...names.map((_, at) => ({ id: `rId${at + 1}`, type: 'worksheet', target: `worksheets/sheet${at + 1}.xml` })),
      { id: 'rId900', type: 'sharedStrings', target: 'sharedStrings.xml' },
      { id: 'rId901', type: 'styles', target: '/xl/styles.xml' },
    ]),
    ...Object.fromEntries(names.map((name, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheets[name]!])),
    ...parts,
  };
  return zipSync(
    Object.fromEntries(
      Object.entries(whole).map(([path, part]) => [path, typeof part === 'string' ? Buffer.from(part) : part]),
    ),
  );
}
