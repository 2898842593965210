import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { SOURCES } from '../src/environment.js';
import { CARDS } from '../src/modules/providers/cards.js';
import { viewOf } from './support/ops-views.js';
import { toldToPeople } from './support/table.js';
import { Misuse, asked, helpOn, noMoreThan, productUrl, refusalOf, sentenceOf } from './support/terminal.js';

const PROVIDERS = SOURCES.join(', ').toLowerCase();

/**
 * npm run ops -- <procedure>: what operators do without a redeploy, through the admin API of a running product, each act on record. It needs
 * a key with the scope `admin` in OPS_API_KEY (none in development). Secrets are read from standard input, never from arguments.
 */
const USAGE = `npm run ops -- <procedure> [--url http://127.0.0.1:3000] [--why "for the record"] [--preview] [--json]
(in the image: node dist/scripts/ops.js <procedure>)

  show                              what is set over the environment, and what is in force
  health                            each provider's state
  providers                         by what name each is called here, and how it stands
  scorecard                         each provider's speed, failures and wins over an hour, a day and a week
  timeouts                          one for each provider by its last day, and what it would have changed
  credentials                       how old each provider's are, when they end and when they were used
  logs [provider] [--kind error]    the latest answers and decisions
  experiment <file|off>             begin weight sets side by side, change or end them (docs/experiments.md)
  experiments                       what they came to
  disable|enable <provider>         ${PROVIDERS}
  timeout <provider> <ms>           one above the deadline lifts it
  deadline <ms>                     of routes and the old door, when the caller names none
  quorum <quotes>                   usable quotes needed when the caller names no quorum
  plans-per-hour <plans>            that one user may have made
  mock <provider|all> <on|off>      [--simulator <url>]; production asks for a confirmation (--confirm)
  preset <name>                     balanced, price-first, revenue-first, speed-first; takes back single weights
  weight <factor> <number>          priority, price, speed, commission, availability, reliability
  boost <provider> <on|off>         of those that are asked directly
  rotate <NAME>...                  credentials: one line NAME=value each on standard input; tried before they
                                    take over, unless --untried
  reset <NAME>...|--all             back to the environment's value
  acts                              who changed what, when and why
  undo <act>                        take one act back
  dead-letters [topic]              what could not be handled
  redrive [topic]                   put it back, the oldest 100; --preview only counts`;

/** What is only read. */
const READ: ReadonlyMap<string, string> = new Map(
  Object.entries({
    show: '/admin/v1/settings',
    health: '/v1/providers',
    scorecard: '/admin/v1/scorecard',
    timeouts: '/admin/v1/timeouts',
    credentials: '/admin/v1/credentials',
    experiments: '/admin/v1/experiments',
    acts: '/admin/v1/acts',
  }),
);

const ONE_WORD = 'logs experiment disable enable deadline quorum plans-per-hour preset undo dead-letters redrive'.split(
  ' ',
);

/** How many words each procedure takes: with one more something else was meant. */
const WORDS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    ...Object.fromEntries([...READ.keys(), 'providers'].map((name) => [name, 0])),
    ...Object.fromEntries(ONE_WORD.map((name) => [name, 1])),
    ...Object.fromEntries(['timeout', 'mock', 'weight', 'boost'].map((name) => [name, 2])),
    rotate: Infinity,
    reset: Infinity,
  }),
);

/** For which procedure an option is; with another it would be passed over. */
const ONLY_FOR: Readonly<Record<string, string>> = {
  all: 'reset',
  kind: 'logs',
  simulator: 'mock',
  confirm: 'mock',
};

const SWITCH: ReadonlyMap<string, string> = new Map(Object.entries({ on: 'true', off: 'false' }));

type Changes = Record<string, string | null>;

function providerOf(name = ''): string {
  const provider = CARDS.find(({ id }) => id === name.toUpperCase())?.prefix ?? name.toUpperCase();
  if (!(SOURCES as readonly string[]).includes(provider)) throw new Misuse(`"${name}" is no provider: ${PROVIDERS}`);
  return provider;
}

function onOff(word = ''): string {
  const text = SWITCH.get(word);
  if (text === undefined) throw new Misuse(`say on or off, not "${word}"`);
  return text;
}

