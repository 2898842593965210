/** One piece of evidence: what it says, by its name in `evidence-words`, and what it is told with. */
export interface Evidence {
  name: string;
  told: readonly string[];
}

const SHAPES: readonly [RegExp, string][] = [
  [/^name:(\d+)\/(\d+)$/, 'words'],
  [/^name:no-(.+)$/, 'without'],
  [/^size:(\d+)x$/, 'packs'],
  [/^size:(\d+)x (.+)$/, 'packsOf'],
  [/^unit-price:([\d.e+-]+)c\/(\w+)$/, 'unitPrice'],
  [/^price:<=(.+)%$/, 'priceWithin'],
  [/^substitution:dearer-than-(.+)%$/, 'tooDear'],
  [/^refused:(.+):(\d+)$/, 'refused'],
  [/^allergen:([^:]+):.*$/, 'allergen'],
  [/^diet:([^:]+)(?::.*)?$/, 'diet'],
  [/^unread:(.+)$/, 'unread'],
  [/^category:(.+)$/, 'shelf'],
];

/** What a piece of evidence of the API says, `size:3x 6 ct`; null where it is a newer one. Pure. */
export function evidenceOf(text: string): Evidence | null {
  for (const [shape, name] of SHAPES) {
    const found = shape.exec(text);
    if (found) return { name, told: found.slice(1) };
  }
  return null;
}
