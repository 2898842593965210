/** What a column or a label says, by its words and not by its place. Pure. */
export type Meaning =
  | 'number'
  | 'day'
  | 'isoDay'
  | 'name'
  | 'quantity'
  | 'price'
  | 'unitPrice'
  | 'unit'
  | 'lineStatus'
  | 'status'
  | 'link'
  | 'itemId'
  | 'upc'
  | 'size'
  | 'type'
  | 'subtotalBefore'
  | 'savings'
  | 'subtotal'
  | 'delivery'
  | 'bag'
  | 'express'
  | 'tax'
  | 'namedTax'
  | 'tip'
  | 'refund'
  | 'donations'
  | 'total'
  | 'currency'
  | 'sellers'
  | 'fulfillments'
  | 'deliveredOn'
  | 'tracking'
  | 'store'
  | 'amount'
  | 'description'
  | 'personal'
  | 'ignored';

/** English, French, Spanish and German, as `plain` leaves them. */
const WORDS: Readonly<Record<Meaning, readonly string[]>> = {
  number: [
    'order number|order id|order no|order|order nr|orderid|ordernumber|order #|receipt number|receipt id|tc|tc number|tc #|transaction number|transaction id|transaction no|transaction #|order ref|order reference|bon nr',
    'numero de commande|no de commande|n de commande|commande|numero de la commande',
    'numero de pedido|no de pedido|pedido|numero del pedido|bestellnummer|bestell nr|bestellnr|auftragsnummer',
  ],
  day: [
    'order date|date|purchase date|ordered on|date of purchase|placed on|orderdate|order placed|ordered at|placed at|order time|date ordered|purchased on|purchased at|transaction date|when|day|date of order|bought on|purchase day|placed',
    'date de commande|date de la commande|date d achat|fecha|fecha de pedido|fecha del pedido|fecha de compra|datum|bestelldatum|kaufdatum',
  ],
  isoDay: ['order date iso|iso date|date iso'],
  name: [
    'product name|item name|item|product|name|title|item description|product description|product title|item title|productname|itemname|line item|what|what i bought|bought|purchased item|goods|grocery|groceries',
    'article|articles|produit|nom du produit|nom de l article|description de l article|producto|articulo|nombre del producto|nombre|articulo comprado',
    'artikel|produkt|artikelname|produktname|artikelbezeichnung|bezeichnung|ware',
  ],
  quantity: [
    'quantity|qty|count|units|item quantity|qty ordered|quantity ordered|qty shipped|amount ordered|how many|pieces|number bought|nb|anz|stk',
    'quantite|qte|cantidad|cant|unidades|menge|anzahl|stuck',
  ],
  price: [
    'price|item price|line total|line price|item total|extended price|total price|price paid|paid|item amount|item cost|line amount|cost|i paid|what i paid|amount paid for item',
    'prix|prix total|montant de la ligne|prix paye|precio|precio total|preis|gesamtpreis|zeilensumme',
  ],
  unitPrice: [
    'unit price|price each|each|price per unit|unit cost|price per item|prix unitaire|precio unitario|einzelpreis|stuckpreis',
  ],
  unit: ['unit|uom|unit of measure|measure|einheit|unite|unidad|mengeneinheit'],
  lineStatus: ['delivery status|item status|line status|fulfillment status'],
  status: ['status|order status|statut|etat|estado|zustand'],
  link: ['product link|item link|product url|item url|link|url|lien|enlace'],
  itemId: [
    'item id|product id|us item id|usitemid|walmart item number|item number|item no|item #|sku|itemid|productid',
  ],
  upc: ['upc|gtin|ean|barcode|upc code|item upc|product upc|cup|code barres|codigo de barras|strichcode'],
  size: ['size|package size|pack size|taille|tamano|packungsgrosse'],
  type: ['order type|channel|type de commande|tipo de pedido'],
  subtotalBefore: ['subtotal before savings|subtotal before discounts|sous total avant rabais'],
  savings: [
    'savings|discount|discounts|coupon|coupons|coupon savings|total savings|total discount|total discounts|total coupons|you saved|rabais|economies|remise|descuento|descuentos|ahorro|rabatt|ersparnis',
  ],
  subtotal: [
    'subtotal|sub total|order subtotal|items subtotal|merchandise subtotal|sous total|total partiel|zwischensumme',
  ],
  delivery: [
    'delivery charges|delivery fee|delivery|delivery charge|shipping|shipping fee|shipping charge|shipping cost|delivery cost',
    'livraison|frais de livraison|frais de port|envio|gastos de envio|costo de envio|entrega|lieferung|liefergebuhr|versand|versandkosten',
  ],
  bag: ['bag fee|bag fees|bag charge|frais de sac|frais de sacs|cargo por bolsas|tutengebuhr'],
  express: ['express fee|express delivery|express delivery fee|livraison express'],
  tax: ['tax|taxes|sales tax|estimated tax|total tax|tax total|taxe|impuesto|impuestos|iva|steuer|steuern|mwst|tva'],
  namedTax: [
    'gst|hst|pst|qst|rst|tps|tvq|tvh|tvp|gst hst|hst gst|tps tvh|gst tps|qst tvq|hst tvh|pst tvp|pst qst',
    'state tax|county tax|city tax|local tax|federal tax|provincial tax|tax 1|tax 2|tax 3|tax1|tax2|tax3',
  ],
  tip: ['tip|driver tip|tips|delivery tip|pourboire|propina|trinkgeld'],
  refund: ['refund|refunds|refunded|refund total|total refund|remboursement|reembolso|erstattung|ruckerstattung'],
  donations: ['donations|donation|dons|don|donacion|spende|spenden'],
  total: [
    'order total|total|grand total|amount paid|total paid|total amount|total charged|amount charged|final total',
    'total de la commande|montant total|total del pedido|importe total|gesamtbetrag|gesamtsumme|gesamt|summe|endbetrag|sum|somme|suma|sum total|overall|i alt',
  ],
  currency: ['currency|currency code|devise|monnaie|moneda|divisa|wahrung'],
  sellers: ['sellers|seller s|seller|sold by|vendeur|vendedor|verkaufer'],
  fulfillments: ['fulfillment|fulfilment|fulfillment type|fulfillment method'],
  deliveredOn: [
    'delivered date|delivered on|delivery date|date delivered|date de livraison|fecha de entrega|lieferdatum',
  ],
  tracking: ['tracking numbers|tracking number|tracking|tracking #|tracking id'],
  store: ['store location|store|store name|store number|store #|magasin|tienda|filiale'],
  amount: ['amount|montant|importe|betrag'],
  description: ['description|memo|descripcion|beschreibung'],
  personal: [
    'address recipient|shipping address|ship to|delivery instructions|payment method|payment messages|payment split|recipient|address|card|email|phone|buyer|customer|payee|reference',
    'customer name|card number|billing address|delivery address|adresse|destinataire|direccion|cliente|empfanger|zahlungsart|mode de paiement|metodo de pago',
  ],
  ignored: [
    'items|item names|item count|data|receipt barcode url|receipt barcode|thumbnail|associate discount|number of items|barcode url|image|image url|department|category|notes',
  ],
};

