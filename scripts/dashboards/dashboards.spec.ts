import { parser } from '@prometheus-io/lezer-promql';
import { knownMetrics } from '../../test/support/known-metrics.js';
import { BOARDS } from './boards.js';
import { dashboardOf } from './panels.js';

/** The names of metrics in an expression; throws where it is none. */
function metricsIn(expression: string): string[] {
  const names: string[] = [];
  parser.parse(expression).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) throw new Error(`not PromQL at ${from}: ${expression}`);
      if (type.name === 'Identifier' && expression[to] !== '(') names.push(expression.slice(from, to));
    },
  });
  return names;
}

describe('the dashboards', () => {
  const expressions = BOARDS.flatMap(({ uid, rows }) =>
    rows.flatMap(({ panels }) => panels.flatMap(({ lines }) => lines.map(([, expression]) => ({ uid, expression })))),
  );

  it('ask in PromQL, and for what the product tells or a rule makes', async () => {
    const known = await knownMetrics();
    expect(expressions.length).toBeGreaterThan(60);
    const unknown = expressions.flatMap(({ uid, expression }) =>
      metricsIn(expression)
        .filter((name) => !known.has(name))
        .map((name) => `${uid}: ${name} in ${expression}`),
    );
    expect(unknown).toEqual([]);
    expect(() => metricsIn('sum(rate(x[5m])')).toThrow('not PromQL');
    expect(metricsIn('sum by (a) (rate(some_total{b="c"}[5m]))')).toEqual(['some_total']);
  });

  it('have each a place of its own, and panels with a title and a question', () => {
    expect(new Set(BOARDS.map(({ uid }) => uid)).size).toBe(BOARDS.length);
    for (const board of BOARDS) {
      const { panels } = dashboardOf(board) as {
        panels: { type: string; title: string; targets?: { expr: string }[] }[];
      };
      const drawn = panels.filter(({ type }) => type !== 'row');
      expect(drawn.length).toBe(board.rows.flatMap((row) => row.panels).length);
      for (const { title, targets } of drawn)
        expect([title, targets!.every(({ expr }) => expr.length > 0)]).toEqual([title, true]);
    }
  });
});
