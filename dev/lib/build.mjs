// The build: made aside in a directory of its own and swapped in whole. `dist` is a link to the newest. What runs was loaded through the
// link and goes on in the directory the link named then, so neither its late imports nor its threads ever miss a file.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { bundle } from './bundle.mjs';
import { bundleConsole } from './bundle-console.mjs';
import { lock } from './lock.mjs';
import { PlainError, ROOT } from './prepare.mjs';
import { SWC } from './swc.mjs';

const DIST = join(ROOT, 'dist');
const BUILDS = join(ROOT, '.builds');
const SOURCES = ['sdk', 'src', 'migrations', 'simulator', 'scripts', 'bench', 'test/support'];
/** Bundled whole, for browsers. */
const PAGES = 'console';
const SETTINGS = [
  'package.json',
  'package-lock.json',
  'dev/lib/build.mjs',
  'dev/lib/bundle.mjs',
  'dev/lib/bundle-console.mjs',
  'dev/lib/swc.mjs',
];
const NOT_BUILT = /\.spec\.ts$|conformance\.ts$/;
/** A command that was about to start from a build that is being replaced has started by then. */
const KEPT_MS = 3_600_000;
/** Where nobody can tell what still runs. */
const KEPT_UNSEEN_MS = 30 * 24 * 3_600_000;

/** Builds when the sources say something else than what `dist` was made from; their times do not matter. */
export function build() {
  const wanted = hashOfSources();
  if (current() === wanted) return;
  mkdirSync(BUILDS, { recursive: true });
  const release = lock(join(BUILDS, 'lock'), 'Somebody else is building here; waiting for it …');
  try {
    if (current() === wanted) return;
    const made = join(BUILDS, wanted);
    if (!existsSync(made)) make(made);
    swapIn(wanted);
    removeUnused();
  } finally {
    release();
  }
}

/** Whether `dist` was made from the sources as they are. */
export const isUpToDate = () => current() === hashOfSources();

function current() {
  try {
    return basename(readlinkSync(DIST));
  } catch {
    return null; // there is none, or a directory that another tool made
  }
}

function hashOfSources() {
  const hash = createHash('sha256');
  const add = (path) => {
    const full = join(ROOT, path);
    if (!existsSync(full)) return;
    if (statSync(full).isDirectory()) {
      for (const name of readdirSync(full).sort()) add(join(path, name));
    } else if (!path.endsWith('.ts') || !NOT_BUILT.test(path)) {
      hash.update(`${path}\0`).update(readFileSync(full)).update('\0');
    }
  };
  for (const path of [...SOURCES, PAGES, ...SETTINGS]) add(path);
  return hash.digest('hex').slice(0, 16);
}

/** A directory under its own name is whole, for it gets that name last. */
function make(made) {
  console.log('Building …');
  const aside = mkdtempSync(join(BUILDS, 'aside-'));
  try {
    compile(aside);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    console.error(String(error.message));
    throw new PlainError('The build failed; see the lines above. What was built before is as it was.');
  }
  chmodSync(aside, 0o755);
  renameSync(aside, made);
}

/**
 * Writes the build of this checkout's sources into `dist`. File by file, as the suites compile them too: types are what `npm run check`
 * looks at. Throws with the compiler's own words.
 */
export function compile(dist) {
  // Not before: what is installed may have been installed by this process.
  const { transformFileSync } = createRequire(import.meta.url)('@swc/core');
  for (const source of SOURCES.flatMap((folder) => sourcesIn(folder))) {
    const { code } = transformFileSync(join(ROOT, source), SWC);
    const path = join(dist, source.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, code);
  }
  bundle(dist);
  if (existsSync(join(ROOT, PAGES))) bundleConsole(join(ROOT, PAGES), join(dist, PAGES));
}

function sourcesIn(folder) {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts') && !NOT_BUILT.test(path));
}

function swapIn(name) {
  const before = current();
  const link = join(BUILDS, `link-${process.pid}`);
  rmSync(link, { force: true });
  symlinkSync(process.platform === 'win32' ? join(BUILDS, name) : join('.builds', name), link, 'junction');
  // Of another tool: a directory cannot be replaced by a rename, so it steps aside.
  if (before === null && existsSync(DIST) && lstatSync(DIST).isDirectory()) {
    renameSync(DIST, mkdtempSync(join(BUILDS, 'other-')));
  }
  renameSync(link, DIST);
  const now = new Date();
  if (before !== null && existsSync(join(BUILDS, before))) utimesSync(join(BUILDS, before), now, now);
}

function removeUnused() {
  const keptMs = process.platform === 'linux' ? KEPT_MS : KEPT_UNSEEN_MS;
  if (process.platform === 'linux' && isInUse()) return;
  for (const name of readdirSync(BUILDS)) {
    const path = join(BUILDS, name);
    if (name === current() || ['lock', 'install.lock'].includes(name) || Date.now() - lstatSync(path).mtimeMs < keptMs)
      continue;
    rmSync(path, { recursive: true, force: true });
  }
}

/** Whether any other process runs something of this checkout. */
function isInUse() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && ![process.pid, process.ppid].includes(Number(name)))
    .some((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        const isHere = line.includes(ROOT) || readlinkSync(`/proc/${pid}/cwd`) === ROOT;
        return isHere && /\b(dist|dev)\/|\.builds\//.test(line);
      } catch (error) {
        return error.code === 'EACCES' || error.code === 'EPERM'; // another's; one that has ended runs nothing
      }
    });
}
