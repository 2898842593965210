import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { DashboardBuilder, RowBuilder, type Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import * as bars from '@grafana/grafana-foundation-sdk/barchart';
import * as pie from '@grafana/grafana-foundation-sdk/piechart';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as table from '@grafana/grafana-foundation-sdk/table';
import * as series from '@grafana/grafana-foundation-sdk/timeseries';

/** One line of a panel: what is asked, and how it is called. */
export type Line = readonly [legend: string, expression: string];
export type Shape = 'lines' | 'number' | 'shares' | 'bars' | 'table';

/** A panel in plain words. `unit` as Grafana names it: s, ms, short, percent, percentunit, currencyUSD. */
export interface Drawn {
  title: string;
  shape: Shape;
  unit: string;
  lines: readonly Line[];
  about?: string;
}

export interface Board {
  /** Its file and its place in a link. */
  uid: string;
  title: string;
  from: string;
  rows: readonly { title: string; panels: readonly Drawn[] }[];
}

const SPAN: Readonly<Record<Shape, number>> = { lines: 12, number: 6, shares: 8, bars: 8, table: 24 };
const HEIGHT = 8;

const BUILDERS = {
  lines: () => new series.PanelBuilder().fillOpacity(10),
  number: () => new stat.PanelBuilder(),
  shares: () => new pie.PanelBuilder(),
  bars: () => new bars.PanelBuilder(),
  table: () => new table.PanelBuilder(),
} as const;

/** As Grafana imports it. */
export function dashboardOf({ uid, title, from, rows }: Board): object {
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .tags(['loopgpt'])
    .refresh('30s')
    .time({ from, to: 'now' })
    .timezone('browser')
    .readonly();
  for (const row of rows) {
    builder.withRow(new RowBuilder(row.title));
    for (const panel of row.panels) builder.withPanel(panelOf(panel));
  }
  return builder.build();
}

function panelOf({ title, shape, unit, lines, about }: Drawn): Builder<Panel> {
  const builder = BUILDERS[shape]().title(title).unit(unit).span(SPAN[shape]).height(HEIGHT);
  if (about) builder.description(about);
  for (const [legend, expression] of lines) {
    const query = new DataqueryBuilder().expr(expression).legendFormat(legend);
    builder.withTarget(shape === 'table' ? query.instant().format(PromQueryFormat.Table) : query);
  }
  return builder;
}
