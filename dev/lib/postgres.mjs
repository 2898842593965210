// PostgreSQL in a directory of its own: real, no Docker, root or not. The one from npm unless another is named.
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { embeddedBinaries, identity, isRoot, runnable, unreachable } from './postgres-binaries.mjs';
import { lock } from './lock.mjs';
import { PlainError } from './plain-error.mjs';

const DATABASE = 'loopgpt';
const USER = 'loopgpt';
/** PostgreSQL's orphaned processes notice within seconds that their postmaster is gone. */
const RELEASED_MS = 30_000;
const READY = 'database system is ready to accept connections';

/** Starts it in `dir`; a postmaster that a killed parent left behind is stopped first. Answers {url, home, stop}. Throws PlainError. */
export async function startPostgres(dir, { maxConnections = 200, binaries } = {}) {
  const as = identity();
  const home = reachable(resolve(dir));
  makeDirectory(home);
  const databaseDir = join(home, 'postgres');
  claim(home);
  await stopOrphan(databaseDir);
  const password = keep(join(home, 'password'), () => randomBytes(18).toString('base64url'));
  const port = await freePort(Number(keepText(join(home, 'port'))) || 0);
  writeFileSync(join(home, 'port'), String(port));
  const fresh = !existsSync(join(databaseDir, 'PG_VERSION'));
  try {
    const programs = runnable(binaries ?? (await embeddedBinaries()), home);
    if (fresh) await initialise(programs, as, databaseDir, password);
    else askForScram(databaseDir);
    const options = ['-p', String(port), '-c', `max_connections=${maxConnections}`];
    // After kill -9 of the postmaster itself its other processes keep the memory it shared for a moment, and it refuses to start.
    const server = await started(programs, as, databaseDir, options, Date.now() + (fresh ? 0 : RELEASED_MS));
    await createDatabase(port, password);
    const url = `postgres://${USER}:${password}@127.0.0.1:${port}/${DATABASE}`;
    return { url, home, stop: () => stop(server, programs, as, databaseDir) };
  } catch (error) {
    if (error instanceof PlainError) throw error;
    throw new PlainError(`PostgreSQL did not start in ${home}: ${String(error.message ?? error).trim()}`);
  }
}

/** Beside its place until it is whole: a cluster that was begun and not ended would be taken for one. */
async function initialise({ initdb }, as, databaseDir, password) {
  const [begun, file] = [`${databaseDir}.begun`, `${databaseDir}.password`];
  rmSync(begun, { recursive: true, force: true });
  mkdirSync(begun, { mode: 0o700 });
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  if (as.uid !== undefined) for (const path of [begun, file]) chownSync(path, as.uid, as.gid);
  try {
    const how = ['--auth=scram-sha-256', `--username=${USER}`, `--pwfile=${file}`];
    await run(initdb, [`--pgdata=${begun}`, ...how, '--encoding=UTF8', '--locale=C.UTF-8'], as);
  } finally {
    rmSync(file, { force: true });
  }
  rmSync(databaseDir, { recursive: true, force: true });
  renameSync(begun, databaseDir);
}

/** Clusters made before asked for the password itself, which went over the wire as it is; what is stored of it serves both. */
function askForScram(databaseDir) {
  const file = join(databaseDir, 'pg_hba.conf');
  const text = readFileSync(file, 'utf8');
  const now = text.replace(/^(\s*(?:local|host)\b.*\s)password\s*$/gm, '$1scram-sha-256');
  if (now !== text) writeFileSync(file, now);
}

/** The running server; tried again until `until` when it refuses. */
async function started(programs, as, databaseDir, options, until) {
  for (;;) {
    try {
      return await startServer(programs, as, databaseDir, options);
    } catch (error) {
      if (Date.now() >= until) throw error;
      await new Promise((done) => setTimeout(done, 250));
    }
  }
}

/**
 * In a process group of its own: Ctrl-C in a terminal goes to the whole group of the launcher, and would take the database away
 * under an application that still drains. Whoever started it stops it when its turn comes, or as its own last act.
 */
