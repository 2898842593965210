import { ratio } from './statistics.js';
import type { Figures } from './step.js';
import type { SystemName } from './systems.js';

/** Tables as text. Pure. */

const OURS: readonly SystemName[] = ['ours-kafka', 'ours-embedded'];
const PEERS: readonly SystemName[] = ['flow', 'fanout'];

export function figuresTable(all: readonly Figures[]): string {
  return table(
    [
      'system',
      'rate',
      'accepted/s',
      'errors',
      'accept p50',
      'p99',
      'overhead p50',
      'p99',
      'outcome p50',
      'p99',
      'CPU ms/route',
      'lag p99',
    ],
    all.map((one) => [
      one.system,
      String(one.rate),
      one.acceptedPerSecond.toFixed(1),
      `${(one.errors * 100).toFixed(2)} %`,
      ms(one.accept.p50),
      ms(one.accept.p99),
      ms(one.overhead.p50),
      ms(one.overhead.p99),
      whole(one.outcome.p50),
      whole(one.outcome.p99),
      ms(one.cpuPerRoute, 2),
      ms(one.lag),
    ]),
  );
}

/** Ours over each peer at the same rate; below 1 ours is better. */
export function ratiosTable(all: readonly Figures[]): string {
  const at = (system: string, rate: number) => all.find((one) => one.system === system && one.rate === rate);
  const rows = OURS.flatMap((our) =>
    PEERS.flatMap((peer) =>
      all
        .filter((one) => one.system === our)
        .flatMap((one) => {
          const other = at(peer, one.rate);
          return other ? [[`${our} / ${peer}`, String(one.rate), ...ratios(one, other).map(times)]] : [];
        }),
    ),
  );
  return table(['ratio', 'rate', 'accept p50', 'p99', 'overhead p50', 'p99', 'CPU/route'], rows);
}

function ratios(ours: Figures, theirs: Figures): (number | null)[] {
  return [
    ratio(ours.accept.p50, theirs.accept.p50),
    ratio(ours.accept.p99, theirs.accept.p99),
    ratio(ours.overhead.p50, theirs.overhead.p50),
    ratio(ours.overhead.p99, theirs.overhead.p99),
    ratio(ours.cpuPerRoute, theirs.cpuPerRoute),
  ];
}

const ms = (value: number | null, digits = 1): string => (value === null ? '–' : value.toFixed(digits));
const whole = (value: number | null): string => ms(value, 0);
const times = (value: number | null): string => (value === null ? '–' : `${value.toFixed(2)}×`);

/** Markdown, the first column to the left and the others to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]!.length), 3));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
