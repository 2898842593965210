import type { Config } from '../../config.js';
import { ENVIRONMENT, SOURCES } from '../../environment.js';

/**
 * What operators may change while the product runs, under the names the environment has for it. A set value goes over the
 * environment's; null takes it back. Pure.
 */
export const SWITCHES = [
  ...SOURCES.flatMap((one) => [`LOOPGPT_ENABLE_${one}`, `LOOPGPT_${one}_TIMEOUT`, `LOOPGPT_${one}_MOCK`]),
  'LOOPGPT_PRESET',
  ...['PRIORITY', 'PRICE', 'SPEED', 'COMMISSION', 'AVAILABILITY', 'RELIABILITY'].map(
    (one) => `LOOPGPT_SCORE_${one}_WEIGHT`,
  ),
  'LOOPGPT_PREFER_DIRECT_KROGER',
  'LOOPGPT_PREFER_DIRECT_WALMART',
] as const;
/** Stored sealed and never shown. */
export const SECRET_SWITCHES = [
  'KROGER_CLIENT_ID',
  'KROGER_CLIENT_SECRET',
  'WALMART_API_KEY',
  'WALMART_PARTNER_ID',
  'WALMART_KEY_VERSION',
  'MEALME_API_KEY',
  'INSTACART_API_KEY',
  'SALLING_GROUP_API_KEY',
] as const;

/** Texts as the environment would have them; null takes a value back. */
export type SwitchTexts = Readonly<Record<string, string>>;
export type SwitchChanges = Readonly<Record<string, string | null>>;

type Values = Config['values'];
type Setting = Pick<Config, 'values' | 'production'>;
interface Schema {
  safeParse(
    text: string,
  ): { success: true; data: unknown } | { success: false; error: { issues: { message: string }[] } };
}
const SCHEMAS: Readonly<Record<string, Schema>> = { ...ENVIRONMENT.routing, ...ENVIRONMENT.providers };
const NAMES: ReadonlySet<string> = new Set([...SWITCHES, ...SECRET_SWITCHES]);
const SECRETS: ReadonlySet<string> = new Set(SECRET_SWITCHES);

export const isSecret = (name: string): boolean => SECRETS.has(name);

/** What is wrong with changes, one sentence each under the name it is about; the values of secrets are not repeated. */
export function faultsOf(changes: SwitchChanges, config: Config): { name: string; detail: string }[] {
  return Object.entries(changes).flatMap(([name, text]) => {
    if (!NAMES.has(name)) return [{ name, detail: `is no switch; those there are: ${[...NAMES].join(', ')}` }];
    if (text === null) return [];
    const parsed = SCHEMAS[name]!.safeParse(text);
    if (!parsed.success) {
      return [{ name, detail: parsed.error.issues.map(({ message }) => message).join('; ') }];
    }
    if (refusesMock(name, parsed.data, config)) {
      return [{ name, detail: 'production refuses mock mode without LOOPGPT_ALLOW_MOCK_IN_PRODUCTION=true' }];
    }
    return [];
  });
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

function refusesMock(name: string, value: unknown, { production, values }: Setting): boolean {
  return name.endsWith('_MOCK') && value === true && production && !values.LOOPGPT_ALLOW_MOCK_IN_PRODUCTION;
}

/**
 * The environment's values with the set texts over them. Left out are a text that an older or newer version wrote and this one cannot
 * read, and a mock mode that was set while it was allowed and is not any more.
 */
export function overlaid(config: Setting, texts: SwitchTexts): Values {
  const over = Object.entries(texts).flatMap(([name, text]) => {
    const parsed = NAMES.has(name) ? SCHEMAS[name]!.safeParse(text) : null;
    return parsed?.success && !refusesMock(name, parsed.data, config) ? [[name, parsed.data] as const] : [];
  });
  return { ...config.values, ...Object.fromEntries(over) };
}

/** The changes that lead from one set of texts back to another. */
export function wayBack(from: SwitchTexts, to: SwitchTexts): SwitchChanges {
  const names = new Set([...Object.keys(from), ...Object.keys(to)]);
  return Object.fromEntries(
    [...names].filter((name) => from[name] !== to[name]).map((name) => [name, to[name] ?? null]),
  );
}
