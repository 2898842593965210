import { Unreadable, type Question, type Skipped, type SourceFile } from '../reading.js';
import { decodedOf } from './decode.js';
import { delimitedTable } from './delimited.js';
import { jsonOf, tooLargeIn } from './json.js';
import type { Opened, Table } from './opened.js';
import { isHar, isHtml, isMail, isOldOffice, isPdf, isReceipt } from './sniffing.js';
import { isOfficeDocument, tablesInWorkbook } from './xlsx/workbook.js';
import { filesInZip, isZip } from './zip.js';

const OLD_OFFICE =
  'The file is an old or a protected document of an office program; save it as XLSX or CSV without a password.';

/** What a file is, by its content and never by its name. Throws Unreadable, with a sentence for its sender, for what nobody reads. */
export function open({ name, bytes }: SourceFile): Opened {
  const named: Pick<Opened, 'name' | 'told'> = { name: name?.split(/[\\/]/).at(-1) ?? null };
  if (isHar(bytes)) return { ...named, kind: 'har', bytes };
  if (isPdf(bytes)) return { ...named, kind: 'pdf', bytes };
  if (isZip(bytes)) return { ...named, kind: 'tables', of: 'xlsx', tables: tablesInWorkbook(bytes) };
  if (isOldOffice(bytes)) throw new Unreadable(OLD_OFFICE);
  if (isMail(bytes)) return { ...named, kind: 'mail', bytes };
  const decoded = decodedOf(bytes);
  if (decoded === null) throw new Unreadable('The file is neither text nor a document that is read here.');
  const { text, odd } = decoded;
  if (odd.length > 0) named.told = [mixedOf(odd)];
  const body = text.trim();
  if (body === '') throw new Unreadable('The file is empty.');
  // Of another encoding than most are.
  if (isHar(Buffer.from(body.slice(0, 400)))) return { ...named, kind: 'har', bytes: Buffer.from(body) };
  if (isHtml(body)) return { ...named, kind: 'html', text };
  const value = jsonOf(text);
  if (value !== undefined) {
    const told = [...(named.told ?? []), ...tooLargeIn(text, value)];
    return { ...named, told, kind: 'json', value };
  }
  if (isReceipt(text)) return { ...named, kind: 'text', text };
  const table = delimitedTable(text);
  if (table && table.rows.length > 0) return { ...named, kind: 'tables', of: 'csv', tables: [table] };
  return { ...named, kind: 'text', text };
}

function mixedOf(odd: readonly number[]): Question {
  const more = odd.length > 20 ? ` and ${odd.length - 20} more` : '';
  const text =
    `The file is in two encodings: these lines are not in UTF-8, and were read as windows-1252: ${odd.slice(0, 20).join(', ')}${more}. ` +
    'Look at their names, or export the file again.';
  return { code: 'encoding_mixed', text };
}

/**
 * As `open`, and what is in a ZIP: its tables together, for they tell of the same orders, then its other files, workbooks among them. What of
 * a ZIP cannot be read is told.
 */
export function openAll(file: SourceFile): { opened: Opened[]; skipped: Skipped[] } {
  const files = isZip(file.bytes) && !isOfficeDocument(file.bytes) ? filesInZip(file.bytes) : null;
  const skipped: Skipped[] = [];
  if (files === null) return { opened: [open(file)], skipped };
  const opened = files.flatMap((one): Opened[] => {
    try {
      return [open(one)];
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      if (isOfSystem(one.name ?? '')) return [];
      skipped.push({ where: one.name?.split(/[\\/]/).at(-1)?.slice(-80) ?? 'a file', reason: error.message });
      return [];
    }
  });
  const tables = opened.flatMap((one): Table[] =>
    isCsv(one) ? one.tables.map((table) => ({ ...table, name: table.name ?? one.name })) : [],
  );
  const others = opened.filter((one) => !isCsv(one));
  const told = opened.filter(isCsv).flatMap((one) => one.told ?? []);
  const all: Opened = { name: file.name, told, kind: 'tables', of: 'csv', tables };
  return { opened: tables.length === 0 ? others : [all, ...others], skipped };
}

/** What systems put into archives beside the files of their people. */
const isOfSystem = (path: string): boolean => path.split(/[\\/]/).some((part) => /^\.|^__MACOSX$/.test(part));

const isCsv = (one: Opened): one is Opened & { kind: 'tables' } => one.kind === 'tables' && one.of === 'csv';
