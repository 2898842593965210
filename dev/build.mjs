// npm run build: a build of the sources as they are, beside what runs.
import { build } from './lib/build.mjs';
import { PlainError, checkNode, install } from './lib/prepare.mjs';

try {
  checkNode();
  install();
  build();
} catch (error) {
  console.error(error instanceof PlainError ? error.message : error);
  process.exit(1);
}
