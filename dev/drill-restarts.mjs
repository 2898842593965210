// npm run drill:restarts -- [--times 100]: PostgreSQL is restarted, or ends all connections, again and again under a product at work.
// Fails when its process ends, when an accepted route is left open or when no route is decided well any more.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from './lib/build.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { ROOT } from './lib/prepare.mjs';

const CART = {
  items: [{ id: 'milk', name: 'Whole milk', quantity: 1, unit: 'gallon' }],
  shippingAddress: { street: '1 Main St', city: 'Cincinnati', state: 'OH', postalCode: '45202', country: 'US' },
  deadlineMs: 8000,
};
const LOAD_PAUSE_MS = 50;

const at = process.argv.indexOf('--times');
const times = at < 0 ? 100 : Number(process.argv[at + 1]);
const require = createRequire(import.meta.url);
if (!process.argv.includes('--no-build')) build();
const { startSimulator } = require(join(ROOT, 'dist/simulator/main.js'));
const { Client } = require('pg');

const dir = mkdtempSync(join(tmpdir(), 'loopgpt-drill-'));
let postgres = await startPostgres(dir);
const simulator = await startSimulator({ port: 0, seed: 1, latency: { medianMs: 100, p99Ms: 300 } });
const said = [];
const child = fork(join(ROOT, 'dist/src/main.js'), [], {
  env: {
    PATH: process.env.PATH,
    PORT: '0',
    LOOPGPT_ENV: 'test',
    LOG_LEVEL: 'error',
    LOOPGPT_RATE_LIMIT_PER_MINUTE: '1000000',
    LOOPGPT_SIMULATOR_URL: simulator.url,
    DATABASE_URL: postgres.url,
  },
  stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
});
for (const stream of [child.stdout, child.stderr])
  stream.on('data', (chunk) => said.splice(0, Math.max(0, said.push(...String(chunk).split('\n')) - 40)));
let exited = null;
child.once('exit', (code, signal) => (exited = signal ?? code));
const url = await new Promise((resolve, reject) => {
  child.on('message', (message) => message.type === 'ready' && resolve(message.url));
  child.once('exit', () => reject(new Error(said.join('\n'))));
});

const accepted = [];
let refused = 0;
let loading = true;
const load = (async () => {
  while (loading && exited === null) {
    const answer = await fetch(`${url}/v1/routes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(CART),
    }).catch(() => null);
    if (answer?.status === 202) accepted.push((await answer.json()).id);
    else refused += 1;
    await pause(LOAD_PAUSE_MS);
  }
})();

async function query(sql, params) {
  const client = new Client({ connectionString: postgres.url });
  client.on('error', () => undefined); // told by the query
  await client.connect();
  try {
    return (await client.query(sql, params)).rows;
  } finally {
    await client.end();
  }
}
const endAll = () =>
  query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL');

let done = 0;
for (; done < times && exited === null; done++) {
  await pause(200 + Math.random() * 600);
  if (done % 2 === 0) await endAll();
  else {
    await postgres.stop();
    postgres = await startPostgres(dir);
  }
}
await pause(1000);
const before = accepted.length;
await pause(5000);
loading = false;
await load;
await pause(CART.deadlineMs + 3000);
const late = accepted.slice(before);
const [{ open }] = await query(`SELECT count(*)::int AS open FROM routes WHERE status = 'open'`);
const [{ good }] = await query(
  `SELECT count(*)::int AS good FROM routes WHERE id = ANY($1) AND outcome->'winner' <> 'null'::jsonb`,
  [late],
);
const faults = [
  ...(exited === null ? [] : [`the process ended (${exited}) in round ${done}:\n${said.join('\n')}`]),
  ...(open === 0 ? [] : [`${open} accepted routes are still open`]),
  ...(late.length > 0 && good === late.length
    ? []
    : [`${good} of ${late.length} routes after the last round have a winner`]),
];
console.log(
  `${done} rounds, ${exited === null ? 0 : 1} exits, ${accepted.length} accepted, ${refused} refused meanwhile, ` +
    `${open} left open, ${good} of ${late.length} decided well after the last round`,
);
for (const fault of faults) console.error(fault);
child.kill('SIGTERM');
await Promise.race([new Promise((resolve) => child.once('exit', resolve)), pause(12_000)]);
await simulator.close();
await postgres.stop();
rmSync(dir, { recursive: true, force: true });
process.exit(faults.length > 0 ? 1 : 0);
