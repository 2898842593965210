/** Which products are one, by codes, names and what somebody decided. Pure. */

export const JOINED_BY = ['hand', 'code', 'matcher'] as const;
export type JoinedBy = (typeof JOINED_BY)[number];

/** Two products that are one, and how sure that is (0 to 1). */
export interface Pair {
  one: string;
  other: string;
  how: JoinedBy;
  confidence: number;
}

export interface Joined {
  productId: string;
  /** The oldest of those that are one. */
  into: string;
  how: JoinedBy;
  confidence: number;
}

/** What somebody decided about two products, as ids of today. */
export interface Decided {
  kind: 'join' | 'part';
  one: string;
  other: string;
}

/**
 * `decided` newest first: of two decisions about one pair the later holds. What is parted by hand is never joined again by others, not by
 * way of a third product either; a join by hand holds against all partings before it.
 */
export function joinsOf(found: readonly Pair[], decided: readonly Decided[]): Joined[] {
  const groups = new Groups();
  const told = new Set<string>();
  for (const { kind, one, other } of decided) {
    const pair = keyOf(one, other);
    if (one === other || told.has(pair)) continue;
    told.add(pair);
    if (kind === 'join') groups.join({ one, other, how: 'hand', confidence: 1 });
    else groups.part(one, other);
  }
  const strongest = found.toSorted(
    (a, b) => b.confidence - a.confidence || keyOf(a.one, a.other).localeCompare(keyOf(b.one, b.other)),
  );
  for (const pair of strongest) groups.join(pair);
  return groups.joined();
}

const keyOf = (one: string, other: string): string => (one < other ? `${one} ${other}` : `${other} ${one}`);

class Groups {
  private readonly rootOf = new Map<string, string>();
  private readonly members = new Map<string, string[]>();
  private readonly how = new Map<string, Pick<Pair, 'how' | 'confidence'>>();
  private readonly parted = new Set<string>();

  /** Those that are one already stay so: a later decision has said it. */
  part(one: string, other: string): void {
    if (this.root(one) !== this.root(other)) this.parted.add(keyOf(one, other));
  }

  join({ one, other, how, confidence }: Pair): void {
    const [into, from] = [this.root(one), this.root(other)].toSorted() as [string, string];
    if (into === from) return;
    const [mine, theirs] = [this.of(into), this.of(from)];
    if (mine.some((a) => theirs.some((b) => this.parted.has(keyOf(a, b))))) return;
    for (const id of theirs) this.rootOf.set(id, into);
    this.members.set(into, [...mine, ...theirs]);
    this.members.delete(from);
    this.how.set(from, { how, confidence });
  }

  joined(): Joined[] {
    return [...this.members].flatMap(([into, all]) =>
      all.filter((id) => id !== into).map((productId) => ({ productId, into, ...this.how.get(productId)! })),
    );
  }

  private root = (id: string): string => this.rootOf.get(id) ?? id;
  private of = (root: string): string[] => this.members.get(root) ?? [root];
}
