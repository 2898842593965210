// npm run drill:rolling -- [--from <commit>] [--rate 10] [--seconds 5]: two builds side by side. Under load every role is replaced by this checkout's build, one process
// after another, and then all go back to the one before, on the real stack with a process for each role. The database is migrated once, before.
// Fails when a request is refused for good, a key is accepted twice, a route is not decided in time, or a webhook is missing or not the same twice.
// The last line is JSON. Ends with 2 where the stores cannot be had.
import { execFileSync, fork, spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { build } from './lib/build.mjs';
import { ROOT } from './lib/prepare.mjs';
import { startStack } from './lib/stack.mjs';

const { values } = parseArgs({
  options: {
    from: { type: 'string', default: 'HEAD~1' },
    rate: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '5' },
  },
});
const ROLES = ['api', 'quotes', 'aggregator', 'planner', 'notifier'];
const TWICE = new Set(['api']);
const DEADLINE_MS = 8000;
const CART = {
  items: [{ id: 'milk', name: 'Whole milk', quantity: 1, unit: 'gallon' }],
  shippingAddress: { street: '1 Main St', city: 'Cincinnati', state: 'OH', postalCode: '45202', country: 'US' },
  deadlineMs: DEADLINE_MS,
};
const TRIES = 40;
const require = createRequire(import.meta.url);

build();
const dir = mkdtempSync(join(tmpdir(), 'loopgpt-rolling-'));
const mains = { old: oldBuild(), new: join(ROOT, 'dist/src/main.js') };
const stack = await startStack({ real: true });
if (stack.missing.length > 0) {
  console.log(`No rolling update here: ${stack.missing.join('; ')}.`);
  await stack.stop();
  rmSync(dir, { recursive: true, force: true });
  process.exit(2);
}
const { startSimulator } = require(join(ROOT, 'dist/simulator/main.js'));
const { Client } = require('pg');
const simulator = await startSimulator({ port: 0, seed: 1, latency: { medianMs: 150, p99Ms: 600 } });
const receiver = await receive();
const env = {
  PATH: process.env.PATH,
  PORT: '0',
  LOOPGPT_ENV: 'test',
  LOG_LEVEL: 'error',
  LOOPGPT_RATE_LIMIT_PER_MINUTE: '1000000',
  LOOPGPT_KEYLESS_PER_MINUTE: '1000000',
  LOOPGPT_WEBHOOK_ALLOW_PRIVATE: 'true',
  LOOPGPT_SIMULATOR_URL: simulator.url,
  LOOPGPT_REDIS_PREFIX: 'rolling',
  LOOPGPT_KAFKA_PREFIX: 'rolling.',
  ...stack.env,
};

const faults = [];
/** Who is asked; one that is about to stop is not among them, as behind any load balancer. */
let ways = [];
const running = [];
const accepted = new Map();
const ended = [];
let retried = 0;
let undrained = 0;
let loading = true;

