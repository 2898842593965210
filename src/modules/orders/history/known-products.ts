import { plainNameOf } from '../reading/names.js';
import type { ReadLine } from '../reading/reading.js';

/** By what a product is known again, and which lines are of one. Pure. */
export interface KnownProduct {
  id: string;
  name: string;
  isNamed: boolean;
  size: string | null;
  gtin: string | null;
  keys: Set<string>;
}

/** Sorts of keys of which a product has one: two that differ in it are two. */
const TELLING = ['us', 'asin', 'ext'] as const;
const sortOf = (key: string): string => key.slice(0, key.indexOf(':'));

/** Keys of a line, the strongest first. A name that is cut off is none: several products may begin alike. */
export function keysOf(line: ReadLine): string[] {
  const gtin = gtinOf(line.upc);
  return [
    line.usItemId && `us:${line.usItemId}`,
    line.asin && `asin:${line.asin}`,
    line.externalId && `ext:${line.externalId}`,
    gtin && `gtin:${gtin}`,
    !gtin && line.upc && `plu:${line.upc}`,
    line.name && !line.isCut && `name:${plainNameOf(line.name)}`,
    !line.name && !gtin && line.receiptName && `till:${plainNameOf(line.receiptName)}`,
  ].filter((key): key is string => typeof key === 'string' && !key.endsWith(':'));
}

/** A code of 8 to 14 digits without the zeros before it; null for none, and for the short ones of produce. */
export function gtinOf(upc: string | null): string | null {
  if (upc === null || !/^\d{8,14}$/.test(upc)) return null;
  const digits = upc.replace(/^0+/, '');
  return digits.length >= 7 ? digits : null;
}

/** Whether a product may be what the line names: none of its telling keys contradicts. */
function agrees(product: KnownProduct, keys: readonly string[]): boolean {
  return TELLING.every((sort) => {
    const [mine, theirs] = [keys, [...product.keys]].map((all) => all.filter((key) => sortOf(key) === sort));
    return mine!.length === 0 || theirs!.length === 0 || mine!.some((key) => theirs!.includes(key));
  });
}

/** The products that are known, as lines are looked up in them and add to them. */
export class Products {
  private readonly byKey = new Map<string, KnownProduct>();
  readonly made: KnownProduct[] = [];
  /** Products that turned out to be another: its id. */
  readonly joined = new Map<string, string>();
  readonly renamed = new Set<KnownProduct>();
  readonly keyed: { key: string; productId: string }[] = [];

  constructor(
    known: readonly KnownProduct[],
    private readonly newId: () => string,
  ) {
    for (const product of known) for (const key of product.keys) this.byKey.set(key, product);
  }

  /** The product of a line, made if there is none; null for a line that names nothing. Two that it shows to be one are joined. */
  of(line: ReadLine): KnownProduct | null {
    const keys = keysOf(line);
    const [strongest] = keys;
    if (strongest === undefined)
      return line.isCut && line.name ? this.make(line, [`cut:${plainNameOf(line.name)}`]) : null;
    const found = [...new Set(keys.flatMap((key) => this.byKey.get(key) ?? []))].filter((product) =>
      agrees(product, keys),
    );
    const [kept, ...others] = found.toSorted((a, b) => a.id.localeCompare(b.id));
    if (!kept) return this.make(line, keys);
    for (const other of others) if (agrees(kept, [...other.keys])) this.join(kept, other);
    this.learn(kept, line, keys);
    return kept;
  }

  private make(line: ReadLine, keys: readonly string[]): KnownProduct {
    const again = this.byKey.get(keys[0]!);
    if (again) return again;
    const name = line.name ?? line.receiptName ?? line.usItemId ?? line.upc ?? '?';
    const isNamed = line.name !== null && !line.isCut;
    const { size } = line;
    const product: KnownProduct = { id: this.newId(), name, isNamed, size, gtin: gtinOf(line.upc), keys: new Set() };
    this.made.push(product);
    this.key(product, keys);
    return product;
  }

  private learn(product: KnownProduct, line: ReadLine, keys: readonly string[]): void {
    if (!product.isNamed && line.name !== null && !line.isCut) {
      product.name = line.name;
      product.isNamed = true;
      this.renamed.add(product);
    }
    if (product.gtin === null && gtinOf(line.upc) !== null) {
      product.gtin = gtinOf(line.upc);
      this.renamed.add(product);
    }
    this.key(product, keys);
  }

  private key(product: KnownProduct, keys: readonly string[]): void {
    for (const key of keys) {
      if (this.byKey.has(key)) continue;
      this.byKey.set(key, product);
      product.keys.add(key);
      this.keyed.push({ key, productId: product.id });
    }
  }

  private join(kept: KnownProduct, other: KnownProduct): void {
    this.joined.set(other.id, kept.id);
    for (const key of other.keys) {
      this.byKey.set(key, kept);
      kept.keys.add(key);
    }
    if (!kept.isNamed && other.isNamed) {
      kept.name = other.name;
      kept.isNamed = true;
      this.renamed.add(kept);
    }
  }

  /** All that are known by now, each once. */
  get all(): KnownProduct[] {
    return [...new Set(this.byKey.values())];
  }

  /** What a product is called by now. */
  finalId(id: string): string {
    let now = id;
    for (let next = this.joined.get(now); next !== undefined; next = this.joined.get(now)) now = next;
    return now;
  }
}

/** Three letters each of a name's words, and the first of each, as it is searched by. */
export function trigramsOf(text: string): string[] {
  const words = plainNameOf(text).split(' ').filter(Boolean).slice(0, 40);
  const all = words.flatMap((word) => {
    const padded = ` ${word} `;
    const beginning = padded.slice(0, 2);
    return [beginning, ...Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3))];
  });
  return [...new Set(all)];
}
