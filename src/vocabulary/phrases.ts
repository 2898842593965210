interface Entry<T> {
  words: readonly string[];
  value: T;
}

/** What phrases mean, found in words from left to right, the longest first. Compiled once, so that a look-up reads a word or two. */
export class Phrases<T> {
  private readonly byFirst = new Map<string, Entry<T>[]>();

  /** Of two equal phrases the first counts. */
  constructor(table: Iterable<readonly [words: readonly string[], value: T]>) {
    for (const [words, value] of table) {
      const first = words[0];
      if (first === undefined) continue;
      const entries = this.byFirst.get(first);
      if (entries) entries.push({ words, value });
      else this.byFirst.set(first, [{ words, value }]);
    }
    for (const entries of this.byFirst.values()) entries.sort((a, b) => b.words.length - a.words.length);
  }

  /** The longest phrase that begins at a word. */
  at(words: readonly string[], index: number): Entry<T> | undefined {
    return this.byFirst
      .get(words[index]!)
      ?.find((entry) => entry.words.every((word, offset) => words[index + offset] === word));
  }

  /** Every phrase in words, those within others too. */
  all(words: readonly string[]): T[] {
    const found: T[] = [];
    for (let at = 0; at < words.length; at++)
      for (const entry of this.byFirst.get(words[at]!) ?? [])
        if (entry.words.every((word, offset) => words[at + offset] === word)) found.push(entry.value);
    return found;
  }

  /** One pass from left to right: each phrase found, and every word that is in none. What was found is not looked at again. */
  *in(words: readonly string[]): Iterable<{ at: number; length: number; value: T | null }> {
    for (let at = 0; at < words.length;) {
      const found = this.at(words, at);
      const length = found?.words.length ?? 1;
      yield { at, length, value: found?.value ?? null };
      at += length;
    }
  }
}

/** Words with each phrase put in other words. */
export function rewrite(words: readonly string[], table: Phrases<readonly string[]>): string[] {
  const result: string[] = [];
  for (const { at, value } of table.in(words)) {
    if (value) result.push(...value);
    else result.push(words[at]!);
  }
  return result;
}
