import { amazonExtension } from './amazon/amazon-extension.js';
import { amazon } from './amazon/amazon.js';
import type { Format } from './format.js';
import { grocy } from './grocy/grocy.js';
import { instacart } from './instacart/instacart.js';
import { kitchenowl } from './kitchenowl/kitchenowl.js';
import { kroger } from './kroger/kroger.js';
import { mealie } from './mealie/mealie.js';
import { receiptText } from './receipt-text/receipt-text.js';
import { walmartExport } from './walmart-export/walmart-export.js';
import { walmartHar } from './walmart-har/walmart-har.js';
import { walmartLookup } from './walmart-lookup/walmart-lookup.js';
import { walmartMail } from './walmart-mail/walmart-mail.js';
import { walmartList, walmartPage } from './walmart-page/walmart-page.js';
import { walmartPdf } from './walmart-pdf/walmart-pdf.js';
import { walmartCsv } from './walmart-tables/walmart-csv.js';
import { walmartXlsx } from './walmart-tables/walmart-xlsx.js';

/** Every format that is read, asked in this order; one line each. */
export const FORMATS: readonly Format[] = [
  amazon,
  amazonExtension,
  instacart,
  kroger,
  mealie,
  kitchenowl,
  grocy,
  walmartCsv,
  walmartXlsx,
  walmartLookup,
  walmartExport,
  walmartHar,
  walmartPage,
  walmartList,
  receiptText,
  walmartMail,
  walmartPdf,
];
