/** What a Danish register text says of amount. `total` is of the whole pack, in grams or millilitres; null where it is not printed. Pure. */
export interface PrintedSize {
  /** As printed, of one piece where there are several by "4 x 125 g"; null without. */
  value: number | null;
  unit: 'g' | 'kg' | 'ml' | 'cl' | 'dl' | 'l' | null;
  pieces: number | null;
  total: number | null;
  totalUnit: 'g' | 'ml' | null;
  /** Of meat and milk; the middle of a range. */
  percent: number | null;
  /** The text without what was read. */
  rest: string;
}

const UNITS: Readonly<Record<string, PrintedSize['unit']>> = {
  g: 'g',
  gr: 'g',
  gram: 'g',
  kg: 'kg',
  kilo: 'kg',
  kilogram: 'kg',
  l: 'l',
  lt: 'l',
  ltr: 'l',
  liter: 'l',
  dl: 'dl',
  cl: 'cl',
  ml: 'ml',
};
const FACTORS = { g: 1, kg: 1000, ml: 1, cl: 10, dl: 100, l: 1000 } as const;

const NUMBER = String.raw`(\d+(?:[.,]\d+)?)`;
const UNIT = String.raw`(kilogram|kilo|gram|liter|ltr|kg|gr|ml|cl|dl|lt|g|l)(?![a-zæøå0-9%])\.?`;
const COUNT = String.raw`(?:stk|styk|st|pcs|pakker|pakke|pak|pk|bdt|bundter|bundt|bt|skiver|skv|fed|ruller|poser|bakker|hoveder)(?![a-zæøå0-9])\.?`;
/** Grades, ages, lengths, lamps and fat in dry matter: never sizes. */
const NO_SIZE = [
  /\b(?:kl|klasse|nr|str|størrelse)\s*\.?\s*(?:\d+\+?|(?:xl|s|m|l)(?:\/(?:xl|s|m|l))*)(?![a-zæøå0-9])/g,
  /\d+\s*(?:mdr|måneder|år|cm|w)(?![a-zæøå])\.?/g,
  /\be(?:14|27)\b/g,
  /\b\d+\+(?!\d)/g,
  /(?<![a-zæøå])(?:xl|s|m|l)\/(?:xl|s|m|l)(?![a-zæøå])/g,
];
const PERCENT = /-?(\d+(?:[.,]\d+)?)(?:\s*-\s*(\d+(?:[.,]\d+)?))?\s*%/g;
const FRACTIONS: Readonly<Record<string, number>> = {
  '1/2': 0.5,
  '½': 0.5,
  '1/4': 0.25,
  '¼': 0.25,
  '3/4': 0.75,
  '¾': 0.75,
};

const numberOf = (text: string): number => Number(text.replace(',', '.'));

/** `text` in lower case. What is a percentage, a grade or an age is no size. */
export function readSize(text: string): PrintedSize {
  const left = { text: ` ${text} ` };
  const percent = percentOf(left);
  for (const pattern of NO_SIZE) left.text = left.text.replace(pattern, ' ');
  const multiple = take(left, new RegExp(String.raw`(\d+)\s*(?:x|\*|á|stk\.?\s*á)\s*${NUMBER}\s*${UNIT}`));
  const sized = multiple ? null : take(left, new RegExp(String.raw`${NUMBER}\s*${UNIT}`));
  const counted = multiple
    ? Number(multiple[1])
    : (summed(left) ?? numbered(left) ?? fraction(left) ?? single(left, sized !== null));
  const [value, unit] = multiple
    ? [numberOf(multiple[2]!), UNITS[multiple[3]!]!]
    : sized
      ? [numberOf(sized[1]!), UNITS[sized[2]!]!]
      : [null, null];
  const factor = unit === null ? 0 : FACTORS[unit];
  const total = value === null ? null : Math.round(value * factor * (multiple ? counted! : 1) * 1000) / 1000;
  const totalUnit = unit === null ? null : unit === 'g' || unit === 'kg' ? 'g' : 'ml';
  return { value, unit, pieces: counted, total, totalUnit, percent, rest: left.text.replace(/\s+/g, ' ').trim() };
}

function take(left: { text: string }, pattern: RegExp): RegExpExecArray | null {
  const found = pattern.exec(left.text);
  if (found) left.text = left.text.replace(found[0], ' ');
  return found;
}

function percentOf(left: { text: string }): number | null {
  const [found] = [...left.text.matchAll(PERCENT)].filter(([all]) => !all.startsWith('-'));
  left.text = left.text.replace(PERCENT, ' ');
  if (!found) return null;
  const low = numberOf(found[1]!);
  return found[2] === undefined ? low : (low + numberOf(found[2])) / 2;
}

/** "10+2 stk". */
function summed(left: { text: string }): number | null {
  const found = take(left, new RegExp(String.raw`(\d+)\s*\+\s*(\d+)\s*${COUNT}`));
  return found && Number(found[1]) + Number(found[2]);
}

function numbered(left: { text: string }): number | null {
  const found = take(left, new RegExp(String.raw`(\d+)\s*-?\s*${COUNT}`));
  return found && Number(found[1]);
}

function fraction(left: { text: string }): number | null {
  const found = take(left, /(?<!\d)(1\/2|1\/4|3\/4|½|¼|¾)(?!\d)/);
  return found && FRACTIONS[found[1]!]!;
}

/** "pr stk", "bdt": one of it, where no size is printed either. */
function single(left: { text: string }, isSized: boolean): number | null {
  const found = take(left, /(?<![a-zæøå0-9])(?:pr\.?\s*)?(?:stk|styk|bdt|bundt)(?![a-zæøå0-9])\.?/);
  if (found) left.text = left.text.replace(/(?<![a-zæøå0-9])(?:bdt|bundt)(?![a-zæøå0-9])\.?/g, ' ');
  return found && !isSized ? 1 : null;
}
