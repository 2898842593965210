// npm test [-- medium e2e]: installs and builds like npm start, then all suites or those named; the last line is the sum. npm run fuzz:
// those whose cases are drawn, with more and other ones. npm run console:screenshots: those of the console, with pictures into docs/console.
// npm run coverage, or COVERAGE=true: how many lines the suites reach (of e2e a quarter of them) is told too; fewer than enough is a failure.
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chmodSync } from 'node:fs';
import { build } from './lib/build.mjs';
import { coverageIn } from './lib/coverage.mjs';
import { PlainError, checkNode, install } from './lib/prepare.mjs';
import { add, runSuites, summary } from './lib/suites.mjs';

const ALL = ['unit', 'medium', 'e2e'];

// Ctrl-C ends the suite that runs; then the database is stopped.
process.on('SIGINT', () => undefined);

async function main() {
  checkNode();
  install();
  build();
  const env = { ...process.env };
  let stop = async () => undefined;
  if (!env.TEST_DATABASE_URL) {
    const { startPostgres } = await import('./lib/postgres.mjs');
    const dir = mkdtempSync(join(tmpdir(), 'loopgpt-test-'));
    chmodSync(dir, 0o755);
    const postgres = await startPostgres(dir, { maxConnections: 400 });
    env.TEST_DATABASE_URL = postgres.url;
    stop = async () => {
      await postgres.stop();
      rmSync(dir, { recursive: true, force: true });
    };
  }
  try {
    const named = process.argv.slice(2);
    if (named[0] === 'fuzz') return fuzzed(env);
    if (named[0] === 'console-screenshots')
      return runSuites(['e2e'], { ...env, CONSOLE_SCREENSHOTS: 'true' }, ['console-[a-z]+']);
    if (named[0] === 'coverage' || env.COVERAGE === 'true') return covered(env);
    return runSuites(named.length > 0 ? named : ALL, env);
  } finally {
    await stop();
  }
}

/** Those whose cases are drawn by chance, the same ones each time that all suites run. */
const DRAWN = ['make-plan', 'hostile-bytes', 'odd-members', 'subsets'];

/** All hostile texts at every place, and more and other cases where they are drawn; RUNS and SEED give the same ones again. */
function fuzzed({ RUNS = '100', SEED = String(randomInt(2 ** 31 - 1)), ...env }) {
  console.log(`RUNS=${RUNS} SEED=${SEED}`);
  return add(
    runSuites(['unit'], { ...env, RUNS, SEED }, DRAWN),
    runSuites(['e2e'], { ...env, FUZZ: 'complete' }, ['hostile-texts']),
  );
}

/** All suites, and whether they reach enough of the lines. */
function covered(env) {
  const dir = mkdtempSync(join(tmpdir(), 'loopgpt-coverage-'));
  try {
    const counts = runSuites(ALL, { ...env, COVERAGE_DIR: dir });
    const { isEnough, sentence } = coverageIn(dir);
    console.log(sentence);
    if (isEnough) return counts;
    return { ...counts, failed: counts.failed + 1, told: [...counts.told, `Failed: ${sentence}`] };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

main().then(
  (counts) => {
    for (const line of counts.told) console.log(line);
    console.log(summary(counts));
    process.exit(counts.failed > 0 || counts.passed === 0 ? 1 : 0);
  },
  (error) => {
    console.error(error instanceof PlainError ? error.message : error);
    process.exit(1);
  },
);
