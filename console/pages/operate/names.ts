/** The switch that has a provider asked: KROGER_API is switched by LOOPGPT_ENABLE_KROGER. */
export const switchOf = (providerId: string): string => `LOOPGPT_ENABLE_${providerId.replace(/_API$/, '')}`;

export interface Sample {
  labels: Readonly<Record<string, string>>;
  value: number;
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/;

/** The samples of one metric in Prometheus' text. */
export function samplesOf(text: string, name: string): Sample[] {
  return text.split('\n').flatMap((line) => {
    const found = LINE.exec(line);
    if (found?.[1] !== name) return [];
    const labels = [...(found[2] ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, value]) => [key!, value!]);
    return [{ labels: Object.fromEntries(labels), value: Number(found[3]) }];
  });
}

/** What an act changed, by name: from what to what; null where nothing was set. */
export function changesOf(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): { name: string; from: string | null; to: string | null }[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .map((name) => ({ name, from: before[name] ?? null, to: after[name] ?? null }))
    .filter(({ from, to }) => from !== to);
}
