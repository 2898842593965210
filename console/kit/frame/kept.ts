/** Small choices of a person that a browser keeps: never a key, and nothing that anybody else would mind to read. */
const NAMED = (name: string) => `loopgpt-${name}`;

/** What was kept if it is one of `allowed`; null where nothing was, or where the browser keeps nothing for us. */
export function kept<T extends string>(name: string, allowed: readonly T[]): T | null {
  const value = keptText(name);
  return allowed.find((one) => one === value) ?? null;
}

export function keptText(name: string): string | null {
  try {
    return localStorage.getItem(NAMED(name));
  } catch {
    return null; // a browser may forbid it; then every visit is the first
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(NAMED(name), value);
  } catch {
    // as above: what cannot be kept holds until the page is left
  }
}
