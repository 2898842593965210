import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { knownMetrics } from '../test/support/known-metrics.js';

const RULES = ['ops/prometheus/recording.yml', 'ops/prometheus/alerts.yml'];
const text = (path: string) => readFileSync(path, 'utf8');
const has = (tool: string) => spawnSync(tool, ['--version']).status === 0;
const withTool = (tool: string) => (has(tool) ? it : it.skip);
const ran = (tool: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(tool, args, { encoding: 'utf8' });
  return { status, said: stdout + stderr };
};
const WORDS_OF_PROMQL = new Set(
  'sum rate increase histogram_quantile by ignoring group_left and min max time offset le or vector provider currency group topic queue'.split(
    ' ',
  ),
);

/** As GitHub makes the anchor of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\- ]/gu, '')
    .replaceAll(' ', '-');

describe('alerts', () => {
  const alerts = text(RULES[1]!).split('- alert: ').slice(1);
  const nameOf = (alert: string) => alert.split('\n')[0]!;

  it('have each a severity, a sentence and a section of the runbook that is there', () => {
    const anchors = new Set(
      [...text('docs/runbook.md').matchAll(/^## (.*)$/gm)].map(([, heading]) => anchorOf(heading!)),
    );
    expect(alerts.length).toBeGreaterThan(20);
    for (const alert of alerts) {
      expect(alert).toMatch(/severity: (critical|warning|info) }/);
      expect(alert).toMatch(/summary: ./);
      const link = /runbook: docs\/runbook\.md#(\S+)/.exec(alert)?.[1];
      expect({ alert: nameOf(alert), there: anchors.has(link!) }).toEqual({ alert: nameOf(alert), there: true });
    }
  });

  it('are each tried in silence, told and over', () => {
    const tests = text('ops/prometheus/alerts_test.yml');
    for (const name of alerts.map(nameOf)) {
      const times = tests.match(new RegExp(`alertname: ${name}\\b`, 'g')) ?? [];
      expect({ name, times: times.length }).toEqual({ name, times: 3 });
      expect(tests).toMatch(new RegExp(`alertname: ${name}\\n\\s+exp_alerts:`));
    }
  });

  it('and rules speak of metrics that the product tells, or of rules', async () => {
    const known = await knownMetrics();
    const rules = RULES.map(text).join('\n');
    const expressions = [...rules.matchAll(/^( +)expr: (?:\|\n((?:\1 +.*\n)+)|(.*)\n)/gm)].map(
      ([, , long, short]) => long ?? short!,
    );
    expect(expressions.length).toBeGreaterThan(50);
    const unknown = expressions
      .flatMap(
        (expression) =>
          expression
            .replace(/"[^"]*"/g, '')
            .replace(/\{[^}]*\}|\[[^\]]*\]/g, ' ')
            .match(/[a-z_][\w:]*/gi) ?? [],
      )
      .filter((word) => !known.has(word) && !WORDS_OF_PROMQL.has(word) && word !== 'd' && word !== 'm');
    expect(unknown.filter((word) => !/^\d/.test(word))).toEqual([]);
  });

  withTool('promtool')(
    'pass the test of their rules',
    () => {
      expect(ran('promtool', 'check', 'rules', ...RULES).status).toBe(0);
      expect(ran('promtool', 'check', 'config', '--syntax-only', 'ops/prometheus/prometheus.yml').status).toBe(0);
      const { status, said } = ran('promtool', 'test', 'rules', 'ops/prometheus/alerts_test.yml');
      expect({ status, said: status === 0 ? '' : said }).toEqual({ status: 0, said: '' });
    },
    60_000,
  );

  withTool('amtool')('reach who is on call when they are critical, and the team otherwise', () => {
    const config = 'ops/alertmanager/alertmanager.yml';
    expect(ran('amtool', 'check-config', config).status).toBe(0);
    const receiver = (severity: string) =>
      ran('amtool', 'config', 'routes', 'test', `--config.file=${config}`, `severity=${severity}`).said;
    expect(
      [receiver('critical'), receiver('warning'), receiver('info')].map((said) => /on-call|team/.exec(said)?.[0]),
    ).toEqual(['on-call', 'team', 'team']);
  });
});
