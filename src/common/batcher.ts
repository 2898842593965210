/**
 * Batch while busy, never wait while idle: the first item goes at once; items that come while a flush is in flight go together in
 * the next. Each caller gets its own result, in the order of `flush`'s answer; a failed flush fails exactly its own items.
 */
export class Batcher<In, Out> {
  private waiting: { item: In; resolve: (out: Out) => void; reject: (error: unknown) => void }[] = [];
  private active = 0;

  constructor(
    private readonly flush: (items: In[]) => Promise<Out[]>,
    private readonly options: { maxItems: number; maxInFlight?: number },
  ) {}

  add(item: In): Promise<Out> {
    return new Promise<Out>((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.active < (this.options.maxInFlight ?? 1)) {
        this.active++;
        void this.run();
      }
    });
  }

  private async run(): Promise<void> {
    await Promise.resolve(); // the rest of this turn's items join
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, this.options.maxItems);
      try {
        const results = await this.flush(batch.map(({ item }) => item));
        batch.forEach(({ resolve }, index) => resolve(results[index] as Out));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.active--;
  }
}
