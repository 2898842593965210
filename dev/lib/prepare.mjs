// Makes a checkout runnable: dependencies as in the lock file. The build is in build.mjs.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lock } from './lock.mjs';
import { PlainError } from './plain-error.mjs';

export { PlainError };

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const INSTALLED = join(ROOT, 'node_modules', '.installed');

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new PlainError(
      `Node.js ${process.versions.node} is too old; install 20.19 or newer (24 is the current LTS).`,
    );
  }
}

/** Whether any packages are there, of whichever lock file. */
export const isInstalled = () => existsSync(INSTALLED);

/** By what the lock file says, not by its time: a checkout of another branch and back installs nothing. */
export function install() {
  const wanted = readFileSync(join(ROOT, 'package-lock.json'));
  const hash = createHash('sha256').update(wanted).digest('hex');
  const isDone = () => existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === hash;
  if (isDone()) return;
  // Not in node_modules, which npm makes anew.
  const builds = join(ROOT, '.builds');
  mkdirSync(builds, { recursive: true });
  const release = lock(join(builds, 'install.lock'), 'Somebody else is installing here; waiting for it …');
  try {
    if (isDone()) return;
    if (!isAsLocked(JSON.parse(wanted))) {
      console.log('Installing dependencies (once) …');
      run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'The dependencies could not be installed');
    }
    writeFileSync(INSTALLED, hash);
  } finally {
    release();
  }
}

/** Whether npm itself has just made the tree that is wanted: it notes what it has put there. */
function isAsLocked(lock) {
  const note = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(note)) return false;
  const { packages: there } = JSON.parse(readFileSync(note, 'utf8'));
  const wanted = Object.entries(lock.packages).filter(([path]) => path !== '');
  // Packages for other machines are not there, and nobody misses them.
  return (
    Object.keys(there).every((path) => path in lock.packages) &&
    wanted.every(([path, { integrity, optional }]) => (there[path] ? there[path].integrity === integrity : optional))
  );
}

function run(command, args, failure) {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error || status !== 0) throw new PlainError(`${failure}; see the lines above.`);
}
