import { cleanText } from '../../../../../common/text.js';
import { isMembers, type Members } from '../../members.js';
import { dayOf } from '../../days.js';
import { shortNameOf } from '../../names.js';
import { numberKeyOf } from '../../numbers.js';
import { meaningOf, type Meaning } from '../walmart-tables/meanings.js';

/** Meanings that JSON has beside those of columns. */
type Own = 'items' | 'itemId' | 'isInStore' | 'payments' | 'left out';

const OWN: Readonly<Record<Own, string>> = {
  items: 'items|products|lines|line items|order items|item list',
  itemId: 'us item id|item id|product id|walmart id',
  isInStore: 'is in store|in store',
  payments: 'payment method details|payment details|payments',
  'left out':
    'schema version|version|thumbnail url|image url|barcode image url|barcode|address line|payment methods|exported at|details url|name of recipient|phone number|email address|instructions',
};
/** Of one meaning with words that tables have. */
const ALSO: Readonly<Partial<Record<Meaning, string>>> = {
  day: 'ordered|purchased|created|created at|created on|date created|date placed|order placed date|order placed at',
  fulfillments: 'fulfillment types|fulfilment types|fulfillments',
  deliveredOn: 'delivered at|delivery completed date',
  subtotal: 'order sub total|items total|sub total',
  unitPrice: 'unit|each|per unit',
  price: 'line|line total',
  tax: 'tax total',
  quantity: 'qty shipped|quantity shipped',
};

const byWords = <Name extends string>(all: Readonly<Partial<Record<Name, string>>>): ReadonlyMap<string, Name> =>
  new Map(
    Object.entries<string | undefined>(all).flatMap(([name, words]) =>
      (words ?? '').split('|').map((word): [string, Name] => [word, name as Name]),
    ),
  );
const [OWN_WORDS, ALSO_WORDS] = [byWords<Own>(OWN), byWords<Meaning>(ALSO)];

/** `orderSubtotal`, `order_subtotal` and `Order Subtotal` as words. */
const wordsOf = (name: string): string =>
  name
    .replaceAll(/(?<=[\p{Ll}\d])(?=\p{Lu})/gu, ' ')
    .replaceAll(/[^\p{L}\p{N}#]+/gu, ' ')
    .trim()
    .toLowerCase();

const meanings = new Map<string, Meaning | Own | null>();
const MOST_KEPT = 5000;

function meaningIn(name: string): Meaning | Own | null {
  const known = meanings.get(name);
  if (known !== undefined) return known;
  const words = wordsOf(name);
  const meaning = OWN_WORDS.get(words) ?? ALSO_WORDS.get(words) ?? meaningOf(words);
  if (meanings.size < MOST_KEPT) meanings.set(name, meaning);
  return meaning;
}

/** `bought` is what was bought, or when. */
function meaningOfMember(name: string, value: unknown): Meaning | Own | null {
  const meaning = meaningIn(name);
  return meaning === 'name' && dayOf(value) !== null ? 'day' : meaning;
}

const isId = (name: string): boolean => /^_?id$/i.test(name);

const DEEPEST = 2;
/** What files call an object of members as they call a value. */
const NESTED: ReadonlySet<Meaning | Own> = new Set(['name', 'price', 'number', 'amount']);

/** An amount and how it is displayed. */
const isAmount = ({ value, displayValue, amount }: Members): boolean => (value ?? displayValue ?? amount) !== undefined;

/** An order or an item of an export by what its members mean. */
export class Told {
  private readonly values = new Map<Meaning | Own, unknown>();
  private readonly strange: string[] = [];
  /** Of the object that holds the items: what it is called where it names no number. */
  private ownId = '';

  constructor(of: Members) {
    this.take(of, DEEPEST);
  }

  /** What is told in a member of its own (`totals`, `pricing`, `product`) is told of the same thing. */
  private take(of: Members, deep: number): void {
    const isHolder = Object.keys(of).some((name) => meaningIn(name) === 'items');
    for (const [name, value] of Object.entries(of)) {
      const meaning = meaningOfMember(name, value);
      if (isHolder && isId(name)) this.ownId ||= textOf(value);
      const isNested = isMembers(value) && deep > 0 && !isAmount(value);
      if (isNested && (meaning === null || NESTED.has(meaning))) this.take(value, deep - 1);
      else if (meaning === null) this.strange.push(shortNameOf(name, 60) ?? '');
      else if (tellsMore(value, this.values.get(meaning))) this.values.set(meaning, value);
    }
  }

  has(meaning: Meaning): boolean {
    return this.values.has(meaning);
  }

  /** Empty where there is none; a list as its texts with `;` between them, an amount as it is displayed. */
  textOf(meaning: Meaning): string {
    return textOf(this.values.get(meaning));
  }

  /** As it is told; an order that has no number but its `id` is known by that. */
  number(): string {
    return this.textOf('number') || (numberKeyOf(this.ownId) === null ? '' : this.ownId);
  }

  /** Null: it has no list of items that is understood. */
  items(): readonly unknown[] | null {
    const items = this.values.get('items');
    return Array.isArray(items) ? (items as unknown[]) : null;
  }

  hasItems(): boolean {
    return this.values.has('items');
  }

  hasMoney(): boolean {
    return this.values.has('total') || this.values.has('subtotal');
  }

  itemId(): string | null {
    const id = textOf(this.values.get('itemId'));
    return /^\d{4,15}$/.test(id) ? id : null;
  }

  isInStore(): boolean | null {
    const text = textOf(this.values.get('isInStore')).toLowerCase();
    return text === 'true' || text === 'yes' ? true : text === 'false' || text === 'no' ? false : null;
  }

  /** By which means and how much; cards' digits are not looked at. */
  payments(): { brand: string; amount: unknown }[] {
    const all = this.values.get('payments');
    if (!Array.isArray(all)) return [];
    return all.slice(0, 20).flatMap((one: unknown) => {
      if (!isMembers(one)) return [];
      return [{ brand: textOf(one.brand ?? one.type ?? one.cardType), amount: one.amount ?? one.total }];
    });
  }

  /** Names that nobody knows, as they are written. */
  unknown(): readonly string[] {
    const isByItsId = this.ownId !== '' && this.number() === this.ownId;
    return isByItsId ? this.strange.filter((name) => !isId(name)) : this.strange;
  }
}

/** Of two members of one meaning: a list rather than how many are in it, and what tells something rather than nothing. */
const tellsMore = (value: unknown, known: unknown): boolean =>
  known === undefined || (Array.isArray(value) ? !Array.isArray(known) : textOf(known) === '');

function textOf(value: unknown): string {
  if (typeof value === 'string') return cleanText(value).trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return [...new Set(value.map(textOf))].filter((text) => text !== '').join('; ');
  if (!isMembers(value)) return '';
  return textOf(value.displayValue ?? value.value ?? value.name ?? value.amount);
}
