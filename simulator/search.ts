/**
 * Lexical search as a shop's: rare words weigh more, a shorter name that holds them all comes first. Deterministic: ties keep the
 * catalogue's order.
 */
export class SearchIndex<T> {
  private readonly postings = new Map<string, number[]>();
  private readonly lengths: number[];
  private readonly items: T[];

  constructor(entries: readonly (readonly [text: string, item: T])[]) {
    this.items = entries.map(([, item]) => item);
    this.lengths = entries.map(([text], index) => {
      const words = new Set(wordsOf(text));
      for (const word of words) this.postings.set(word, [...(this.postings.get(word) ?? []), index]);
      return words.size;
    });
  }

  search(query: string, limit: number): T[] {
    const scores = new Map<number, number>();
    for (const word of new Set(wordsOf(query))) {
      const hits = this.postings.get(word) ?? [];
      const weight = Math.log(1 + this.items.length / (1 + hits.length));
      for (const index of hits) scores.set(index, (scores.get(index) ?? 0) + weight);
    }
    return [...scores]
      .map(([index, score]) => ({ index, score: score - this.lengths[index]! / 50 }))
      .sort((left, right) => right.score - left.score || left.index - right.index)
      .slice(0, limit)
      .map(({ index }) => this.items[index]!);
  }
}

function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.map((word) =>
    word.length > 3
      ? word
          .replace(/ies$/, 'y')
          .replace(/(o|ch|sh|x)es$/, '$1')
          .replace(/([^s])s$/, '$1')
      : word,
  );
}
