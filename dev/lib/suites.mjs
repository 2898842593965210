// Runs jest projects one after another, and adds up what they counted.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { PlainError, ROOT } from './prepare.mjs';

/** Of one project; several times what it takes, for a machine that is shared. */
const LIMIT_MS = 40 * 60_000;

/** A process of jest keeps something of each suite that it has run; one that has run them all has no memory left for the last. */
const PROCESSES = { unit: 1, medium: 1, e2e: 4 };

/** Those that start processes and browsers, on a machine that others use too. */
const RUN_TWICE = ['medium', 'e2e'];

/** More suites than these failing at once is no accident. */
const MOST_UNSTEADY = 3;

/**
 * `only`: names of the suites that are run; none for all. A suite of processes that fails is run once more, alone, and what it does then
 * counts: that it was unsteady is told. `told` has a line for each that is, and for each test that failed.
 */
export function runSuites(projects, env = process.env, only = []) {
  return projects.map((project) => runAll(project, env, only)).reduce(add, NONE);
}

const NONE = { passed: 0, failed: 0, skipped: 0, told: [] };

export function add(left, right) {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
    told: [...(left.told ?? []), ...(right.told ?? [])],
  };
}

function runAll(project, env, only) {
  const parts = partsOf(project, only).map((part, index) =>
    runProject(project, index === 0 ? env : uncounted(env), [...patternOf(only), '--shard', part]),
  );
  const suites = parts.flatMap((part) => part.suites);
  const failed = suites.filter(({ counts }) => counts.failed > 0);
  const again =
    RUN_TWICE.includes(project) && failed.length <= MOST_UNSTEADY
      ? failed.map(({ path }) => runProject(project, uncounted(env), ['--runTestsByPath', path]).suites[0])
      : [];
  const last = suites.map((suite) => again.find((other) => other?.path === suite.path) ?? suite);
  const unsteady = failed.filter((suite) => last.find(({ path }) => path === suite.path).counts.failed === 0);
  return [
    ...last.map(({ counts }) => counts),
    ...parts.map(({ counts }) => counts),
    {
      ...NONE,
      told: unsteady.flatMap(({ counts }) =>
        counts.told.map((line) => line.replace('Failed', 'Unsteady, passed alone')),
      ),
    },
  ].reduce(add, NONE);
}

/** Counting lines slows what is counted: the first process of a project's reaches nearly all that the others do. */
const uncounted = (env) => ({ ...env, COVERAGE_DIR: '' });

export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

const partsOf = (project, only) => {
  const count = only.length === 1 ? 1 : PROCESSES[project];
  return Array.from({ length: count }, (_, index) => `${index + 1}/${count}`);
};

const patternOf = (only) => (only.length > 0 ? ['--testPathPatterns', `/(${only.join('|')})\\.spec`] : []);

/** What each suite counted; `counts` are of what went wrong with jest itself. */
function runProject(project, env, which) {
  const dir = mkdtempSync(join(tmpdir(), 'loopgpt-counts-'));
  const file = join(dir, 'counts.json');
  const serial = project === 'unit' ? [] : ['--runInBand'];
  const args = ['--selectProjects', project, ...serial, '--forceExit', '--json', `--outputFile=${file}`];
  console.log(`\n── ${project} ${which.at(-1)} ──`);
  // jest prints its report to stderr and, with --json, the same JSON as the file to stdout.
  const { signal } = spawnSync(
    process.execPath,
    [join('node_modules', 'jest', 'bin', 'jest.js'), ...args, ...which, '--passWithNoTests'],
    { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'], timeout: LIMIT_MS },
  );
  if (signal === 'SIGINT') throw new PlainError('Stopped by Ctrl-C.');
  try {
    const { testResults } = JSON.parse(readFileSync(file, 'utf8'));
    return { counts: NONE, suites: testResults.map(suiteOf) };
  } catch {
    const sentence = `The ${project} suites did not finish within ${LIMIT_MS / 60_000} minutes.`;
    console.error(sentence);
    return { counts: { passed: 0, failed: 1, skipped: 0, told: [`Failed: ${sentence}`] }, suites: [] };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** One that does not even load has no tests, and failed. */
function suiteOf({ name, status, assertionResults }) {
  const path = relative(ROOT, name);
  const are = (...wanted) => assertionResults.filter((test) => wanted.includes(test.status));
  const failed = are('failed').map(({ fullName }) => `Failed: ${path} › ${fullName}`);
  if (status === 'failed' && failed.length === 0) failed.push(`Failed: ${path} did not run`);
  return {
    path,
    counts: {
      passed: are('passed').length,
      failed: failed.length,
      skipped: are('pending', 'todo', 'skipped', 'disabled').length,
      told: failed,
    },
  };
}
