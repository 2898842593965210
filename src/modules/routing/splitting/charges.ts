/**
 * What a store asks beside the goods, for any basket of them. A charge is a row of steps by what the goods cost; on a step it is flat, a
 * share of the goods, or both, within limits, rounded to the cent. Pure.
 */
export interface Step {
  /** From goods of so much on, up to the next step. */
  fromCents: number;
  flatCents: number;
  /** Of the goods, in millionths. */
  ppm: number;
  leastCents: number;
  mostCents: number | null;
}

export const CHARGE_PARTS = ['delivery', 'fees', 'tax'] as const;
export type ChargePart = (typeof CHARGE_PARTS)[number];

export interface Charge {
  part: ChargePart;
  /** By `fromCents`, the first from 0. */
  steps: readonly Step[];
}

/** A stretch of goods on which every charge is one line: what several charges come to is their sum, each rounded by itself. */
export interface Piece {
  fromCents: number;
  /** Included; Infinity at the end. */
  toCents: number;
  lines: readonly { flatCents: number; ppm: number }[];
}

export const flat = (part: ChargePart, flatCents: number): Charge => ({
  part,
  steps: [{ fromCents: 0, flatCents, ppm: 0, leastCents: 0, mostCents: null }],
});

export const shareOf = (part: ChargePart, ppm: number): Charge => ({
  part,
  steps: [{ fromCents: 0, flatCents: 0, ppm, leastCents: 0, mostCents: null }],
});

/** Cents of one charge for goods of so many cents. */
export function amountOf({ steps }: Charge, goodsCents: number): number {
  const step = steps.findLast(({ fromCents }) => fromCents <= goodsCents)!;
  return Math.max(step.leastCents, Math.min(step.mostCents ?? Infinity, roundedOf(step, goodsCents)));
}

export const chargedCents = (charges: readonly Charge[], goodsCents: number): number =>
  charges.reduce((sum, charge) => sum + amountOf(charge, goodsCents), 0);

/** Half a cent goes up. In whole millionths of a cent, so that a half is one. */
const roundedOf = ({ flatCents, ppm }: { flatCents: number; ppm: number }, goodsCents: number): number =>
  flatCents + Math.floor((goodsCents * ppm + 500_000) / 1_000_000);

/** The stretches between all breaks of all charges, for goods of `leastCents` to `mostCents`. */
export function piecesOf(charges: readonly Charge[], leastCents: number, mostCents: number): Piece[] {
  const lines = charges.map(linesOf);
  const starts = [leastCents, ...lines.flat().map(({ fromCents }) => fromCents)]
    .filter((from) => from >= leastCents && from <= mostCents)
    .sort((one, other) => one - other);
  const breaks = [...new Set(starts)];
  return breaks.map((fromCents, index) => ({
    fromCents,
    toCents: (breaks[index + 1] ?? mostCents + 1) - 1,
    lines: lines.map((of) => of.findLast((line) => line.fromCents <= fromCents)!),
  }));
}

/** One piece over the whole of several, for where telling them apart is too much: the least that any of them asks. */
export function mergedPiece(pieces: readonly Piece[]): Piece {
  const first = pieces[0]!;
  const ppm = Math.min(...pieces.map((piece) => slopeOf(piece)));
  const flatCents = Math.min(...pieces.map((piece) => leastFlat(piece, ppm)));
  return { fromCents: first.fromCents, toCents: pieces.at(-1)!.toCents, lines: [{ flatCents, ppm }] };
}

export const slopeOf = ({ lines }: Piece): number => lines.reduce((sum, { ppm }) => sum + ppm, 0);

/** The greatest constant with which `constant + slope × goods` is nowhere above what a piece asks. Not whole cents: rounding may take half of one. */
export function leastFlat(piece: Piece, slope = slopeOf(piece)): number {
  const flatCents = piece.lines.reduce((sum, line) => sum + line.flatCents - (line.ppm > 0 ? 0.5 : 0), 0);
  return flatCents + ((slopeOf(piece) - slope) * piece.fromCents) / 1_000_000;
}

/** A charge without limits: each step ends where it meets one. */
function linesOf({ steps }: Charge): { fromCents: number; flatCents: number; ppm: number }[] {
  return steps.flatMap((step, index) => {
    const { fromCents, flatCents, ppm, leastCents } = step;
    const mostCents = step.mostCents ?? Infinity;
    const end = steps[index + 1]?.fromCents ?? Infinity;
    if (ppm === 0) return [{ fromCents, flatCents: Math.max(leastCents, Math.min(mostCents, flatCents)), ppm }];
    const above = (cents: number) => Math.ceil(((cents - flatCents) * 1_000_000 - 500_000) / ppm);
    const rises = Math.max(fromCents, above(leastCents));
    const capped = Math.max(rises, above(mostCents));
    return [
      ...(rises > fromCents ? [{ fromCents, flatCents: leastCents, ppm: 0 }] : []),
      ...(rises < Math.min(end, capped) ? [{ fromCents: rises, flatCents, ppm }] : []),
      ...(capped < end ? [{ fromCents: capped, flatCents: mostCents, ppm: 0 }] : []),
    ];
  });
}
