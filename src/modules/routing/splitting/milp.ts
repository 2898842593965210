import { piecesOf, type Piece } from './charges.js';
import type { Configuration, Stretch } from './configurations.js';
import { leastGoods, type Assignment, type Problem } from './problem.js';

/**
 * A split as a mixed-integer program, in the text that solvers read (CPLEX LP), and its solution as a placing. What is left open by the search
 * is only to be better than what is known by a cent, or not to be. Pure.
 */
export interface Program {
  text: string;
  /** Of each column that says "this line is bought at this store". */
  columns: readonly { name: string; line: number; store: number }[];
}

export interface Solved {
  /** `none`: there is no solution; `limit`: time was up. */
  status: 'optimal' | 'none' | 'limit';
  /** No solution costs less. */
  boundCents: number;
  /** Of the columns asked for; null where none was found. */
  values: readonly number[] | null;
}

export type SolveMilp = (text: string, columns: readonly string[], timeoutMs: number) => Solved;

export interface Wanted {
  /** What is left open: nothing else is looked at. */
  open: readonly Pick<Configuration, 'set' | 'stretches'>[];
  /** How many lines are to be bought. */
  covered: number;
  /** Only what costs less. */
  belowCents: number;
  /** This set of stores does not count. */
  without: readonly number[] | null;
}

type Term = [factor: number, name: string];

/** Rounding half a cent up: shares are whole millionths. */
const ROUNDING = 0.499999;

export function programOf(problem: Problem, wanted: Wanted): Program {
  const opens = storesOf(wanted);
  const stores = opens.map((index) => storePart(problem, index, stretchesAt(wanted, index)));
  const columns = stores.flatMap(({ columns: of }) => of);
  const cost = stores.flatMap((part) => part.cost);
  const rows = [...stores.flatMap((part) => part.rows), ...coverRows(wanted, columns)];
  const isOneSet = wanted.open.every(({ set }) => set.stores.length === opens.length);
  const stops = opens.map((index): Term => [1, `y${index}`]);
  rows.push(isOneSet ? row(stops, '=', opens.length) : row(stops, '<=', problem.maxStops));
  if (Number.isFinite(wanted.belowCents)) rows.push(row(cost, '<=', wanted.belowCents - 1));
  if (wanted.without) {
    const { without } = wanted;
    const terms = opens.map((index): Term => [without.includes(index) ? 1 : -1, `y${index}`]);
    rows.push(row(terms, '<=', without.length - 1));
  }
  const text = [
    'Minimize',
    ` obj: ${sumOf(cost)}`,
    'Subject To',
    ...rows.map((line, index) => ` r${index}: ${line}`),
    'Bounds',
    ...stores.flatMap(({ amounts }) => amounts.map((name) => ` ${name} >= 0`)),
    'Generals',
    ` ${stores.flatMap(({ amounts }) => amounts).join(' ')}`,
    'Binaries',
    ` ${[...columns.map(({ name }) => name), ...stores.flatMap(({ binaries }) => binaries)].join('\n ')}`,
    'End',
  ];
  return { text: text.join('\n'), columns };
}

export function assignmentOf({ lines }: Problem, { columns }: Program, values: readonly number[]): Assignment {
  const assignment: (number | null)[] = Array.from({ length: lines }, () => null);
  for (const [index, { line, store }] of columns.entries()) {
    if (values[index]! > 0.5) assignment[line] = store;
  }
  return assignment;
}

function storesOf({ open }: Wanted): number[] {
  return [...new Set(open.flatMap(({ set }) => set.stores))].sort((one, other) => one - other);
}

const stretchesAt = ({ open }: Wanted, store: number): Stretch[] =>
  open.flatMap(({ set, stretches }) => {
    const place = set.stores.indexOf(store);
    return place < 0 ? [] : [stretches[place]!];
  });

interface Part {
  columns: Program['columns'];
  binaries: string[];
  /** What charges come to, each a whole number of cents. */
  amounts: string[];
  cost: Term[];
  rows: string[];
}

