/** Days and moments as files write them. Pure; a day that is none (30 February) is null. */

const MONTHS = new Map(
  [
    'jan january januar janvier enero januari',
    'feb february februar fevrier febrero fev',
    'mar march marz mars marzo mrz',
    'apr april avril abril avr',
    'may mai mayo',
    'jun june juni juin junio',
    'jul july juli juillet julio juil',
    'aug august aout agosto',
    'sep sept september septembre septiembre',
    'oct october oktober octobre octubre okt',
    'nov november novembre noviembre',
    'dec december dezember decembre diciembre dez dic',
  ].flatMap((names, month) => names.split(' ').map((name): [string, number] => [name, month + 1])),
);

const folded = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Since 1970, of the years from 2001 to 2033. */
const MILLISECONDS = /^1\d{12}$/;

/** Which comes first where a file writes days as three numbers. */
export type DayOrder = 'month first' | 'day first';

/** The text that was asked for last: row after row names the day of its order. */
let last: { value: string; order: DayOrder; day: string | null } | null = null;

/** `YYYY-MM-DD` of what a text says of a day: its own wall clock, no zone applied. */
export function dayOf(value: unknown, order: DayOrder = 'month first'): string | null {
  if (typeof value !== 'string' || value === '') return null;
  if (last?.value !== value || last.order !== order) last = { value, order, day: dayIn(value, order) };
  return last.day;
}

function dayIn(value: string, order: DayOrder): string | null {
  const text = folded(value).trim();
  if (MILLISECONDS.test(text)) return new Date(Number(text)).toISOString().slice(0, 10);
  const iso = /^(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2}))(?!\d)/.exec(text);
  if (iso) return dayFrom(Number(iso[1]), Number(iso[3] ?? iso[5]), Number(iso[4] ?? iso[6]));
  const named = /(?:^|[^a-z])([a-z]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})/.exec(text);
  if (named) return dayFrom(Number(named[3]), MONTHS.get(named[1]!), Number(named[2]));
  const daysFirst = /(\d{1,2})(?:\.? (?:de )?|-)([a-z]{3,10})(?:\.?,? (?:de )?|-)(\d{4}|\d{2}(?=$|[ ,t]))/.exec(text);
  if (daysFirst) return dayFrom(yearOf(daysFirst[3]!), MONTHS.get(daysFirst[2]!), Number(daysFirst[1]));
  const numbers = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/.exec(text);
  if (!numbers) return null;
  const [first, second] = [Number(numbers[1]), Number(numbers[3])];
  const year = yearOf(numbers[4]!);
  const isDayFirst = numbers[2] === '.' || order === 'day first' || first > 12;
  return isDayFirst ? dayFrom(year, second, first) : dayFrom(year, first, second);
}

const yearOf = (digits: string): number => (digits.length === 2 ? 2000 : 0) + Number(digits);

/** How the days of a column are read. */
export interface DaysRead {
  order: DayOrder;
  /** A sentence, where one day decides how others are read that could be read either way. */
  note: string | null;
}

/** Of a column of days: whether one of them can only be read with the day first. */
export function daysReadOf(values: readonly unknown[]): DaysRead {
  const all = values.flatMap((value) => {
    const match = typeof value === 'string' ? /^\s*(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}/.exec(value) : null;
    return match ? [{ text: match[0].trim(), first: Number(match[1]), second: Number(match[2]) }] : [];
  });
  const proof = all.find(({ first, second }) => first > 12 && second <= 12);
  if (!proof) return { order: 'month first', note: null };
  const either = all.find(({ first, second }) => first <= 12 && second <= 12 && first !== second);
  const note =
    either &&
    `Days are read day first because of "${proof.text}": "${either.text}" is ${dayOf(either.text, 'day first')}.`;
  return { order: 'day first', note: note ?? null };
}

function dayFrom(year: number, month: number | undefined, day: number): string | null {
  if (month === undefined || year < 1990 || year > 2100) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toISOString().slice(0, 10);
}

/** The moment, in UTC, of a text with a zone; null where it names none. */
export function instantOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (MILLISECONDS.test(text)) return new Date(Number(text)).toISOString();
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text)) return null;
  const at = new Date(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
