// Makes a checkout runnable: dependencies as in the lock file. The build is in build.mjs.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const INSTALLED = join(ROOT, 'node_modules', '.installed');

/** A failure whose message is the one sentence for the person at the terminal. */
export class PlainError extends Error {}

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new PlainError(
      `Node.js ${process.versions.node} is too old; install 20.19 or newer (24 is the current LTS).`,
    );
  }
}

export function install() {
  const lock = join(ROOT, 'package-lock.json');
  if (existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync(lock).mtimeMs) return;
  // A tree that npm itself has just made is as good as ours.
  const own = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(own) || statSync(own).mtimeMs < statSync(lock).mtimeMs) {
    console.log('Installing dependencies (once) …');
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'The dependencies could not be installed');
  }
  writeFileSync(INSTALLED, '');
}

function run(command, args, failure) {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error || status !== 0) throw new PlainError(`${failure}; see the lines above.`);
}