function storePart(problem: Problem, index: number, stretches: readonly Stretch[]): Part {
  const store = problem.stores[index]!;
  const open = `y${index}`;
  const columns = store.cents.flatMap((cents, line) =>
    cents === null ? [] : [{ name: `x${line}_${index}`, line, store: index }],
  );
  const goods = columns.map(({ name, line }): Term => [store.cents[line]!, name]);
  const mostCents = goods.reduce((sum, [cents]) => sum + cents, 0);
  const pieces = piecesOf(store.charges, leastGoods(store), mostCents).filter((piece) =>
    stretches.some(({ leastCents, mostCents: most }) => leastCents <= piece.toCents && most >= piece.fromCents),
  );
  const opens = columns.map(({ name }) =>
    row(
      [
        [1, name],
        [-1, open],
      ],
      '<=',
      0,
    ),
  );
  const cost: Term[] = [...goods, [store.stopCents, open]];
  if (pieces.length === 0)
    return { columns, binaries: [open], amounts: [], cost, rows: [...opens, row([[1, open]], '<=', 0)] };
  const parts = pieces.map((piece, at) => ({ piece, chosen: `z${index}_${at}`, part: `g${index}_${at}` }));
  const { amounts, charged, rows } = chargeRows(index, pieces, open);
  return {
    columns,
    binaries: [open, ...parts.map(({ chosen }) => chosen)],
    amounts,
    cost: [...cost, ...charged],
    rows: [
      ...opens,
      row([...goods, ...parts.map(({ part }): Term => [-1, part])], '=', 0),
      row([...parts.map(({ chosen }): Term => [1, chosen]), [-1, open]], '=', 0),
      ...parts.flatMap(({ piece, chosen, part }) => [
        row(
          [
            [1, part],
            [-piece.fromCents, chosen],
          ],
          '>=',
          0,
        ),
        row(
          [
            [1, part],
            [-piece.toCents, chosen],
          ],
          '<=',
          0,
        ),
      ]),
      ...rows,
    ],
  };
}

/** A charge that is flat on every stretch needs no amount of its own. */
function chargeRows(
  index: number,
  pieces: readonly Piece[],
  open: string,
): { amounts: string[]; charged: Term[]; rows: string[] } {
  const amounts: string[] = [];
  const charged: Term[] = [];
  const rows: string[] = [];
  for (const charge of pieces[0]!.lines.keys()) {
    const lines = pieces.map((piece) => piece.lines[charge]!);
    const flats = lines.map(({ flatCents }, at): Term => [flatCents, `z${index}_${at}`]);
    if (lines.every(({ ppm }) => ppm === 0)) {
      charged.push(...flats);
      continue;
    }
    const name = `a${index}_${charge}`;
    const shares = lines.map(({ ppm }, at): Term => [ppm / 1_000_000, `g${index}_${at}`]);
    amounts.push(name);
    charged.push([1, name]);
    rows.push(row([[1, name], ...negated([...flats, ...shares]), [ROUNDING, open]], '>=', 0));
  }
  return { amounts, charged, rows };
}

/** Every line once, where all are to be bought; else so many of them. */
function coverRows({ covered }: Wanted, columns: Program['columns']): string[] {
  const byLine = new Map<number, Term[]>();
  for (const { name, line } of columns) byLine.set(line, [...(byLine.get(line) ?? []), [1, name]]);
  const terms = [...byLine.values()];
  if (terms.length === covered) return terms.map((of) => row(of, '=', 1));
  return [...terms.map((of) => row(of, '<=', 1)), row(terms.flat(), '=', covered)];
}

const negated = (terms: readonly Term[]): Term[] => terms.map(([factor, name]) => [-factor, name]);

const row = (terms: readonly Term[], sign: '<=' | '>=' | '=', value: number): string =>
  `${sumOf(terms)} ${sign} ${value}`;

/** Each column once, for its factors do not add up where it is named twice; in short lines, for readers have an end to each. */
function sumOf(terms: readonly Term[]): string {
  const factors = new Map<string, number>();
  for (const [factor, name] of terms) factors.set(name, (factors.get(name) ?? 0) + factor);
  return [...factors]
    .map(
      ([name, factor], at) =>
        `${at > 0 && at % 12 === 0 ? '\n  ' : ''}${factor < 0 ? '-' : '+'} ${Math.abs(factor)} ${name}`,
    )
    .join(' ');
}
