// The console's files as a browser loads them: one chunk for each page and one for what they share, each named by its content so that it may be
// kept for ever, and packed beforehand, so that nothing is packed while it is asked for.
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Writes `index.html` and `assets/` of the pages at `source` into `target`. Throws with the bundler's own words. */
export function bundleConsole(source, target) {
  // Not before: what is installed may have been installed by this process.
  const { buildSync } = createRequire(import.meta.url)('esbuild');
  const shared = {
    outdir: join(target, 'assets'),
    bundle: true,
    minify: true,
    target: 'es2022',
    metafile: true,
    logLevel: 'error',
  };
  const scripts = buildSync({
    ...shared,
    entryPoints: [join(source, 'main.tsx')],
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    splitting: true,
    format: 'esm',
    legalComments: 'none',
  });
  // One sheet for all pages: what a chunk would load for itself would come after its page was seen.
  const styles = buildSync({
    ...shared,
    stdin: {
      contents: sheets(source)
        .map((path) => `@import './${path}';`)
        .join(''),
      resolveDir: source,
      loader: 'css',
    },
    entryNames: 'styles-[hash]',
  });
  const address = (path) => `/console/assets/${basename(path)}`;
  const [script, { imports }] = Object.entries(scripts.metafile.outputs).find(([, { entryPoint }]) =>
    entryPoint?.endsWith('main.tsx'),
  );
  const head = [
    ...Object.keys(styles.metafile.outputs).map((path) => `<link rel="stylesheet" href="${address(path)}">`),
    ...imports
      .filter(({ kind }) => kind === 'import-statement')
      .map(({ path }) => `<link rel="modulepreload" href="${address(path)}">`),
    `<script type="module" src="${address(script)}"></script>`,
  ].join('\n');
  mkdirSync(target, { recursive: true });
  const page = readFileSync(join(source, 'page.html'), 'utf8').replace('<!-- assets -->', head);
  writeFileSync(join(target, 'index.html'), page);
  for (const name of readdirSync(join(target, 'assets'))) pack(join(target, 'assets', name));
}

function pack(path) {
  const bytes = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}

/** Those of the kit first, for pages add to them. */
const sheets = (source) =>
  ['kit', 'pages'].flatMap((folder) =>
    readdirSync(join(source, folder), { recursive: true })
      .filter((name) => name.endsWith('.css'))
      .sort()
      .map((name) => join(folder, name)),
  );
