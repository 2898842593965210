// .ci/run: everything on a clean checkout. The embedded tier first, then the same suites on real Redis, PostgreSQL and Kafka with
// every role in a process of its own. The last line is the sum.
import { spawnSync } from 'node:child_process';
import { build } from './lib/build.mjs';
import { ROOT, checkNode, install } from './lib/prepare.mjs';
import { zipkinJar } from './lib/zipkin.mjs';
import { add, runSuites, summary } from './lib/suites.mjs';

/** Suites of what queues, bus and roles change: they run on the real stack too. All others are of the API and its tables, where once is enough. */
const ON_REAL_PARTS = [
  'backup',
  'broker-faults',
  'carts',
  'crash-points',
  'dead-letters',
  'fairness',
  'hard-times',
  'import-kills',
  'imports',
  'key-rotation',
  'kills',
  'operations',
  'plan-kills',
  'plans',
  'poison',
  'provider-caches',
  'route',
  'secrets',
  'spilled-events',
  'splits',
  'stale-replica',
  'store-away',
  'store-faults',
  'store-troubles',
  'streams',
  'tenancy',
  'toy-kind',
  'traces',
  'transactions',
];

checkNode();
install();
build();
const browser = haveBrowser();
const watchers = have('prometheus', ['prometheus', 'prometheus-alertmanager']);
const images = have('buildah', ['buildah', 'crun']);
const zipkin = zipkinJar();
let counts = { passed: 0, failed: 0, skipped: 0, told: [] };

const check = spawnSync('npm', ['run', '--silent', 'check'], {
  cwd: ROOT,
  stdio: ['ignore', 'inherit', 'inherit'],
  timeout: 480_000,
});
if (check.status !== 0) {
  console.log('npm run check failed.');
  counts.failed++;
} else counts.passed++;

// The README's test command, which tells how many lines it reaches too; its own last line is taken into the sum, so that only one such line is printed.
const tests = spawnSync('npm', ['test', '--silent'], {
  cwd: ROOT,
  stdio: ['ignore', 'pipe', 'inherit'],
  timeout: 60 * 60_000,
  env: { ...process.env, COVERAGE: 'true', ...(zipkin && { TEST_ZIPKIN_JAR: zipkin }) },
  encoding: 'utf8',
});
const line = /(\d+) passed, (\d+) failed, (\d+) skipped/.exec(tests.stdout ?? '');
console.log((tests.stdout ?? '').replace(line?.[0] ?? '', '').trim());
// Its tests are among the skipped ones.
if (!browser) console.log('Skipped, not to be had here: Chromium; no page was opened in a browser.');
if (!zipkin) console.log('Skipped, not to be had here: Zipkin; no trace was shown by a server.');
if (!watchers) console.log('Skipped, not to be had here: Prometheus; no alert was fired.');
const [, passed, failed, skipped] = (line ?? [0, 0, 1, 0]).map(Number);
counts = add(counts, { passed, failed, skipped, told: (tests.stdout ?? '').match(/^(Failed|Unsteady).*$/gm) ?? [] });

const image = images
  ? spawnSync(process.execPath, ['dev/image.mjs', '--try'], {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: 300_000,
    })
  : { status: 2 };
if (image.status === 2) console.log('Skipped, not to be had here: buildah; no image was made.');
counts = add(counts, {
  passed: Number(image.status === 0),
  failed: Number(![0, 2].includes(image.status)),
  skipped: Number(image.status === 2),
});

const { startStack } = await import('./lib/stack.mjs');
const stack = await startStack({ real: true });
for (const sentence of stack.missing) {
  console.log(`Skipped, not to be had here: ${sentence}.`);
  counts.skipped++;
}
const { DATABASE_URL, REDIS_URL, KAFKA_BROKERS } = stack.env;
const env = { ...process.env, TEST_DATABASE_URL: DATABASE_URL };
if (REDIS_URL) env.TEST_REDIS_URL = REDIS_URL;
if (KAFKA_BROKERS) env.TEST_KAFKA_BROKERS = KAFKA_BROKERS;
// A drill stops and continues the broker, which is ours alone.
if (stack.kafkaPid) env.TEST_KAFKA_PID = String(stack.kafkaPid);
if (REDIS_URL && KAFKA_BROKERS) env.TEST_SPLIT_ROLES = 'true';
console.log(`\nReal stack: PostgreSQL${REDIS_URL ? ', Redis' : ''}${KAFKA_BROKERS ? ', Kafka' : ''}`);
counts = add(counts, runSuites(['medium', 'e2e'], env, ON_REAL_PARTS));
await stack.stop();

for (const line of counts.told) console.log(line);
console.log(summary(counts));
process.exit(counts.failed > 0 || counts.passed === 0 ? 1 : 0);

/** Debian's own, for the suite that opens every page. */
function haveBrowser() {
  return Boolean(process.env.TEST_CHROMIUM) || have('chromium', ['chromium']);
}

/** Whether `command` is there; its Debian packages are installed where we may. */
function have(command, packages) {
  const there = () => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
  if (there() || process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return there();
  console.log(`Installing ${packages.join(', ')} (once) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    spawnSync('apt-get', ['-qq', ...args], { env, stdio: 'ignore', timeout: 300_000 });
  }
  return there();
}
