import type { Config, InForce } from '../../../config.js';
import {
  LONGEST_DEADLINE_MS,
  QUOTING_SOURCES,
  ROTATIONS,
  SECRET_SWITCHES,
  SWITCHES,
  TELLING_MS,
  VARIABLES,
  WEIGHTS,
  halfCredentials,
} from '../../../environment.js';

const TIMEOUTS = QUOTING_SOURCES.map((one) => `LOOPGPT_${one}_TIMEOUT`);

/** Texts as the environment would have them; null takes a value back. */
export type SwitchTexts = Readonly<Record<string, string>>;
export type SwitchChanges = Readonly<Record<string, string | null>>;

type Setting = Pick<Config, 'values' | 'production'>;
interface Schema {
  safeParse(
    text: string,
  ): { success: true; data: unknown } | { success: false; error: { issues: { message: string }[] } };
}
const SCHEMAS: Readonly<Record<string, Schema>> = VARIABLES;
/**
 * What operators may change while the product runs, under the names the environment has for it. A set value goes over the
 * environment's; null takes it back.
 */
const NAMES: ReadonlySet<string> = new Set([...SWITCHES, ...SECRET_SWITCHES]);
const SECRETS: ReadonlySet<string> = new Set(SECRET_SWITCHES);

/** Stored sealed and never shown. */
export const isSecret = (name: string): boolean => SECRETS.has(name);

interface Fault {
  name: string;
  detail: string;
}

/**
 * What is wrong with changes to the texts that are set, one sentence each under the name it is about; the values of secrets are not
 * repeated.
 */
export function faultsOf(changes: SwitchChanges, config: Config, texts: SwitchTexts = {}): Fault[] {
  const faults = Object.entries(changes).flatMap(([name, text]) => faultOf(name, text) ?? []);
  if (faults.length > 0) return faults;
  const after = changed(texts, changes);
  return [...mockFaults(changes, after, config), ...halves(changes, after, config), ...tooLong(changes)];
}

function faultOf(name: string, text: string | null): Fault | null {
  if (!NAMES.has(name)) return { name, detail: `is no switch; those there are: ${[...NAMES].join(', ')}` };
  if (text === null) return null;
  const parsed = SCHEMAS[name]!.safeParse(text);
  return parsed.success ? null : { name, detail: parsed.error.issues.map(({ message }) => message).join('; ') };
}

function mockFaults(changes: SwitchChanges, after: SwitchTexts, config: Config): Fault[] {
  if (!config.production || allowsMock(after, config)) return [];
  const detail = 'production refuses mock mode without LOOPGPT_ALLOW_MOCK_IN_PRODUCTION=true';
  return Object.entries(changes)
    .filter(([name, text]) => name.endsWith('_MOCK') && text !== null && isTrue(name, text))
    .map(([name]) => ({ name, detail }));
}

function halves(changes: SwitchChanges, after: SwitchTexts, config: Config): Fault[] {
  return halfCredentials(overlaid(config, after))
    .filter(({ has, lacks }) => has in changes || lacks in changes)
    .map(({ has, lacks }) => {
      const [name, other] = has in changes ? [has, lacks] : [lacks, has];
      return { name, detail: `is half a credential with ${other}; set both or none` };
    });
}

function tooLong(changes: SwitchChanges): Fault[] {
  return TIMEOUTS.filter((name) => {
    const limit = Number(changes.LOOPGPT_DEADLINE_MS ?? LONGEST_DEADLINE_MS);
    return changes[name] != null && Number(changes[name]) > limit;
  }).map((name) => ({
    name,
    detail: `is above ${changes.LOOPGPT_DEADLINE_MS == null ? 'the longest deadline there is' : 'the deadline set beside it'}, at which nobody waits for it any more`,
  }));
}

/**
 * The changes with what follows from them, so that the later act wins: a preset takes back the weights that were set one by one before it,
 * a timeout above the deadline lifts that, and what a credential was is kept beside a new one. Whatever the act names itself stays as it says.
 */
export function completed(changes: SwitchChanges, texts: SwitchTexts, config: Config): SwitchChanges {
  const more = new Map<string, string | null>();
  for (const [name, text] of keptOfRotations(changes, texts, config)) more.set(name, text);
  if (changes.LOOPGPT_PRESET != null) for (const name of WEIGHTS) if (name in texts) more.set(name, null);
  const longest = Math.max(...TIMEOUTS.map((name) => Number(changes[name] ?? 0)));
  const needed = Math.min(longest + TELLING_MS, LONGEST_DEADLINE_MS);
  if (longest > overlaid(config, changed(texts, changes)).LOOPGPT_DEADLINE_MS) {
    more.set('LOOPGPT_DEADLINE_MS', String(needed));
  }
  return { ...Object.fromEntries(more), ...changes };
}

/** Of every credential that is changed what all its parts were, which go together; nothing any more of one that is taken back. */
function keptOfRotations(changes: SwitchChanges, texts: SwitchTexts, config: Config): Map<string, string | null> {
  const present = overlaid(config, texts) as Readonly<Record<string, unknown>>;
  const kept = new Map<string, string | null>();
  for (const parts of ROTATIONS) {
    const given = parts.filter(({ name }) => name in changes);
    const isRotated = given.some(({ name }) => changes[name] !== null && changes[name] !== present[name]);
    const isTakenBack = given.some(({ name }) => changes[name] === null);
    for (const { name, previous } of parts) {
      if (isRotated && present[name] !== undefined) kept.set(previous, String(present[name]));
      else if (isTakenBack && previous in texts) kept.set(previous, null);
    }
  }
  return kept;
}

/** The set texts after a change. */
export function changed(texts: SwitchTexts, changes: SwitchChanges): SwitchTexts {
  const next = new Map(Object.entries(texts));
  for (const [name, text] of Object.entries(changes)) {
    if (text === null) next.delete(name);
    else next.set(name, text);
  }
  return Object.fromEntries([...next].sort(([left], [right]) => (left < right ? -1 : 1)));
}

function isTrue(name: string, text: string): boolean {
  const parsed = SCHEMAS[name]!.safeParse(text);
  return parsed.success && parsed.data === true;
}

function allowsMock(texts: SwitchTexts, { values }: Setting): boolean {
  const name = 'LOOPGPT_ALLOW_MOCK_IN_PRODUCTION';
  const text = texts[name];
  return text === undefined ? values[name] : isTrue(name, text);
}

/**
 * The environment's values with the set texts over them. Left out are a text that an older or newer version wrote and this one cannot
 * read, and a mock mode that was set while it was allowed and is not any more.
 */
export function overlaid(config: Setting, texts: SwitchTexts): InForce {
  const refusesMock = config.production && !allowsMock(texts, config);
  const over = Object.entries(texts).flatMap(([name, text]) => {
    const parsed = NAMES.has(name) ? SCHEMAS[name]!.safeParse(text) : null;
    const isRefused = refusesMock && name.endsWith('_MOCK') && parsed?.success && parsed.data === true;
    return parsed?.success && !isRefused ? [[name, parsed.data] as const] : [];
  });
  const set = new Set(over.map(([name]) => name));
  return { ...config.values, ...Object.fromEntries(over), ...(set.size > 0 ? { set } : {}) };
}

/** The changes that lead from one set of texts back to another. */
export function wayBack(from: SwitchTexts, to: SwitchTexts): SwitchChanges {
  const names = new Set([...Object.keys(from), ...Object.keys(to)]);
  return Object.fromEntries(
    [...names].filter((name) => from[name] !== to[name]).map((name) => [name, to[name] ?? null]),
  );
}
