import type { Format } from '../format.js';
import { walmartTables } from './walmart-tables.js';

/** Five layouts of public exporters in CSV: a pair of orders and items, in brief, in detail, with `|`, and two columns without a header. */
export const walmartCsv: Format = {
  id: 'walmart-csv',
  read: (file) => {
    if (file.kind !== 'tables' || file.of !== 'csv') return null;
    return walmartTables(file.tables, 'csv', file.name)?.reading('its columns') ?? null;
  },
};
