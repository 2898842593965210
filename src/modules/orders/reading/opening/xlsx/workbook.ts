import { cleanName } from '../../../../../common/text.js';
import { Unreadable } from '../../reading.js';
import type { Table } from '../opened.js';
import { Parts } from './parts.js';
import { readXmlIfAny, relationsOf, type Relation } from './relations.js';
import { sharedStringsIn } from './shared-strings.js';
import { newBook, sheetRows } from './sheet.js';
import { dateStylesIn } from './styles.js';
import { prefixed } from './xml.js';

const MOST_SHEETS = 100;
const NO_SHEETS = 'The document holds no sheets; send a workbook (XLSX) or a table (CSV).';
const OPEN_DOCUMENT = 'The file is an OpenDocument sheet; save it as XLSX or CSV.';

const BROKEN_OFF = 'The workbook is broken off; save it again.';

/** Whether a ZIP is a document of an office program, by the names in its directory. */
export function isOfficeDocument(bytes: Uint8Array): boolean {
  const parts = new Parts(bytes);
  return parts.has('[Content_Types].xml') || (parts.has('mimetype') && parts.has('content.xml'));
}

/**
 * The sheets of an XLSX workbook as tables, in their order, hidden ones too; empty ones are left out. Read are its sheets, texts, styles (for
 * which numbers are days) and links; formulas, macros and what is outside are not. Throws Unreadable for a document of another kind, one that
 * is damaged, and one of too much.
 */
export function tablesInWorkbook(bytes: Uint8Array): Table[] {
  const parts = new Parts(bytes);
  if (!parts.has('[Content_Types].xml')) throw new Unreadable(parts.has('content.xml') ? OPEN_DOCUMENT : BROKEN_OFF);
  const path = targetOf(relationsOf(parts, ''), 'officeDocument') ?? 'xl/workbook.xml';
  const { sheets, is1904 } = workbookAt(parts, path);
  const relations = relationsOf(parts, path);
  const book = newBook({
    strings: sharedStringsIn(parts, targetOf(relations, 'sharedStrings')),
    dateStyles: dateStylesIn(parts, targetOf(relations, 'styles')),
    is1904,
  });
  return sheets.flatMap(({ name, id }) => {
    const sheet = relations.get(id);
    if (sheet?.type !== 'worksheet' || !parts.has(sheet.target)) return [];
    const rows = sheetRows(parts, sheet.target, book, relationsOf(parts, sheet.target));
    return rows.length === 0 ? [] : [{ name, rows }];
  });
}

interface Workbook {
  sheets: { name: string; id: string }[];
  /** Whether its days are counted from 1904. */
  is1904: boolean;
}

function workbookAt(parts: Parts, path: string): Workbook {
  const found: Workbook = { sheets: [], is1904: false };
  let root: string | null = null;
  readXmlIfAny(parts, path, (name, attributes) => {
    root ??= name;
    if (name === 'workbookPr') found.is1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
    const id = prefixed(attributes, 'id');
    if (name === 'sheet' && id !== null)
      found.sheets.push({ name: cleanName(attributes.name ?? '').slice(0, 100), id });
  });
  if (root !== 'workbook' || found.sheets.length === 0) throw new Unreadable(NO_SHEETS);
  if (found.sheets.length > MOST_SHEETS) throw new Unreadable(`The workbook has more than ${MOST_SHEETS} sheets.`);
  return found;
}

const targetOf = (relations: ReadonlyMap<string, Relation>, type: string): string | null =>
  [...relations.values()].find((relation) => relation.type === type && !relation.isExternal)?.target ?? null;
