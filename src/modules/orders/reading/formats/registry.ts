import type { Format } from './format.js';
import { walmartCsv } from './walmart-tables/walmart-csv.js';

/** Every format that is read, asked in this order; one line each. */
export const FORMATS: readonly Format[] = [walmartCsv];
