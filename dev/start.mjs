// npm start: installs, builds, starts the embedded stores and the simulator, then every role in one process.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { randomBytes } from 'node:crypto';
import { build } from './lib/build.mjs';
import { ROOT, PlainError, checkNode, install } from './lib/prepare.mjs';
import { keep, startPostgres } from './lib/postgres.mjs';
import { importHousehold } from './lib/sample-household.mjs';
import { routeSample } from './lib/sample.mjs';

const USAGE = `npm start [-- --no-sample]

  --no-sample   route no sample cart and import no sample household
  --help        this

What can be set, such as PORT and LOOPGPT_DATA_DIR, is in docs/configuration.md.`;

const DRAIN_MS = 12_000;
const started = performance.now();
const running = [];
let stopping;

async function main() {
  checkNode();
  const { help, 'no-sample': isBare } = asked();
  if (help) return console.log(USAGE);
  install();
  build();
  const dataDir = process.env.LOOPGPT_DATA_DIR ?? join(ROOT, '.data');
  const development = (process.env.LOOPGPT_ENV ?? 'development') === 'development';
  const env = { ...process.env };
  if (!env.DATABASE_URL && !env.DATABASE_APP_URL) {
    const postgres = await startPostgres(dataDir);
    running.push(() => postgres.stop());
    env.DATABASE_URL = postgres.url;
    env.LOOPGPT_SECRET_KEY ??= keep(join(postgres.home, 'secret-key'), () => randomBytes(32).toString('base64'));
  }
  if (development) {
    env.LOG_LEVEL ??= 'warn';
    env.LOOPGPT_WEBHOOK_ALLOW_PRIVATE ??= 'true';
    if (!env.LOOPGPT_SIMULATOR_URL) {
      const { startSimulator } = createRequire(import.meta.url)(join(ROOT, 'dist', 'simulator', 'main.js'));
      const simulator = await startSimulator({ port: 0 });
      running.push(() => simulator.close());
      env.LOOPGPT_SIMULATOR_URL = simulator.url;
    }
  }
  const { url, developmentKey, doors } = await startApp(env);
  console.log(
    `\nLoopGPT Commerce listens on ${url} (ready in ${((performance.now() - started) / 1000).toFixed(1)} s)\n`,
  );
  if (development && !isBare)
    await routeSample(url, developmentKey, /^(true|1)$/.test(env.LOOPGPT_WEBHOOK_ALLOW_PRIVATE));
  const say = (name, what, beside) => console.log(`${name.padEnd(17)} ${what}${beside ? `   (${beside})` : ''}`);
  if (developmentKey) say('development key', developmentKey, 'not needed in development');
  say('in a browser', `${url}/`);
  if (development && /^(true|1)$/.test(env.LOOPGPT_ALLOW_OPEN ?? ''))
    console.log('\n!! LOOPGPT_ALLOW_OPEN: whoever reaches this address may do anything here, without a key.\n');
  for (const { path, name, login } of doors) say(name, url + path, login);
  console.log('Stop with Ctrl-C.');
  if (development && !isBare) void addHousehold(url, developmentKey);
}

function asked() {
  const flag = { type: 'boolean', default: false };
  try {
    return parseArgs({ options: { help: flag, 'no-sample': flag } }).values;
  } catch (error) {
    throw new PlainError(`${error.message}\n\n${USAGE}`);
  }
}

/** Beside what is served already; nothing waits for it. */
async function addHousehold(url, key) {
  try {
    const sentence = await importHousehold(url, key);
    if (sentence) console.log(sentence);
  } catch (error) {
    if (!stopping) console.log(`The sample household was not imported: ${error.message}`);
  }
}

async function startApp(env) {
  const child = fork(join(ROOT, 'dist', 'src', 'main.js'), [], { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const gone = once(child, 'exit');
  running.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), DRAIN_MS);
    await gone;
    clearTimeout(timer);
  });
  const ready = await new Promise((resolve, reject) => {
    child.on('message', (message) => {
      if (message.type === 'ready') resolve(message);
      if (message.type === 'failed') reject(new PlainError(sentenceOf(message.message, env)));
    });
    void gone.then(([code]) =>
      reject(new PlainError(`The application ended before it was ready (exit code ${code}).`)),
    );
  });
  void gone.then(() => stop(stopping ? 0 : 1));
  return ready;
}

function sentenceOf(message, env) {
  if (message.includes('EADDRINUSE'))
    return `Port ${env.PORT ?? 3000} is taken; set PORT to another, e.g. PORT=3001 npm start.`;
  if (message.includes('EACCES'))
    return `Port ${env.PORT ?? 3000} may not be used by this user; set PORT to one above 1023.`;
  return message;
}

function stop(code) {
  stopping ??= (async () => {
    for (const end of running.reverse()) await end();
    process.exit(code);
  })();
  return stopping;
}

// Ctrl-C goes to the application too, which drains at once; its database is in a group of its own and outlives it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(0));
main().catch(async (error) => {
  if (stopping) return;
  console.error(error instanceof PlainError ? error.message : error);
  await stop(1);
});
