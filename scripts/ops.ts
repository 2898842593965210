import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { SOURCES } from '../src/environment.js';
import { toldToPeople } from './support/table.js';
import { Misuse, asked, helpOn, productUrl, refusalOf, sentenceOf } from './support/terminal.js';

const PROVIDERS = SOURCES.join(', ').toLowerCase();

/**
 * npm run ops -- <procedure>: what operators do without a redeploy, through the admin API of a running product, each act on record. It needs
 * a key with the scope `admin` in OPS_API_KEY (none in development). Secrets are read from standard input, never from arguments.
 */
const USAGE = `npm run ops -- <procedure> [--url http://127.0.0.1:3000] [--why "for the record"] [--preview] [--json]
(in the image: node dist/scripts/ops.js <procedure>)

  show                              what is set over the environment, and what is in force
  health                            each provider's state
  scorecard                         each provider's speed, failures and wins over an hour, a day and a week
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
  reset <NAME>...                   back to the environment's value
  acts                              who changed what, when and why
  undo <act>                        take one act back
  dead-letters [topic]              what could not be handled
  redrive [topic]                   put it back, the oldest 100; --preview only counts`;

const SWITCH: Readonly<Record<string, string>> = { on: 'true', off: 'false' };

type Changes = Record<string, string | null>;

function providerOf(name = ''): string {
  const provider = name.toUpperCase();
  if (!(SOURCES as readonly string[]).includes(provider)) throw new Misuse(`"${name}" is no provider: ${PROVIDERS}`);
  return provider;
}

function onOff(word = ''): string {
  const text = SWITCH[word];
  if (text === undefined) throw new Misuse(`say on or off, not "${word}"`);
  return text;
}

function given(word: string | undefined, what: string): string {
  if (!word) throw new Misuse(`name ${what}`);
  return word;
}

/** The switches a procedure sets, or null when it is none that sets switches. */
function changesOf([procedure, first, second, ...rest]: readonly string[]): Changes | null {
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
    case 'rotate':
      return secretsFor([first, second, ...rest].filter((name) => name !== undefined));
    case 'reset':
      return Object.fromEntries(
        [given(first, 'a switch'), second, ...rest].filter(Boolean).map((name) => [name!, null]),
      );
    default:
      return null;
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
    },
  });
  const [procedure = '', ...rest] = positionals;
  const changes = changesOf(positionals);
  if (!changes && !['show', 'health', 'scorecard', 'acts', 'undo', 'dead-letters', 'redrive'].includes(procedure))
    throw new Misuse(procedure === '' ? USAGE : `"${procedure}" is no procedure.\n\n${USAGE}`);
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
    if (procedure === 'show') return settings();
    if (procedure === 'health') return call('GET', '/v1/providers');
    if (procedure === 'scorecard') return call('GET', '/admin/v1/scorecard');
    if (procedure === 'acts') return call('GET', '/admin/v1/acts');
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
    const all = { ...changes, ...(await mockChanges(positionals, present, values)) };
    return values.preview
      ? call('POST', '/admin/v1/settings/preview', { changes: all, why })
      : call('PATCH', '/admin/v1/settings', { changes: all, why, untried }, present.version);
  };
  const told = await run();
  // Whoever reads it through a pipe is a program.
  const isForPeople = process.stdout.isTTY === true && !values.json;
  console.log(isForPeople ? toldToPeople(told) : JSON.stringify(told, null, 2));
}

main().catch((error: unknown) => {
  console.error(sentenceOf(error));
  process.exit(error instanceof Misuse ? 1 : 2);
});
