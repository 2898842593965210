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
  const strongest = found
    .map((pair) => ({ pair, key: keyOf(pair.one, pair.other) }))
    .sort((a, b) => b.pair.confidence - a.pair.confidence || (a.key < b.key ? -1 : 1));
  for (const { pair } of strongest) groups.join(pair);
  return groups.joined();
}

const keyOf = (one: string, other: string): string => (one < other ? `${one} ${other}` : `${other} ${one}`);

/** Disjoint sets, each under its oldest member. Cheap however large one grows: a file decides how many names are alike. */
class Groups {
  private readonly parentOf = new Map<string, string>();
  /** By its root, what of other groups was parted from any of its members. */
  private readonly parted = new Map<string, Set<string>>();
  private readonly how = new Map<string, Pick<Pair, 'how' | 'confidence'>>();

  /** Those that are one already stay so: a later decision has said it. */
  part(one: string, other: string): void {
    const [mine, theirs] = [this.root(one), this.root(other)];
    if (mine === theirs) return;
    this.opponents(mine).add(other);
    this.opponents(theirs).add(one);
  }

  join({ one, other, how, confidence }: Pair): void {
    const [into, from] = [this.root(one), this.root(other)].toSorted() as [string, string];
    if (into === from) return;
    const theirs = this.parted.get(from);
    // Whatever was parted from the one was parted from them, and says so on both sides.
    if (theirs && [...theirs].some((id) => this.root(id) === into)) return;
    this.parentOf.set(from, into);
    this.how.set(from, { how, confidence });
    if (!theirs) return;
    for (const id of theirs) this.opponents(into).add(id);
    this.parted.delete(from);
  }

  joined(): Joined[] {
    return [...this.how].map(([productId, how]) => ({ productId, into: this.root(productId), ...how }));
  }

  private root(id: string): string {
    let root = id;
    for (let parent = this.parentOf.get(root); parent !== undefined; parent = this.parentOf.get(root)) root = parent;
    // Who asks next goes straight there.
    for (let at = id; at !== root;) {
      const next = this.parentOf.get(at)!;
      this.parentOf.set(at, root);
      at = next;
    }
    return root;
  }

  private opponents(root: string): Set<string> {
    const known = this.parted.get(root) ?? new Set();
    this.parted.set(root, known);
    return known;
  }
}
