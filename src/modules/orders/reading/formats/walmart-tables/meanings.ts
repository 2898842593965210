/** What a column or a label says, by its words and not by its place. Pure. */
export type Meaning =
  | 'number'
  | 'day'
  | 'isoDay'
  | 'name'
  | 'quantity'
  | 'price'
  | 'lineStatus'
  | 'status'
  | 'link'
  | 'type'
  | 'subtotalBefore'
  | 'savings'
  | 'subtotal'
  | 'delivery'
  | 'bag'
  | 'express'
  | 'tax'
  | 'tip'
  | 'refund'
  | 'donations'
  | 'total'
  | 'sellers'
  | 'fulfillments'
  | 'deliveredOn'
  | 'tracking'
  | 'store'
  | 'amount'
  | 'description'
  | 'personal'
  | 'ignored';

const WORDS: Readonly<Record<Meaning, string>> = {
  number: 'order number|order id|order no|order|order nr|orderid|ordernumber|order #|receipt number|tc',
  day: 'order date|date|purchase date|ordered on|date of purchase|placed on|orderdate|order placed',
  isoDay: 'order date iso',
  name: 'product name|item name|item|product|name|title|item description|product description',
  quantity: 'quantity|qty|count|units|item quantity|qty ordered',
  price: 'price|item price|line total|line price|item total|extended price',
  lineStatus: 'delivery status|item status|line status',
  status: 'status|order status',
  link: 'product link|item link|product url|item url|link|url',
  type: 'order type|channel',
  subtotalBefore: 'subtotal before savings|subtotal before discounts',
  savings: 'savings|discount|discounts|total savings',
  subtotal: 'subtotal|sub total|order subtotal|items subtotal',
  delivery: 'delivery charges|delivery fee|delivery|delivery charge|shipping',
  bag: 'bag fee|bag fees',
  express: 'express fee|express delivery',
  tax: 'tax|taxes|sales tax|estimated tax',
  tip: 'tip|driver tip|tips',
  refund: 'refund|refunds|refunded',
  donations: 'donations|donation',
  total: 'order total|total|grand total|amount paid|total paid',
  sellers: 'sellers|seller s|seller',
  fulfillments: 'fulfillment|fulfilment|fulfillment type',
  deliveredOn: 'delivered date|delivered on|delivery date',
  tracking: 'tracking numbers|tracking number|tracking',
  store: 'store location|store|store name',
  amount: 'amount',
  description: 'description|memo',
  personal:
    'address recipient|shipping address|ship to|delivery instructions|payment method|payment messages|payment split|recipient|address|card|email|phone|buyer|customer|payee|reference',
  ignored:
    'items|item names|item count|data|receipt barcode url|receipt barcode|thumbnail|associate discount|number of items|barcode url|image|image url|unit price|department|category|notes',
};

const BY_WORDS = new Map(
  Object.entries(WORDS).flatMap(([meaning, words]) =>
    words.split('|').map((word): [string, Meaning] => [word, meaning as Meaning]),
  ),
);

/** Null: nobody here knows what it means. */
export function meaningOf(header: string): Meaning | null {
  const words = header
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}#]+/gu, ' ')
    .trim();
  return BY_WORDS.get(words) ?? null;
}
