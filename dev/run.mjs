// node dev/run.mjs <module> [args]: a built script. One that works in a database gets the embedded one when no other is named.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, isUpToDate } from './lib/build.mjs';
import { ROOT, PlainError, checkNode, install, isInstalled } from './lib/prepare.mjs';

/** The others speak to a running product, or need neither. */
const IN_A_DATABASE = new Set(['scripts/backup', 'scripts/keys', 'scripts/migrate', 'scripts/seed-nutrition']);

/** What is done while the product runs: with the build and the packages that are there, of which nothing is made anew. */
const BESIDE_THE_PRODUCT = new Set(
  ['backup', 'keys', 'listen', 'migrate', 'ops', 'verify'].map((name) => `scripts/${name}`),
);

async function main() {
  checkNode();
  const [module, ...args] = process.argv.slice(2);
  prepare(module);
  const env = { ...process.env };
  let stop = async () => undefined;
  if (!env.DATABASE_URL && IN_A_DATABASE.has(module)) {
    const { keep, startPostgres } = await import('./lib/postgres.mjs');
    const dir = env.LOOPGPT_DATA_DIR ?? join(ROOT, '.data');
    const running = await runningDatabase(dir);
    const database = running ? { url: running, home: dir, stop } : await startPostgres(dir);
    stop = () => database.stop();
    env.DATABASE_URL = database.url;
    const { randomBytes } = await import('node:crypto');
    env.LOOPGPT_SECRET_KEY ??= keep(join(database.home, 'secret-key'), () => randomBytes(32).toString('base64'));
  }
  const child = spawn(process.execPath, [join('dist', `${module}.js`), ...args], { cwd: ROOT, env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  const code = await new Promise((resolve) => child.once('exit', (exit) => resolve(exit ?? 1)));
  await stop();
  process.exit(code);
}

function prepare(module) {
  if (!BESIDE_THE_PRODUCT.has(module) || !existsSync(join(ROOT, 'dist', `${module}.js`)) || !isInstalled()) {
    install();
    build();
  } else if (!isUpToDate()) {
    console.error('The sources have changed since the build, which is what runs here; npm run build makes it anew.');
  }
}

/** The embedded database of an npm start that is running right now. */
async function runningDatabase(dir) {
  const [port, password] = ['port', 'password'].map((name) => join(dir, name));
  if (!existsSync(port) || !existsSync(password)) return null;
  const text = (file) => readFileSync(file, 'utf8').trim();
  const url = `postgres://loopgpt:${text(password)}@127.0.0.1:${text(port)}/loopgpt`;
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.end();
    return url;
  } catch {
    return null; // not running: it is started for the time of the command
  }
}

main().catch((error) => {
  console.error(error instanceof PlainError ? error.message : error);
  process.exit(1);
});
