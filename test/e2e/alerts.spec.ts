import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { Receiver } from '../support/receiver.js';

const TOOLS = ['prometheus', 'prometheus-alertmanager', 'promtool'];
const isThere = TOOLS.every((tool) => spawnSync(tool, ['--version']).status === 0);
const whereThere = isThere ? describe : describe.skip;
const WAIT_MS = 60_000;

/** The shipped rules with times of seconds: what is under test is the way from a provider to whoever is on call. */
const hurried = (rules: string) =>
  rules
    .replace(/interval: 30s/g, 'interval: 1s')
    .replace(/for: \d+[mh]/g, 'for: 1s')
    .replace(/\[\d+[mhd]\]/g, '[10s]');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function until<T>(look: () => Promise<T | undefined> | T | undefined, what: string): Promise<T> {
  for (const end = Date.now() + WAIT_MS; Date.now() < end; await pause(250)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error(`not seen in time: ${what}`);
}

interface Told {
  status: string;
  labels: { alertname: string; provider?: string };
  annotations: { runbook: string };
}

const toldTo = ({ received }: Receiver): Told[] =>
  received.flatMap(({ body }) => (JSON.parse(body) as { alerts: Told[] }).alerts);

whereThere('a provider that breaks', () => {
  let test: TestApp;
  let onCall: Receiver;
  let team: Receiver;
  let prometheusUrl: string;
  const children: ChildProcess[] = [];
  const dir = mkdtempSync(join(tmpdir(), 'loopgpt-alerts-'));

  beforeAll(async () => {
    test = await startApp({ LOOPGPT_KROGER_TIMEOUT: '2000' });
    [onCall, team] = [await Receiver.start(), await Receiver.start()];
    const [ofAlerts, ofPrometheus] = [await freePort(), await freePort()];
    prometheusUrl = `http://127.0.0.1:${ofPrometheus}`;
    const alertmanager = readFileSync('ops/alertmanager/alertmanager.yml', 'utf8')
      .replace('http://localhost:9095/on-call', onCall.url)
      .replace('http://localhost:9095/team', team.url)
      .replace(/group_wait: \d+s/g, 'group_wait: 1s')
      .replace(/group_interval: \d+m/g, 'group_interval: 1s');
    writeFileSync(join(dir, 'alertmanager.yml'), alertmanager);
    for (const name of ['recording.yml', 'alerts.yml'])
      writeFileSync(join(dir, name), hurried(readFileSync(join('ops/prometheus', name), 'utf8')));
    const prometheus = readFileSync('ops/prometheus/prometheus.yml', 'utf8')
      .replace('scrape_interval: 15s', 'scrape_interval: 1s')
      .replace('evaluation_interval: 30s', 'evaluation_interval: 1s')
      .replace(/.*credentials_file.*\n/, '')
      .replace('localhost:9093', `127.0.0.1:${ofAlerts}`)
      .replace('localhost:3000', new URL(test.url).host);
    writeFileSync(join(dir, 'prometheus.yml'), prometheus);
    const run = (tool: string, ...args: string[]) => children.push(spawn(tool, args, { stdio: 'ignore' }));
    run(
      'prometheus-alertmanager',
      `--config.file=${join(dir, 'alertmanager.yml')}`,
      `--storage.path=${join(dir, 'alerts')}`,
      `--web.listen-address=127.0.0.1:${ofAlerts}`,
      '--cluster.listen-address=',
    );
    run(
      'prometheus',
      `--config.file=${join(dir, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(dir, 'series')}`,
      `--web.listen-address=127.0.0.1:${ofPrometheus}`,
    );
  }, 60_000);

  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await onCall?.close();
    await team?.close();
    await test?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('leaves a page that Prometheus reads without a word', async () => {
    await fetch(`${test.url}/metrics`);
    const page = await fetch(`${test.url}/metrics`).then((answer) => answer.text());
    const { stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: page, encoding: 'utf8' });
    // prom-client's own gauges of what Node.js has open end in _total.
    const said = (stdout + stderr).split('\n').filter((line) => line !== '' && !line.startsWith('nodejs_active_'));
    expect(said).toEqual([]);
    expect(page).toMatch(/^loopgpt_build_info\{version="[\d.]+",role="aggregator"\} 1$/m);
    expect(page).toMatch(/^loopgpt_http_requests_total\{method="GET",route="\/metrics",status="200"\} \d+$/m);
  });

  it('shows every name with a figure before anything has happened, but for what nobody knows yet', async () => {
    const page = await fetch(`${test.url}/metrics`).then((answer) => answer.text());
    const names = [...page.matchAll(/^# TYPE (loopgpt_\S+|nlp_\S+|walmart_\S+) /gm)].map(([, name]) => name!);
    const silent = names.filter((name) => !new RegExp(`^${name}(_count)?(\\{.*\\})? `, 'm').test(page));
    expect(silent.sort()).toEqual([
      // Where there is no bus between processes, no experiment, no limit, no date and no cart of words.
      'loopgpt_bus_lag_records',
      'loopgpt_bus_records_total',
      'loopgpt_experiment_mean',
      'loopgpt_experiment_routes',
      'loopgpt_provider_budget_left_calls',
      'loopgpt_provider_credentials_expire_timestamp_seconds',
      'loopgpt_provider_credentials_set_timestamp_seconds',
      'loopgpt_provider_credentials_used_timestamp_seconds',
      'loopgpt_words_lines_kept_ratio',
    ]);
    for (const series of [
      'loopgpt_plans_total{status="failed",origin="none",failure="deadline"} 0',
      'loopgpt_quote_cache_total{result="hit"} 0',
      'loopgpt_jobs_total{queue="webhooks",result="failed"} 0',
      'loopgpt_router_value_cents_total{currency="DKK"} 0',
    ])
      expect(page).toContain(series);
  });

  it('wakes nobody while all is well', async () => {
    const read = async (path: string) =>
      ((await (await fetch(`${prometheusUrl}/api/v1/${path}`)).json()) as { data: Record<string, unknown[]> }).data;
    await until(async () => {
      await test.api.route(CART, 5);
      const { result } = await read('query?query=loopgpt:http_error_ratio:rate5m').catch(() => ({ result: [] }));
      return result?.length ? true : undefined;
    }, 'what the rules make of it');
    for (let round = 0; round < 5; round++) {
      await test.api.route(CART, 5);
      await pause(1000);
    }
    // The same cart is won by the same provider each time, which is worth no more than a remark.
    const { alerts } = (await read('alerts')) as { alerts: { labels: { severity: string } }[] };
    expect(alerts.filter(({ labels }) => labels.severity !== 'info')).toEqual([]);
  }, 90_000);

  it('is told to whoever is on call, with what to do, and told again when it is well', async () => {
    const failing = (status: string) =>
      toldTo(onCall).filter((one) => one.status === status && one.labels.alertname === 'ProviderFailing');
    const heard = (status: string) => () => failing(status).find(({ labels }) => labels.provider === 'WALMART_API');
    await test.simulator.control.setFault('WALMART_API', { mode: 'error500' });
    let going = true;
    const carts = (async () => {
      while (going) {
        await test.api.route({ ...CART, deadlineMs: 3000 }, 5);
        await pause(200);
      }
    })();
    try {
      const alert = await until(heard('firing'), 'the alert');
      expect(alert.annotations.runbook).toBe('docs/runbook.md#emergency-2-one-provider-harms');
      await test.simulator.control.reset();
      await until(heard('resolved'), 'that it is over');
    } finally {
      going = false;
      await carts;
    }
    expect(failing('firing').every(({ labels }) => labels.provider === 'WALMART_API')).toBe(true);
    expect(toldTo(team).some(({ labels }) => labels.alertname === 'ProviderFailing')).toBe(false);
  }, 150_000);
});
