import type { Format } from '../format.js';
import { walmartTables } from './walmart-tables.js';

/** Three layouts of public exporters as workbooks: orders with their items on two sheets, the invoice of one order, one old wide sheet. */
export const walmartXlsx: Format = {
  id: 'walmart-xlsx',
  read: (file) => {
    if (file.kind !== 'tables' || file.of !== 'xlsx') return null;
    return walmartTables(file.tables, 'xlsx', file.name)?.reading('the columns of its sheets') ?? null;
  },
};