async function startServer({ postgres }, as, databaseDir, options) {
  const here = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];
  // A file, no pipe: while whoever started it waits for something else, a pipe fills up, and then every statement that fails hangs.
  const log = `${databaseDir}.log`;
  const into = openSync(log, 'w');
  const child = spawn(postgres, ['-D', databaseDir, ...here, '-c', 'shared_buffers=128MB', ...options], {
    ...surroundings(as),
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'ignore', into],
  });
  closeSync(into);
  const atExit = () => void child.kill('SIGINT');
  process.once('exit', atExit);
  child.once('exit', () => process.off('exit', atExit));
  let look;
  try {
    await new Promise((ready, failed) => {
      child.once('error', failed);
      child.once('exit', (code) => failed(new Error(lastWords(readFileSync(log, 'utf8')) || `it ended with ${code}`)));
      look = setInterval(() => readFileSync(log, 'utf8').includes(READY) && ready(), 50);
    });
  } finally {
    clearInterval(look);
  }
  return child;
}

async function stop(child, { pg_ctl }, as, databaseDir) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  if (process.platform === 'win32') await run(pg_ctl, ['-D', databaseDir, '-m', 'fast', 'stop'], as);
  else child.kill('SIGINT');
  await gone;
}

async function createDatabase(port, password) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ host: '127.0.0.1', port, user: USER, password, database: 'postgres' });
  await client.connect();
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
  if (!rowCount) await client.query(`CREATE DATABASE ${DATABASE}`);
  await client.end();
}

function run(program, args, as) {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { ...surroundings(as), stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.once('error', failed);
    child.stderr.on('data', (chunk) => (said += chunk.toString('utf8')));
    child.once('close', (code) =>
      code === 0 ? done() : failed(new Error(lastWords(said) || `it ended with ${code}`)),
    );
  });
}

/** Messages in one language, for one of them is waited for; and a working directory that whoever it runs as may enter. */
const surroundings = (as) => ({
  ...as,
  cwd: process.platform === 'win32' ? undefined : '/',
  env: { ...process.env, LC_ALL: 'C.UTF-8', LC_MESSAGES: 'C' },
});

/** What its output says went wrong, in one line. */
function lastWords(said) {
  const lines = said.split('\n').filter((line) => line.trim());
  const wrong = lines.filter((line) => /FATAL|PANIC|ERROR|error:|cannot|could not/i.test(line));
  return (wrong[0] ?? lines.at(-1) ?? '').replace(/^\d{4}-\d\d-\d\d [\d:.]+ \S+ \[\d+\] /, '').trim();
}

/** A secret kept in the data directory, readable by its owner only; made when it is not there. */
export function keep(file, make) {
  if (!existsSync(file)) {
    makeDirectory(dirname(file));
    // Whole or not at all, and never over what another start has made meanwhile.
    const aside = `${file}.${process.pid}`;
    writeFileSync(aside, make(), { mode: 0o600 });
    try {
      linkSync(aside, file);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    } finally {
      rmSync(aside, { force: true });
    }
  }
  return readFileSync(file, 'utf8').trim();
}

function keepText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
}

/** As root, PostgreSQL's own user must be able to reach the directory; below a private home it cannot. */
function reachable(dir) {
  const closed = isRoot() ? unreachable(dirname(dir)) : null;
  if (!closed) return dir;
  const place = join(tmpdir(), `loopgpt-${createHash('sha256').update(dir).digest('hex').slice(0, 12)}`);
  console.log(`The database goes to ${place}: its own user cannot reach ${closed}.`);
  // Anybody may make a directory of that name there, and would then hold our passwords.
  if (existsSync(place) && (!lstatSync(place).isDirectory() || lstatSync(place).uid !== 0)) {
    throw new PlainError(`${place} belongs to somebody else; remove it, or set LOOPGPT_DATA_DIR to another directory.`);
  }
  return place;
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
  const release = lock(join(home, 'owner.lock'));
  try {
    const owner = Number(keepText(file)) || 0;
    if (owner && owner !== process.pid && alive(owner) && isLauncher(owner)) {
      throw new PlainError(
        `Another start (process ${owner}) is using ${home}; stop it first, or set LOOPGPT_DATA_DIR to another directory.`,
      );
    }
    writeFileSync(file, String(process.pid));
  } finally {
    release();
  }
}

function isLauncher(pid) {
  try {
    return /dev\/(start|run|test|stack|ci|keeper)\.mjs/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
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
