import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { Agent, request } from 'undici';
import { randomOf } from '../../src/common/random.js';
import { pause } from '../load.js';
import { percentile, poissonSchedule } from '../statistics.js';
import { Child } from '../support/child.js';
import { startProduct } from '../support/product.js';
import { startStores } from '../support/stores.js';

/**
 * Plans under the load of the former engine: the former call with `force_regenerate`, by many users, at an open-loop rate. Once by the solver
 * alone and once with a stand-in for the model that takes its time. One process with all roles; loopback only; ends by itself.
 */
const USAGE = `usage: npm run bench:plans -- [--mode solver|model|both] [--per-second 5] [--seconds 60] [--users 100] [--days 7]
         [--model-ms 8000] [--redis]`;
const CALL_MS = 60_000;
const WARM_UP = 10;

interface Options {
  modes: readonly ('solver' | 'model')[];
  perSecond: number;
  seconds: number;
  users: number;
  days: number;
  modelMs: number;
  redis: boolean;
}

interface Answer {
  /** From the moment it should have been sent to the complete answer, in ms. */
  ms: number;
  /** 'completed', the plan's other end, or what came instead of a plan. */
  end: string;
  receipt: { seconds: number; aiCents: number; draft: string } | null;
}

interface Plan {
  status: string;
  receipt: Answer['receipt'];
}

async function measure(options: Options, mode: 'solver' | 'model', databaseUrl: string, redisUrl: string | null) {
  const started: Child[] = [];
  const agent = new Agent({ connections: 512, headersTimeout: CALL_MS, bodyTimeout: CALL_MS });
  try {
    const providers = await Child.start('bench/support/providers', {});
    started.push(providers);
    const slow = { mode: 'slow', ms: options.modelMs };
    await ask(agent, 'PUT', `${providers.ready.url}/__control/faults/ANTHROPIC`, slow);
    const { url } = (await start(mode, databaseUrl, redisUrl, providers.ready.url, started)).ready;
    for (let user = 0; user < options.users; user++) {
      await ask(agent, 'PUT', `${url}/v1/intake?user=${userNamed(user)}`, householdOf(user, options.days));
    }
    await ask(agent, 'PUT', `${url}/v1/intake?user=warm`, householdOf(0, options.days));
    for (let plan = 0; plan < WARM_UP; plan++) await ask(agent, 'POST', `${url}/v1/plans`, householdOf(plan, 2));
    await pause(mode === 'model' ? options.modelMs + 2000 : 2000);

    const schedule = poissonSchedule(options.perSecond, options.seconds, randomOf(1));
    const from = performance.now();
    const sending = schedule.map(async (offset, index): Promise<Answer> => {
      const due = from + offset;
      await pause(Math.max(0, due - performance.now()));
      const body = { force_regenerate: true, user: userNamed(index % options.users) };
      const { status, text } = await ask(agent, 'POST', `${url}/functions/v1/plan-generator`, body);
      const { plan } = status === 200 ? (JSON.parse(text) as { plan: Plan }) : { plan: null };
      return { ms: performance.now() - due, end: plan?.status ?? `answer ${status}`, receipt: plan?.receipt ?? null };
    });
    report(mode, await Promise.all(sending));
  } finally {
    for (const child of started.reverse()) await child.stop();
    await agent.close();
  }
}

async function start(
  mode: 'solver' | 'model',
  databaseUrl: string,
  redisUrl: string | null,
  simulatorUrl: string,
  started: Child[],
): Promise<Child> {
  const product = await startProduct(databaseUrl, simulatorUrl, {
    ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
    ...(mode === 'model'
      ? {
          ANTHROPIC_API_KEY: 'simulated',
          ANTHROPIC_BASE_URL: `${simulatorUrl}/anthropic`,
        }
      : {}),
  });
  started.push(product);
  return product;
}

