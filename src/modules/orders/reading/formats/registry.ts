import type { Format } from './format.js';
import { receiptText } from './receipt-text/receipt-text.js';
import { walmartLookup } from './walmart-lookup/walmart-lookup.js';
import { walmartCsv } from './walmart-tables/walmart-csv.js';

/** Every format that is read, asked in this order; one line each. */
export const FORMATS: readonly Format[] = [walmartCsv, walmartLookup, receiptText];
