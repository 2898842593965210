import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { request } from 'undici';
import { SOURCES } from '../src/environment.js';

/**
 * npm run ops -- <procedure>: what operators do without a redeploy, through the admin API of a running product, each act on record. It needs
 * a key with the scope `admin` in OPS_API_KEY (none in development). Secrets are read from standard input, never from arguments.
 */
const USAGE = `npm run ops -- <procedure> [--url http://127.0.0.1:3000] [--why "for the record"] [--preview]

  show                              what is set over the environment
  health                            each provider's state
  disable|enable <provider>         kroger, walmart, mealme, instacart or salling
  timeout <provider> <ms>
  mock <provider|all> <on|off>
  preset <name>                     balanced, price-first, revenue-first, speed-first
  weight <factor> <number>          priority, price, speed, commission, availability, reliability
  boost <kroger|walmart> <on|off>
  rotate <NAME>...                  credentials: one line NAME=value each on standard input
  reset <NAME>...                   back to the environment's value
  acts                              who changed what, when and why
  undo <act>                        take one act back
  dead-letters [topic]              what could not be handled
  redrive [topic]                   put it back, the oldest 100; --preview only counts`;

const SWITCH: Readonly<Record<string, string>> = { on: 'true', off: 'false' };

class Misuse extends Error {}
type Changes = Record<string, string | null>;

function providerOf(name = ''): string {
  const provider = name.toUpperCase();
  if (!(SOURCES as readonly string[]).includes(provider))
    throw new Misuse(`"${name}" is no provider: ${SOURCES.join(', ').toLowerCase()}`);
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

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      url: { type: 'string', default: 'http://127.0.0.1:3000' },
      why: { type: 'string' },
      preview: { type: 'boolean', default: false },
    },
  });
  const call = async (method: 'GET' | 'PATCH' | 'POST', path: string, body?: object, version?: number) => {
    const key = process.env.OPS_API_KEY;
    const answer = await request(values.url + path, {
      method,
      headers: {
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      },
      body: body && JSON.stringify(body),
      headersTimeout: 15_000,
      bodyTimeout: 15_000,
    });
    const said = (await answer.body.json()) as Record<string, unknown> & { version: number };
    if (answer.statusCode >= 400) throw new Misuse(`refused (${answer.statusCode}): ${JSON.stringify(said, null, 2)}`);
    return said;
  };
  const [procedure, ...rest] = positionals;
  const why = values.why ?? `npm run ops -- ${positionals.join(' ')}`;
  const changes = changesOf(positionals);
  const run = async () => {
    if (changes && values.preview) return call('POST', '/admin/v1/settings/preview', { changes, why });
    if (procedure === 'show') return call('GET', '/admin/v1/settings');
    if (procedure === 'health') return call('GET', '/v1/providers');
    if (procedure === 'acts') return call('GET', '/admin/v1/acts');
    if (procedure === 'dead-letters') {
      return call('GET', `/admin/v1/dead-letters?waiting=true&limit=100${rest[0] ? `&topic=${rest[0]}` : ''}`);
    }
    if (procedure === 'redrive') {
      const topic = rest[0] ? { topic: rest[0] } : {};
      return call('POST', '/admin/v1/dead-letters/redrive', { ...topic, dryRun: values.preview, why });
    }
    const { version } = await call('GET', '/admin/v1/settings');
    if (procedure === 'undo') return call('POST', `/admin/v1/acts/${given(rest[0], 'the act')}/undo`, { why }, version);
    return call('PATCH', '/admin/v1/settings', { changes, why }, version);
  };
  if (!changes && !['show', 'health', 'acts', 'undo', 'dead-letters', 'redrive'].includes(procedure ?? ''))
    throw new Misuse(USAGE);
  console.log(JSON.stringify(await run(), null, 2));
}

main().catch((error: unknown) => {
  console.error(error instanceof Misuse ? error.message : `The product did not answer: ${String(error)}`);
  process.exit(1);
});
