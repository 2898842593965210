const LEVELS: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};
/** The same on every line of a process, and the message under its second name. */
const OMITTED = new Set(['level', 'time', 'pid', 'hostname', 'msg', 'event']);

/** A line of JSON as a person reads it: time, level, what happened, then each fact by name. What is no JSON stays as it is. */
export function prettyLine(line: string): string {
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return line;
  }
  const { time, level, msg } = fields as { time?: number; level?: number; msg?: string };
  const facts = Object.entries(fields)
    .filter(([name]) => !OMITTED.has(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const clock = time === undefined ? '' : new Date(time).toISOString().slice(11, 23);
  return `${[clock, (LEVELS[level ?? 0] ?? '').padEnd(5), msg ?? '', ...facts].filter(Boolean).join(' ')}\n`;
}