function given(word: string | undefined, what: string): string {
  if (!word) throw new Misuse(`name ${what}`);
  return word;
}

/** The switches a procedure sets, or null when it is none that sets switches. */
function changesOf([procedure, first, second, ...rest]: readonly string[], isAll: boolean): Changes | null {
  switch (procedure) {
    case 'disable':
    case 'enable':
      return { [`LOOPGPT_ENABLE_${providerOf(first)}`]: String(procedure === 'enable') };
    case 'timeout':
      return { [`LOOPGPT_${providerOf(first)}_TIMEOUT`]: given(second, 'the milliseconds') };
    case 'mock': {
      const providers = first === 'all' ? SOURCES : [providerOf(first)];
      return Object.fromEntries(providers.map((one) => [`LOOPGPT_${one}_MOCK`, onOff(second)]));
    }
    case 'deadline':
      return { LOOPGPT_DEADLINE_MS: given(first, 'the milliseconds') };
    case 'quorum':
      return { LOOPGPT_QUORUM: given(first, 'how many quotes') };
    case 'plans-per-hour':
      return { LOOPGPT_PLANS_PER_HOUR: given(first, 'how many plans') };
    case 'preset':
      return { LOOPGPT_PRESET: given(first, 'the preset') };
    case 'weight':
      return { [`LOOPGPT_SCORE_${given(first, 'the factor').toUpperCase()}_WEIGHT`]: given(second, 'the weight') };
    case 'boost':
      return { [`LOOPGPT_PREFER_DIRECT_${providerOf(first)}`]: onOff(second) };
    case 'experiment':
      return { LOOPGPT_EXPERIMENT: experimentIn(given(first, 'a file, or off')) };
    case 'rotate':
      return secretsFor([first, second, ...rest].filter((name) => name !== undefined));
    case 'reset':
      if (isAll) return {};
      return Object.fromEntries(
        [given(first, 'a switch'), second, ...rest].filter(Boolean).map((name) => [name!, null]),
      );
    default:
      return null;
  }
}