try {
  for (const role of ROLES)
    for (let one = 0; one < (TWICE.has(role) ? 2 : 1); one++) running.push(await start(role, 'old'));
  const load = sendAll();
  await pause(Number(values.seconds) * 1000);
  // As the migration Job does; whoever is of the old build goes on meanwhile.
  const migrated = spawnSync(process.execPath, [join(ROOT, 'dist/scripts/migrate.js')], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  if (migrated.status !== 0) faults.push(`the migration failed: ${migrated.stderr}`);
  const moments = {};
  for (const build of ['new', 'old']) {
    const began = Date.now();
    for (const [index] of running.entries()) await replace(index, build);
    await pause(Number(values.seconds) * 1000);
    moments[build] = Math.round((Date.now() - began) / 1000);
  }
  loading = false;
  await Promise.all(await load);
  await pause(DEADLINE_MS + 2000);
  await judge(moments);
} finally {
  await Promise.all(running.map((one) => stop(one)));
  await simulator.close();
  receiver.close();
  await stack.stop();
  rmSync(dir, { recursive: true, force: true });
}
for (const fault of faults) console.error(fault);
process.exit(faults.length > 0 ? 1 : 0);

/** The build of an earlier commit, of its own sources with the packages that are installed. */
function oldBuild() {
  const git = (...args) => execFileSync('git', args, { cwd: ROOT, maxBuffer: 1 << 30 });
  const commit = git('rev-parse', '--short', values.from).toString().trim();
  console.log(`Building ${commit} …`);
  execFileSync('tar', ['-x', '-C', dir], { input: git('archive', commit) });
  symlinkSync(join(ROOT, 'node_modules'), join(dir, 'node_modules'));
  const script = "import('./dev/lib/build.mjs').then(({ compile }) => compile('dist'))";
  execFileSync(process.execPath, ['-e', script], { cwd: dir, stdio: ['ignore', 'ignore', 'inherit'] });
  return join(dir, 'dist/src/main.js');
}

async function start(role, build) {
  const child = fork(mains[build], [], { env: { ...env, ROLES: role }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(String(chunk)));
  const one = { role, build, child, said, url: '', isStopping: false };
  child.once('exit', (code, signal) => {
    if (!one.isStopping)
      faults.push(`${build} ${role} ended by itself (${signal ?? code}): ${said.join('').slice(-1500)}`);
  });
  one.url = await new Promise((resolve, reject) => {
    child.on('message', (message) => message.type === 'ready' && resolve(message.url));
    child.once('exit', () => reject(new Error(`${build} ${role}: ${said.join('').slice(-1500)}`)));
  });
  if (role === 'api') ways = [...ways, one.url];
  return one;
}

async function replace(index, build) {
  const before = running[index];
  running[index] = await start(before.role, build);
  ways = ways.filter((url) => url !== before.url);
  await stop(before);
}

async function stop(one) {
  if (one.child.exitCode !== null || one.child.signalCode !== null) return;
  one.isStopping = true;
  const gone = new Promise((resolve) => one.child.once('exit', (code, signal) => resolve(signal ?? code)));
  one.child.kill('SIGTERM');
  // Drained, it ends by the signal that it was sent; what did not drain in time ends with 1.
  const code = await gone;
  ended.push(`${one.build} ${one.role} ${code}`);
  // A busy machine may be slower than that: nothing may be lost by it either.
  if (code !== 0 && code !== 'SIGTERM') undrained++;
}

/** At an even rate, whoever is slow; each request by itself. */
async function sendAll() {
  const sent = [];
  for (; loading; await pause(1000 / Number(values.rate))) sent.push(send(randomUUID()));
  return sent;
}

/** As a caller does: what was not answered, or put off, is sent again under the same key. */
async function send(key) {
  for (let tries = 1; tries <= TRIES; tries++) {
    const way = ways[(tries + key.charCodeAt(0)) % ways.length];
    const answer = await fetch(`${way}/v1/routes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ ...CART, reference: key, webhook: { url: receiver.url } }),
    }).catch(() => null);
    if (answer?.status === 202) return void accepted.set(key, (await answer.json()).id);
    await answer?.arrayBuffer();
    if (answer && ![409, 429, 503].includes(answer.status))
      return void faults.push(`a request was refused for good: ${answer.status}`);
    retried++;
    await pause(250);
  }
  faults.push(`a request was refused ${TRIES} times`);
}

async function receive() {
  const got = new Map();
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const print = createHash('sha256').update(body).digest('hex');
      const { subject } = JSON.parse(body);
      const id = request.headers['webhook-id'];
      got.set(subject, [...(got.get(subject) ?? []), `${id} ${print}`]);
      response.writeHead(204).end();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => (server.closeAllConnections(), server.close());
  return { url: `http://127.0.0.1:${server.address().port}/hook`, got, close };
}

async function judge(moments) {
  const client = new Client({ connectionString: stack.env.DATABASE_URL });
  await client.connect();
  const { rows } = await client.query(
    `SELECT reference, id, status, extract(epoch FROM closed_at - deadline_at) * 1000 AS late FROM routes WHERE reference IS NOT NULL`,
  );
  await client.end();
  const byKey = new Map();
  for (const row of rows) byKey.set(row.reference, [...(byKey.get(row.reference) ?? []), row]);
  const told = { twice: 0, other: 0, open: 0, late: 0, without: 0, differing: 0 };
  for (const [key, id] of accepted) {
    const own = byKey.get(key) ?? [];
    if (own.length !== 1) told.twice++;
    if (own[0]?.id !== id) told.other++;
    if (own[0]?.status === 'open') told.open++;
    if (Number(own[0]?.late ?? 0) > 500) told.late++;
    const hooks = receiver.got.get(id) ?? [];
    if (hooks.length === 0) told.without++;
    if (new Set(hooks).size > 1) told.differing++;
  }
  for (const [what, count] of Object.entries(told))
    if (count > 0) faults.push(`${count} of ${accepted.size} accepted routes: ${what}`);
  if (accepted.size < 50) faults.push(`only ${accepted.size} routes were accepted: that is no load`);
  const decided = rows.filter(({ status }) => status === 'fulfilled' || status === 'partial').length;
  if (decided < accepted.size) faults.push(`${accepted.size - decided} routes have no winner`);
  const replaced = ended.length;
  console.log(
    JSON.stringify({
      accepted: accepted.size,
      retried,
      decided,
      replaced,
      undrained,
      secondsEach: moments,
      faults: faults.length,
    }),
  );
}