function report(mode: string, answers: readonly Answer[]): void {
  const completed = answers.filter(({ end }) => end === 'completed');
  const of = (values: readonly number[], share: number) => (percentile(values, share) ?? NaN).toFixed(2);
  const seconds = completed.map(({ receipt }) => receipt!.seconds);
  const waited = answers.map(({ ms }) => ms / 1000);
  const cents = completed.map(({ receipt }) => receipt!.aiCents);
  console.log(
    `${mode}: ${completed.length} of ${answers.length} completed (${((100 * completed.length) / answers.length).toFixed(1)} %)`,
  );
  console.log(`  plan seconds p50 ${of(seconds, 0.5)}, p95 ${of(seconds, 0.95)}, max ${of(seconds, 1)}`);
  console.log(
    `  waited from the intended moment, s: p50 ${of(waited, 0.5)}, p95 ${of(waited, 0.95)}, max ${of(waited, 1)}`,
  );
  console.log(`  AI cents a plan: p50 ${of(cents, 0.5)}, p95 ${of(cents, 0.95)}, max ${of(cents, 1)}`);
  console.log(`  drafts: ${counted(completed.map(({ receipt }) => receipt!.draft))}`);
  console.log(`  ends: ${counted(answers.map(({ end }) => end))}`);
}

function counted(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${word} ${count}`).join(', ');
}

const userNamed = (number: number): string => `user-${number}`;

/** Two adults, none like those of another user; all of them can be fed from our recipes. */
function householdOf(number: number, days: number): object {
  const random = randomOf(number);
  const between = (low: number, high: number) => Math.round(low + (high - low) * random());
  const adult = (id: string, sex: string, heightCm: number, weightKg: number) => ({
    id,
    sex,
    ageYears: between(22, 60),
    heightCm: heightCm + between(-8, 8),
    weightKg: weightKg + between(-8, 8),
    activity: 'low_active',
  });
  return { people: [adult('ann', 'female', 168, 65), adult('bob', 'male', 180, 80)], days, mealsPerDay: 3 };
}

async function ask(agent: Agent, method: 'PUT' | 'POST', url: string, body: object) {
  const headers = { 'content-type': 'application/json' };
  const response = await request(url, { method, headers, body: JSON.stringify(body), dispatcher: agent });
  const text = await response.body.text();
  if (response.statusCode >= 500) console.log(`${method} ${new URL(url).pathname}: ${response.statusCode} ${text}`);
  return { status: response.statusCode, text };
}

async function main(): Promise<void> {
  const options = optionsFrom(process.argv.slice(2));
  console.log(`${cpus().length} cores, Node.js ${process.versions.node}, load average ${loadavg()[0]!.toFixed(2)}`);
  console.log(
    `${options.perSecond} a second for ${options.seconds} s by ${options.users} users, ${options.days} days each`,
  );
  const stores = await startStores({ redis: options.redis, kafka: false });
  try {
    for (const mode of options.modes) await measure(options, mode, await stores.createDatabase(), stores.redisUrl);
  } finally {
    await stores.stop();
  }
  console.log(`load average ${loadavg()[0]!.toFixed(2)}`);
}

function optionsFrom(args: string[]): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      mode: text,
      'per-second': text,
      seconds: text,
      users: text,
      days: text,
      'model-ms': text,
      redis: { type: 'boolean' },
    },
  });
  const mode = values.mode ?? 'both';
  const figures = {
    perSecond: Number(values['per-second'] ?? 5),
    seconds: Number(values.seconds ?? 60),
    users: Number(values.users ?? 100),
    days: Number(values.days ?? 7),
    modelMs: Number(values['model-ms'] ?? 8000),
  };
  const isUsable = Object.values(figures).every((value) => Number.isInteger(value) && value > 0) && figures.days <= 14;
  if (!isUsable || (mode !== 'both' && mode !== 'solver' && mode !== 'model')) throw new Error(USAGE);
  return { modes: mode === 'both' ? ['solver', 'model'] : [mode], redis: values.redis ?? false, ...figures };
}

main().catch((error: unknown) => {
  console.log(error instanceof Error ? error.message : error);
  process.exit(1);
});
