import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import type { PriceHistory, Product } from '../../../sdk/client.js';
import { client } from '../../kit/client/api.js';
import { Segmented } from '../../kit/parts/controls.js';
import { day, money } from '../../kit/language/format.js';
import { useLoad } from '../../kit/client/loading.js';
import { Empty, Shown } from '../../kit/parts/states.js';
import { Card, Table } from '../../kit/parts/surfaces.js';
import { theme } from '../../kit/frame/theme.js';
import { language, locale } from '../../kit/language/words.js';
import { t } from './words.js';

type Bucket = 'day' | 'week' | 'month';
const HEIGHT = 240;
/** What is drawn before and after one price alone. */
const MARGIN_S = 3 * 86_400;

/** What it cost over time, drawn and, for who does not see it, as a table. */
export function PriceSeries({ product: { id, joined } }: { product: Product }) {
  const bucket = useSignal<Bucket>('day');
  const prices = useLoad(`${id} ${bucket.value} ${joined.length}`, (signal) =>
    client.prices.list(id, { bucket: bucket.value, limit: 100 }, { signal }),
  );
  return (
    <Card
      title={t().prices}
      icon="history"
      beside={
        <Segmented<Bucket>
          label={t().by}
          value={bucket.value}
          choices={[
            { value: 'day', label: t().by_day },
            { value: 'week', label: t().by_week },
            { value: 'month', label: t().by_month },
          ]}
          onChange={(value) => value && (bucket.value = value)}
        />
      }
    >
      <Shown of={prices} rows={5}>
        {(value) =>
          value.data.length === 0 ? (
            <Empty icon="search" title={t().noPrices} />
          ) : (
            <>
              <Drawn history={value} />
              <details>
                <summary>{t().asTable}</summary>
                <Table
                  caption={t().prices}
                  rows={value.data}
                  keyOf={({ from }) => from}
                  columns={[
                    { title: t().day, cell: ({ from }) => day(from) },
                    { title: t().lowest, number: true, cell: ({ lowest }) => money(lowest, value.currency) },
                    { title: t().median, number: true, cell: ({ median }) => money(median, value.currency) },
                    { title: t().highest, number: true, cell: ({ highest }) => money(highest, value.currency) },
                  ]}
                />
              </details>
            </>
          )
        }
      </Shown>
    </Card>
  );
}

function Drawn({ history }: { history: PriceHistory }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let chart: uPlot | null = null;
    let isLeft = false;
    const element = host.current!;
    const resized = new ResizeObserver(() => chart?.setSize({ width: element.clientWidth, height: HEIGHT }));
    // Only who looks at a product needs it.
    void import('uplot').then(({ default: Chart }) => {
      if (isLeft) return;
      chart = new Chart(lookOf(element, history.currency), pointsOf(history), element);
      resized.observe(element);
    });
    return () => {
      isLeft = true;
      resized.disconnect();
      chart?.destroy();
    };
  }, [history, theme.value, language.value]);
  const first = history.data.at(-1)!;
  const last = history.data[0]!;
  return (
    <div
      class="history-series"
      ref={host}
      role="img"
      aria-label={t().seriesSaid(
        day(first.from),
        money(first.median, history.currency),
        day(last.from),
        money(last.median, history.currency),
      )}
    />
  );
}

/** Of one day alone some days around it, which else were drawn at the edge of years. */
function rangeOf([only, ...more]: uPlot.AlignedData[0], from: number, to: number): [number, number] {
  return only === undefined || more.length > 0 ? [from, to] : [only - MARGIN_S, only + MARGIN_S];
}

/** Oldest first, as a chart has it. */
function pointsOf({ data }: PriceHistory): uPlot.AlignedData {
  const rows = [...data].reverse();
  const units = (cents: number) => cents / 100;
  return [
    rows.map(({ from }) => Date.parse(from) / 1000),
    rows.map(({ lowest }) => units(lowest)),
    rows.map(({ highest }) => units(highest)),
    rows.map(({ median }) => units(median)),
  ];
}

function lookOf(element: HTMLElement, currency: string | null): uPlot.Options {
  const style = getComputedStyle(element);
  // A canvas knows no variables: they are read as colours of elements, which are those of the look that is worn.
  const [ink, line, accent] = ['--quiet', '--line', '--accent'].map((name) => colourOf(element, name));
  const axis = {
    stroke: ink,
    grid: { stroke: line, width: 1 },
    ticks: { stroke: line, width: 1 },
    font: `12px ${style.fontFamily}`,
  };
  const said = (value: number | null) => (value === null ? '–' : money(Math.round(value * 100), currency));
  const edge = { stroke: 'transparent', points: { show: false } };
  const days = new Intl.DateTimeFormat(locale(), { month: 'short', day: 'numeric', year: '2-digit', timeZone: 'UTC' });
  return {
    width: element.clientWidth,
    height: HEIGHT,
    // The last date is written half beyond its line.
    padding: [null, 28, null, null],
    legend: { live: true },
    cursor: { y: false },
    scales: { x: { time: true, range: (chart, from, to) => rangeOf(chart.data[0], from, to) } },
    axes: [
      { ...axis, space: 90, values: (_, at) => at.map((seconds) => days.format(seconds * 1000)) },
      {
        ...axis,
        size: (_, values) => 14 + 7 * Math.max(...(values ?? []).map(({ length }) => length)),
        values: (_, at) => at.map(said),
      },
    ],
    series: [
      { label: t().day, value: (_, seconds) => (seconds === null ? '–' : days.format(seconds * 1000)) },
      { ...edge, label: t().lowest, value: (_, value) => said(value) },
      { ...edge, label: t().highest, value: (_, value) => said(value) },
      {
        label: t().median,
        stroke: accent,
        width: 2,
        points: { show: true, size: 7, fill: accent, stroke: accent },
        value: (_, value) => said(value),
      },
    ],
    bands: [{ series: [2, 1], fill: faint(accent!) }],
  };
}

function colourOf(element: HTMLElement, name: string): string {
  const before = element.style.color;
  element.style.color = `var(${name})`;
  const colour = getComputedStyle(element).color;
  element.style.color = before;
  return colour;
}

const faint = (colour: string): string => colour.replace(/^rgb\((.+)\)$/, 'rgba($1, 0.18)');
