import { countingOf } from './dev/lib/coverage.mjs';
import { SWC_IN_SUITES } from './dev/lib/swc.mjs';

// Nest 12 is ESM only; on Node < 24.9 jest cannot require(esm), so those packages are compiled to CommonJS like the sources.
const shared = {
  testEnvironment: 'node',
  moduleFileExtensions: ['ts', 'js', 'json'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transformIgnorePatterns: ['/node_modules/(?!(@nestjs|content-disposition|file-type|load-esm)/)'],
  transform: {
    '^.+\\.(t|j)s$': ['@swc/jest', SWC_IN_SUITES],
  },
};

export default {
  testTimeout: 30_000,
  ...countingOf(process.env.COVERAGE_DIR),
  projects: [
    {
      ...shared,
      displayName: 'unit',
      rootDir: '.',
      testMatch: ['<rootDir>/{sdk,src,console,simulator,bench,dev,scripts}/**/*.spec.ts'],
    },
    {
      ...shared,
      displayName: 'medium',
      rootDir: '.',
      testMatch: ['<rootDir>/test/medium/**/*.spec.ts'],
    },
    {
      ...shared,
      displayName: 'e2e',
      rootDir: '.',
      testMatch: ['<rootDir>/test/e2e/**/*.spec.ts'],
    },
  ],
};