function experimentIn(file: string): string | null {
  if (file === 'off') return null;
  try {
    return JSON.stringify(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw new Misuse(`${file} ${why}: ${(error as Error).message}`);
  }
}

function secretsFor(names: readonly string[]): Changes {
  if (names.length === 0) throw new Misuse('name the credentials to rotate, e.g. KROGER_CLIENT_SECRET');
  const lines = readFileSync(0, 'utf8').split('\n');
  return Object.fromEntries(
    names.map((name) => {
      const line = lines.find((one) => one.startsWith(`${name}=`));
      if (!line) throw new Misuse(`standard input has no line ${name}=…`);
      return [name, line.slice(name.length + 1).trim()];
    }),
  );
}

interface Settings {
  version: number;
  production: boolean;
  set: Record<string, string>;
  inForce: Record<string, string>;
}

/** What mock mode needs beside its own switches: a simulator, and in production somebody's word. */
async function mockChanges(
  [procedure, first, second]: readonly string[],
  settings: Settings,
  { simulator, confirm }: { simulator?: string | undefined; confirm: boolean },
): Promise<Changes> {
  if (procedure !== 'mock') return {};
  const beside: Changes = simulator === undefined ? {} : { LOOPGPT_SIMULATOR_URL: simulator };
  if (second === 'off') {
    const lent = ['LOOPGPT_ALLOW_MOCK_IN_PRODUCTION', 'LOOPGPT_SIMULATOR_URL'].filter((name) => name in settings.set);
    return first === 'all' ? Object.fromEntries(lent.map((name) => [name, null])) : beside;
  }
  if (!settings.production || settings.inForce.LOOPGPT_ALLOW_MOCK_IN_PRODUCTION === 'true') return beside;
  if (!confirm) await confirmed();
  return { ...beside, LOOPGPT_ALLOW_MOCK_IN_PRODUCTION: 'true' };
}

async function confirmed(): Promise<void> {
  const warning = 'This is production: callers would be given simulated prices, each marked as simulated.';
  if (!process.stdin.isTTY) throw new Misuse(`${warning} Say --confirm to do it.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const word = await terminal.question(`${warning} Type mock to do it: `);
  terminal.close();
  if (word.trim() !== 'mock') throw new Misuse('Nothing was changed.');
}

/** Each under the name that the procedures here take. */
function named(answer: object): object {
  const { data } = answer as { data: { id: string; state: string; healthy: boolean; timeoutMs: number | null }[] };
  return {
    data: data.map(({ id, state, healthy, timeoutMs }) => {
      const card = CARDS.find((one) => one.id === id);
      return { name: card?.prefix.toLowerCase() ?? id, id, kind: card?.kind ?? null, state, healthy, timeoutMs };
    }),
  };
}

async function main(): Promise<void> {
  helpOn(USAGE);
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      why: { type: 'string' },
      simulator: { type: 'string' },
      preview: { type: 'boolean', default: false },
      confirm: { type: 'boolean', default: false },
      untried: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      kind: { type: 'string' },
    },
  });
  const [procedure = '', ...rest] = positionals;
  const most = WORDS.get(procedure);
  if (most === undefined) throw new Misuse(procedure === '' ? USAGE : `"${procedure}" is no procedure.\n\n${USAGE}`);
  for (const [option, only] of Object.entries(ONLY_FOR)) {
    if (values[option as keyof typeof values] && procedure !== only) throw new Misuse(`--${option} is for ${only}`);
  }
  noMoreThan(values.all ? 0 : most, rest);
  const changes = changesOf(positionals, values.all);
  if (values.preview && !changes && procedure !== 'redrive') throw new Misuse(`${procedure} has no preview`);
  const url = productUrl(values.url);
  const call = async (method: 'GET' | 'PATCH' | 'POST', path: string, body?: object, version?: number) => {
    const key = process.env.OPS_API_KEY;
    const said = await asked(url + path, {
      method,
      headers: {
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      },
      body: body && JSON.stringify(body),
    });
    if (said.status >= 400) {
      const hint = said.status === 401 ? '\nPut a key with the scope admin into OPS_API_KEY.' : '';
      throw new Misuse(refusalOf(said) + hint);
    }
    return said.body;
  };
  const settings = async () => (await call('GET', '/admin/v1/settings')) as unknown as Settings;
  const why = values.why ?? `npm run ops -- ${positionals.join(' ')}`;
  const { untried } = values;
  const run = async () => {
    const read = READ.get(procedure);
    if (read !== undefined) return call('GET', read);
    if (procedure === 'providers') return named(await call('GET', '/v1/providers'));
    if (procedure === 'logs') {
      const provider = rest[0] ? `&provider=${CARDS.find(({ prefix }) => prefix === providerOf(rest[0]))!.id}` : '';
      return call('GET', `/admin/v1/edge-logs?limit=100${provider}${values.kind ? `&kind=${values.kind}` : ''}`);
    }
    if (procedure === 'dead-letters') {
      return call('GET', `/admin/v1/dead-letters?waiting=true&limit=100${rest[0] ? `&topic=${rest[0]}` : ''}`);
    }
    if (procedure === 'redrive') {
      const topic = rest[0] ? { topic: rest[0] } : {};
      return call('POST', '/admin/v1/dead-letters/redrive', { ...topic, dryRun: values.preview, why });
    }
    const present = await settings();
    if (procedure === 'undo') {
      const act = encodeURIComponent(given(rest[0], 'the act'));
      return call('POST', `/admin/v1/acts/${act}/undo`, { why, untried }, present.version);
    }
    const back = procedure === 'reset' && values.all ? Object.keys(present.set) : [];
    if (values.all && procedure === 'reset' && back.length === 0)
      throw new Misuse('Nothing is set over the environment.');
    const taken = Object.fromEntries(back.map((name) => [name, null]));
    const all = { ...changes, ...taken, ...(await mockChanges(positionals, present, values)) };
    return values.preview
      ? call('POST', '/admin/v1/settings/preview', { changes: all, why })
      : call('PATCH', '/admin/v1/settings', { changes: all, why, untried }, present.version);
  };
  const told = await run();
  // Whoever reads it through a pipe is a program.
  const isForPeople = process.stdout.isTTY === true && !values.json;
  console.log(isForPeople ? toldToPeople(viewOf(procedure, told)) : JSON.stringify(told, null, 2));
}

main().catch((error: unknown) => {
  console.error(sentenceOf(error));
  process.exit(error instanceof Misuse ? 1 : 2);
});
