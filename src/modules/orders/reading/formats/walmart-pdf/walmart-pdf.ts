import { isReceipt } from '../../opening/sniffing.js';
import type { Question, Skipped } from '../../reading.js';
import type { Format } from '../format.js';
import { readReceipts } from '../receipt-text/receipt-text.js';
import { rowsOf } from './grid.js';
import { piecesOf } from './pieces.js';
import { ordersOf } from './receipt.js';

const MOST_SKIPPED = 200;
const NO_ORDER = 'The PDF names no order; what it says was not taken for one.';

/** Receipts of the shop as PDF. A PDF that does not name the shop is of no format here. */
export const walmartPdf: Format = {
  id: 'walmart-pdf',
  read: async (file) => {
    if (file.kind !== 'pdf') return null;
    const rows = rowsOf(await piecesOf(file.bytes));
    if (!rows.some(({ cells }) => cells.some(({ text }) => /wal-?mart/i.test(text)))) return null;
    const skipped: Skipped[] = [];
    const orders = ordersOf(rows, skipped);
    // A paper receipt that was printed, or scanned with its text.
    const text = rows.map(({ cells }) => cells.map((cell) => cell.text).join('  ')).join('\n');
    if (orders.length === 0 && isReceipt(text)) return readReceipts(text);
    const questions: Question[] = orders.length === 0 ? [{ code: 'number_missing', text: NO_ORDER }] : [];
    return { orders, carts: [], skipped: skipped.slice(0, MOST_SKIPPED), questions, toldBy: 'the words of its pages' };
  },
};
