// Which lines of the product the suites reach. Who sets COVERAGE_DIR has each process of jest leave there what it saw (jest.config.mjs).
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const LEAST_PERCENT = 85;

/** What jest is told where it is to keep count. Mocked hosts and what only suites use are no product. */
export function countingOf(dir) {
  if (!dir) return {};
  return {
    collectCoverage: true,
    collectCoverageFrom: ['src/**/*.ts', '!**/*.{spec,simulator,conformance}.ts', '!src/**/conformance/**'],
    coverageDirectory: dir,
    coverageReporters: [['json', { file: `${process.pid}.json` }]],
  };
}

/** Of all that was left in `dir`: a line is covered that any of them ran. */
export function coverageIn(dir) {
  const files = readdirSync(dir).filter((name) => name.endsWith('.json'));
  return coverageOf(files.map((name) => JSON.parse(readFileSync(join(dir, name), 'utf8'))));
}

/** A line counts where a statement begins in it. Pure. */
export function coverageOf(reports) {
  const lines = new Map();
  for (const report of reports)
    for (const { path, statementMap, s } of Object.values(report))
      for (const [id, { start }] of Object.entries(statementMap)) {
        const line = `${path}:${start.line}`;
        lines.set(line, lines.get(line) === true || s[id] > 0);
      }
  const covered = [...lines.values()].filter(Boolean).length;
  const percent = lines.size === 0 ? 0 : Math.floor((covered / lines.size) * 1000) / 10;
  return {
    isEnough: percent >= LEAST_PERCENT,
    sentence: `Lines covered: ${percent} % (${covered} of ${lines.size}; at least ${LEAST_PERCENT})`,
  };
}
