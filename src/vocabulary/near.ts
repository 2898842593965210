/** How many letters two words differ by (put in, left out, changed or swapped), or `limit` + 1 when it is more. */
function distance(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  let before: number[] = [];
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      let least = Math.min(above[column]! + 1, current[column - 1]! + 1, above[column - 1]! + (same ? 0 : 1));
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1])
        least = Math.min(least, before[column - 2]! + 1);
      current.push(least);
    }
    [before, above] = [above, current];
  }
  return above[other.length]!;
}

const MOST = 3;

/** The known words most like one that is not known, nearest first; none when none is near. */
export function nearest(word: string, known: Iterable<string>): string[] {
  const asked = word.toLowerCase();
  const limit = asked.length <= 4 ? 1 : 2;
  const found: { name: string; away: number }[] = [];
  for (const name of known) {
    const away =
      name.length > 3 && asked.length > 3 && (name.startsWith(asked) || asked.startsWith(name))
        ? 1
        : distance(asked, name.toLowerCase(), limit);
    if (away <= limit) found.push({ name, away });
  }
  return found
    .sort((a, b) => a.away - b.away || a.name.length - b.name.length || (a.name < b.name ? -1 : 1))
    .slice(0, MOST)
    .map(({ name }) => name);
}
