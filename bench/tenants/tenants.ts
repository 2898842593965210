import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Agent, request } from 'undici';
import { pause } from '../load.js';
import { percentile, ratio } from '../statistics.js';
import { Child } from '../support/child.js';
import { startProduct } from '../support/product.js';
import { startStores } from '../support/stores.js';

/**
 * Two tenants: what a quiet one waits alone and beside one that sends long carts or hard plans, and whether what is accepted of a flood
 * is answered in full. One process with all roles on the embedded tier; loopback only; ends by itself.
 */
const USAGE = 'usage: npm run bench:tenants -- [--seconds 20] [--flood 300]';
const CALL_MS = 60_000;
const LINES = 200;
const NAMES = ['milk', 'eggs', 'bread', 'rice', 'bananas', 'chicken breast', 'butter', 'pasta', 'apples', 'yogurt'];
const ADDRESS = { street: '1 Main St', city: 'Cincinnati', state: 'OH', postalCode: '45202', country: 'US' };

interface Answer {
  ms: number;
  status: number;
  body: { status?: string; outcome?: { counted: unknown[] } | null };
}

const agent = new Agent({ connections: 600, headersTimeout: CALL_MS, bodyTimeout: CALL_MS });

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { seconds: { type: 'string' }, flood: { type: 'string' } } });
  const [seconds, flood] = [Number(values.seconds ?? 20), Number(values.flood ?? 300)];
  if (!(seconds > 0 && flood > 0)) throw new Error(USAGE);
  const stores = await startStores({ redis: false, kafka: false });
  const started: Child[] = [];
  try {
    const databaseUrl = await stores.createDatabase();
    const providers = await Child.start('bench/support/providers', {});
    started.push(providers);
    const product = await startProduct(databaseUrl, providers.ready.url, { LOOPGPT_QUOTE_CACHE_SECONDS: '0' });
    started.push(product);
    const quiet = caller(product.ready.url, keyOf(databaseUrl));
    const loud = caller(product.ready.url, null);
    for (let index = 0; index < 20; index++) await quiet('/v1/routes', cart(3, index));
    await quiet('/v1/plans', household(1, 2, 0));

    const routes = () => every(seconds, 5, (index) => quiet('/v1/routes', cart(3, 1000 + index)));
    const alone = await routes();
    const carts = every(seconds, 4, (index) => loud('/v1/routes', cart(LINES, index)));
    say('a quiet tenant’s routes beside 200-line carts at 4/s', alone, await routes());
    tell('  the carts', await carts);

    const plans = () => every(seconds, 2, (index) => quiet('/v1/plans', household(1, 2, index)));
    const plansAlone = await plans();
    const hard = Promise.all(Array.from({ length: 6 }, (_, index) => loud('/v1/plans', household(6, 14, index))));
    say('a quiet tenant’s small plans beside six hard ones', plansAlone, await plans());
    tell('  the hard plans', await hard);

    const wave = await every(10, flood / 10, (index) => loud('/v1/routes', cart(LINES, 5000 + index)));
    const accepted = wave.filter(({ status }) => status === 200 || status === 202);
    const well = accepted.filter(({ body }) => (body.outcome?.counted.length ?? 0) >= 2);
    tell(`${flood} carts of ${LINES} lines in 10 s`, wave);
    console.log(`  accepted ${accepted.length}, of these answered by two providers or more ${well.length}`);
  } finally {
    for (const child of started.reverse()) await child.stop();
    await agent.close();
    await stores.stop();
  }
}

/** Sends at an even rate and waits for all; each is timed from the moment it was due. */
async function every(seconds: number, perSecond: number, send: (index: number) => Promise<Answer>): Promise<Answer[]> {
  const from = performance.now();
  return Promise.all(
    Array.from({ length: Math.round(seconds * perSecond) }, async (_, index) => {
      const due = from + (index * 1000) / perSecond;
      await pause(Math.max(0, due - performance.now()));
      const answer = await send(index);
      return { ...answer, ms: performance.now() - due };
    }),
  );
}

function caller(url: string, key: string | null) {
  return async (path: string, body: object): Promise<Answer> => {
    const start = performance.now();
    const headers = {
      'content-type': 'application/json',
      prefer: 'wait=40',
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    };
    const answer = await request(url + path, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      dispatcher: agent,
    });
    const said = (await answer.body.json()) as Answer['body'];
    return { ms: performance.now() - start, status: answer.statusCode, body: said };
  };
}

function keyOf(databaseUrl: string): string {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join('dist', 'scripts', 'keys.js'), 'create', '--name', 'quiet', '--tenant-name', 'Quiet'],
    { env: { PATH: process.env.PATH, LOOPGPT_ENV: 'development', DATABASE_URL: databaseUrl }, encoding: 'utf8' },
  );
  const key = /lgc_\S+/.exec(stdout)?.[0];
  if (key === undefined) throw new Error(`no key was made: ${stderr}`);
  return key;
}

const cart = (lines: number, seed: number) => ({
  items: Array.from({ length: lines }, (_, line) => ({
    id: `line-${line}`,
    name: NAMES[(seed + line) % NAMES.length],
    quantity: 1 + ((seed + line) % 3),
  })),
  shippingAddress: ADDRESS,
});

const household = (people: number, days: number, seed: number) => ({
  people: Array.from({ length: people }, (_, index) => ({
    id: `person-${index}`,
    sex: index % 2 === 0 ? 'female' : 'male',
    ageYears: 25 + index * 7,
    heightCm: 160 + index * 5,
    weightKg: 55 + index * 9,
  })),
  days,
  mealsPerDay: 3,
  seed,
  ...(people > 1 ? { budgetCents: days * people * 300, maxRepeats: 2 } : {}),
});

const p99 = (answers: readonly Answer[]): number | null =>
  percentile(
    answers.map(({ ms }) => ms),
    0.99,
  );

function say(what: string, alone: readonly Answer[], beside: readonly Answer[]): void {
  const [before, after] = [p99(alone), p99(beside)];
  console.log(
    `${what}: p99 ${before?.toFixed(0)} ms alone, ${after?.toFixed(0)} ms beside: ${ratio(after, before)?.toFixed(2)}×`,
  );
  tell('  alone', alone);
  tell('  beside', beside);
}

function tell(what: string, answers: readonly Answer[]): void {
  const counts = new Map<string, number>();
  for (const { status, body } of answers) {
    const end = `${status} ${body.status ?? ''}`;
    counts.set(end, (counts.get(end) ?? 0) + 1);
  }
  const times = answers.map(({ ms }) => ms);
  const ms = (share: number) => (percentile(times, share) ?? NaN).toFixed(0);
  console.log(
    `${what}: ${[...counts].map(([end, count]) => `${count} × ${end}`).join(', ')}; p50 ${ms(0.5)} ms, max ${ms(1)} ms`,
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
