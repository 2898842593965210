// Runs jest projects one after another and adds up what they counted.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlainError, ROOT } from './prepare.mjs';

/** Of one project; several times what it takes, for a machine that is shared. */
const LIMIT_MS = 40 * 60_000;

/** A process of jest keeps something of each suite that it has run; one that has run them all has no memory left for the last. */
const PROCESSES = { unit: 1, medium: 1, e2e: 4 };

/** `only`: names of the suites that are run; none for all. */
export function runSuites(projects, env = process.env, only = []) {
  return projects
    .flatMap((project) => partsOf(project, only).map((part) => runProject(project, part, env, only)))
    .reduce(add, { passed: 0, failed: 0, skipped: 0 });
}

export function add(left, right) {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
  };
}

export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

const partsOf = (project, only) => {
  const count = only.length === 1 ? 1 : PROCESSES[project];
  return Array.from({ length: count }, (_, index) => `${index + 1}/${count}`);
};

function runProject(project, part, env, only) {
  const dir = mkdtempSync(join(tmpdir(), 'loopgpt-counts-'));
  const file = join(dir, 'counts.json');
  const serial = project === 'unit' ? [] : ['--runInBand'];
  const args = ['--selectProjects', project, ...serial, '--forceExit', '--json', `--outputFile=${file}`];
  if (only.length > 0) args.push('--testPathPatterns', `/(${only.join('|')})\\.spec`);
  args.push('--shard', part, '--passWithNoTests');
  console.log(`\n── ${project} ${part} ──`);
  // jest prints its report to stderr and, with --json, the same JSON as the file to stdout.
  const { signal } = spawnSync(process.execPath, [join('node_modules', 'jest', 'bin', 'jest.js'), ...args], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: LIMIT_MS,
  });
  if (signal === 'SIGINT') throw new PlainError('Stopped by Ctrl-C.');
  try {
    const counts = JSON.parse(readFileSync(file, 'utf8'));
    const broken = counts.testResults.filter(
      (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
    );
    return {
      passed: counts.numPassedTests,
      failed: counts.numFailedTests + broken.length,
      skipped: counts.numPendingTests + counts.numTodoTests,
    };
  } catch {
    console.error(`The ${project} suites did not finish within ${LIMIT_MS / 60_000} minutes.`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