const BY_WORDS = new Map(
  Object.entries(WORDS).flatMap(([meaning, lists]) =>
    lists.flatMap((words) => words.split('|')).map((word): [string, Meaning] => [word, meaning as Meaning]),
  ),
);

/** Of a header, with signs and what it says beside. */
const LONGEST = 60;

/** What a header says beside what it means: that it is of money, and of which. */
const BESIDE = /\b(in )?(usd|cad|cdn|eur|us|ca)\b|\b(amount|amt|value)$/g;

/** Null: nobody here knows what it means. */
export function meaningOf(header: string): Meaning | null {
  if (header.length > LONGEST) return null;
  const words = plain(header);
  return BY_WORDS.get(words) ?? BY_WORDS.get(words.replaceAll(BESIDE, ' ').replaceAll(/\s+/g, ' ').trim()) ?? null;
}

/** Whether a header of a price says that it is of the whole line. */
export const saysOfLine = (header: string): boolean =>
  /\b(line|total|extended|amount|gesamtpreis|zeilensumme|montant)\b/.test(plain(header));

/** Small letters without accents, shares and signs: `Order_Total ($)`, `orderTotal` and `Order total` are the same. */
const plain = (header: string): string =>
  header
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replaceAll(/[\d.,]+ ?%/g, ' ')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}#]+/gu, ' ')
    .trim();
