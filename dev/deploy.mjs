// scripts/deploy-local-production.sh: the product in production mode on this machine, kept up and watched by a process of its own.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from './lib/build.mjs';
import { MODES, limitsOf } from './lib/deploy/parts.mjs';
import { ROOT, PlainError, checkNode, install } from './lib/prepare.mjs';

const DIR = process.env.DEPLOY_DIR ?? join(ROOT, '.data', 'local-production');
const USAGE = `scripts/deploy-local-production.sh ${Object.keys(MODES).join('|')}|status|logs [part]|stop`;
/** Lines of each log that are shown. */
const TAIL = 40;
const STOP_MS = 60_000;
/** After the keeper's own bound, for it to say so. */
const SLACK_MS = 15_000;

async function main([command, part]) {
  if (command === 'status') return status();
  if (command === 'logs') return logs(part);
  if (command === 'stop') return stop();
  if (!Object.hasOwn(MODES, command ?? '')) throw new PlainError(`Say what to do: ${USAGE}`);
  return deploy(command);
}

async function deploy(mode) {
  checkNode();
  const limits = limitsOf(process.env);
  install();
  build();
  const release = basename(readlinkSync(join(ROOT, 'dist')));
  mkdirSync(DIR, { recursive: true, mode: 0o700 });
  const before = running();
  if (before && modeNow() !== mode) {
    throw new PlainError(`${modeNow()} is running; stop it first: scripts/deploy-local-production.sh stop`);
  }
  if (before?.release === release && before.status === 'up') return status();
  const began = Date.now();
  if (before) {
    writeFileSync(join(DIR, 'next'), release);
    process.kill(before.keeper, 'SIGHUP');
  } else {
    rmSync(join(DIR, 'state.json'), { force: true });
    writeFileSync(join(DIR, 'mode'), mode);
    const log = openSync(join(DIR, 'keeper.log'), 'a');
    const args = [join(ROOT, 'dev', 'keeper.mjs'), DIR, mode, release];
    spawn(process.execPath, args, { cwd: ROOT, detached: true, stdio: ['ignore', log, log] }).unref();
  }
  const until = began + 2 * limits.startMs + SLACK_MS;
  const isTold = (now) =>
    now &&
    (now.status === 'failed' || (now.release === release && now.status === 'up') || now.status === 'rolled back');
  while (!isTold(state()) && Date.now() < until) await sleep(200);
  status();
  const { status: became, why, release: now } = state() ?? {};
  if (became === 'up' && now === release) return console.log(`\nUp in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
  if (became === 'rolled back') throw new PlainError(`\nWent back to the release before: ${why}.`);
  throw new PlainError(`\nIt did not come up: ${why ?? 'see logs'}.`);
}

function status() {
  const now = state();
  if (!now) return console.log('Nothing is deployed here.');
  const isKept = running() !== null;
  const said = isKept || ['stopped', 'failed'].includes(now.status) ? now.status : 'its keeper has ended';
  console.log(`${modeNow()}: ${said}, release ${now.release}${now.why ? ` (${now.why})` : ''}`);
  for (const [name, { pid, port, since, restarts, health }] of Object.entries(now.parts)) {
    const where = port ? `http://127.0.0.1:${port}` : '';
    console.log(
      `  ${name.padEnd(10)} ${(isKept ? health : 'unknown').padEnd(10)} ${where.padEnd(22)} process ${pid ?? '-'}, since ${since}, started again ${restarts} times`,
    );
  }
  if (!isKept && now.status !== 'stopped') process.exitCode = 1;
}

function logs(part) {
  const names = part ? [part] : ['keeper', 'product', 'documents'];
  if (!names.every((name) => /^[a-z]+$/.test(name)))
    throw new PlainError('A part is named by its letters, as status names it.');
  for (const name of names) {
    const file = join(DIR, `${name}.log`);
    if (!existsSync(file)) continue;
    console.log(`== ${file}`);
    console.log(readFileSync(file, 'utf8').trimEnd().split('\n').slice(-TAIL).join('\n'));
  }
}

async function stop() {
  const now = running();
  if (!now) return console.log('Nothing is running.');
  process.kill(now.keeper, 'SIGTERM');
  const until = Date.now() + STOP_MS;
  while (isAlive(now.keeper) && Date.now() < until) await sleep(100);
  if (isAlive(now.keeper)) throw new PlainError(`It has not ended within ${STOP_MS / 1000} s; process ${now.keeper}.`);
  console.log('Stopped.');
}

const modeNow = () => readFileSync(join(DIR, 'mode'), 'utf8').trim();

function state() {
  const file = join(DIR, 'state.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** The state of a deployment whose keeper is alive; null otherwise. */
function running() {
  const now = state();
  return now && isAlive(now.keeper) && isKeeper(now.keeper) ? now : null;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Process numbers are given again. */
function isKeeper(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('keeper.mjs');
  } catch {
    return process.platform !== 'linux';
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof PlainError ? error.message : error);
  process.exit(1);
});
