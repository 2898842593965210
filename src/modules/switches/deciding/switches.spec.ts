import { readConfig } from '../../../read-config.js';
import { changed, completed, faultsOf, overlaid, wayBack } from './switches.js';

const development = readConfig({ LOOPGPT_ENV: 'development', DATABASE_URL: 'postgres://localhost/x' });
const production = readConfig({
  LOOPGPT_ENV: 'production',
  LOOPGPT_SECRET_KEY: 'Jr0Vx7o1mT3yKq9wZs5uBd8eHf2gLa6cNp4iXk0RtQE=',
  DATABASE_URL: 'postgres://localhost/x',
});
const namesOf = (changes: Record<string, string | null>, config = development) =>
  faultsOf(changes, config).map(({ name }) => name);

describe('switches', () => {
  it('go over the environment and are taken back by null', () => {
    const set = changed({}, { LOOPGPT_KROGER_TIMEOUT: '12000', LOOPGPT_ENABLE_WALMART: 'false' });
    const values = overlaid(development, set);
    expect(values.LOOPGPT_KROGER_TIMEOUT).toBe(12_000);
    expect(values.LOOPGPT_ENABLE_WALMART).toBe(false);
    expect(values.LOOPGPT_MEALME_TIMEOUT).toBe(development.values.LOOPGPT_MEALME_TIMEOUT);
    const back = changed(set, { LOOPGPT_ENABLE_WALMART: null });
    expect(back).toEqual({ LOOPGPT_KROGER_TIMEOUT: '12000' });
    expect(overlaid(development, back).LOOPGPT_ENABLE_WALMART).toBe(true);
  });

  it('are held to the schemas of the environment, and the values of secrets are not repeated', () => {
    expect(namesOf({ LOOPGPT_KROGER_TIMEOUT: '5' })).toEqual(['LOOPGPT_KROGER_TIMEOUT']);
    expect(namesOf({ LOOPGPT_PRESET: 'cheapest' })).toEqual(['LOOPGPT_PRESET']);
    expect(namesOf({ DATABASE_URL: 'postgres://elsewhere/x' })).toEqual(['DATABASE_URL']);
    expect(namesOf({ __proto__x: '1', LOOPGPT_SCORE_PRICE_WEIGHT: '0.5' })).toEqual(['__proto__x']);
    const long = 'secret'.repeat(5000);
    expect(JSON.stringify(faultsOf({ MEALME_API_KEY: long }, development))).not.toContain('secretsecret');
  });

  it('refuse mock mode in production unless it is allowed by name', () => {
    expect(namesOf({ LOOPGPT_KROGER_MOCK: 'true' })).toEqual([]);
    expect(namesOf({ LOOPGPT_KROGER_MOCK: 'true' }, production)).toEqual(['LOOPGPT_KROGER_MOCK']);
    expect(namesOf({ LOOPGPT_KROGER_MOCK: 'false' }, production)).toEqual([]);
  });

  it('leave a mock mode that was set while it was allowed out of a production that refuses it', () => {
    const set = { LOOPGPT_KROGER_MOCK: 'true', LOOPGPT_WALMART_MOCK: 'false', LOOPGPT_KROGER_TIMEOUT: '12000' };
    const refusing = overlaid(production, set);
    expect(refusing).toMatchObject({ LOOPGPT_WALMART_MOCK: false, LOOPGPT_KROGER_TIMEOUT: 12_000 });
    expect(refusing.LOOPGPT_KROGER_MOCK).toBeUndefined();
    const allowing = {
      production: true,
      values: { ...production.values, LOOPGPT_ALLOW_MOCK_IN_PRODUCTION: true },
    };
    expect(overlaid(allowing, set).LOOPGPT_KROGER_MOCK).toBe(true);
  });

  it('refuse half a credential, whichever half is set or taken back', () => {
    const whole = { KROGER_CLIENT_ID: 'id', KROGER_CLIENT_SECRET: 'secret' };
    expect(namesOf({ KROGER_CLIENT_ID: 'id' })).toEqual(['KROGER_CLIENT_ID']);
    expect(namesOf(whole)).toEqual([]);
    expect(faultsOf({ KROGER_CLIENT_SECRET: null }, development, whole)).toHaveLength(1);
    expect(faultsOf({ KROGER_CLIENT_SECRET: 'next' }, development, whole)).toEqual([]);
  });

  it('let mock mode into production by an act that allows it, and with it only', () => {
    const allowed = { LOOPGPT_KROGER_MOCK: 'true', LOOPGPT_ALLOW_MOCK_IN_PRODUCTION: 'true' };
    expect(namesOf(allowed, production)).toEqual([]);
    expect(overlaid(production, allowed).LOOPGPT_KROGER_MOCK).toBe(true);
    expect(overlaid(production, { LOOPGPT_KROGER_MOCK: 'true' }).LOOPGPT_KROGER_MOCK).toBeUndefined();
  });

  it('take weights back that were set before a preset, but not those set with it', () => {
    const texts = { LOOPGPT_SCORE_PRICE_WEIGHT: '0.9', LOOPGPT_SCORE_SPEED_WEIGHT: '0.2' };
    const changes = { LOOPGPT_PRESET: 'balanced', LOOPGPT_SCORE_SPEED_WEIGHT: '0.6' };
    expect(completed(changes, texts, development)).toEqual({ ...changes, LOOPGPT_SCORE_PRICE_WEIGHT: null });
    const weight = { LOOPGPT_SCORE_PRICE_WEIGHT: '0.7' };
    expect(completed(weight, { LOOPGPT_PRESET: 'price-first' }, development)).toEqual(weight);
  });

  it('lift the deadline to a longer timeout, and refuse one above a deadline set beside it or any there is', () => {
    const timeout = { LOOPGPT_KROGER_TIMEOUT: '15000' };
    expect(completed(timeout, {}, development)).toEqual({ ...timeout, LOOPGPT_DEADLINE_MS: '15500' });
    expect(completed(timeout, { LOOPGPT_DEADLINE_MS: '20000' }, development)).toEqual(timeout);
    expect(namesOf({ ...timeout, LOOPGPT_DEADLINE_MS: '9000' })).toEqual(['LOOPGPT_KROGER_TIMEOUT']);
    expect(namesOf({ LOOPGPT_KROGER_TIMEOUT: '45000' })).toEqual(['LOOPGPT_KROGER_TIMEOUT']);
    expect(namesOf({ LOOPGPT_SALLING_TIMEOUT: '45000' })).toEqual([]);
  });

  it('keep what a credential was beside a new one, all its parts, and let go of it when that is taken back', () => {
    const env = { LOOPGPT_ENV: 'development', DATABASE_URL: 'postgres://localhost/x' };
    const config = readConfig({ ...env, WALMART_PARTNER_ID: 'one', WALMART_API_KEY: 'old' });
    const next = { WALMART_API_KEY: 'new', WALMART_KEY_VERSION: '2' };
    const kept = {
      WALMART_PARTNER_ID_PREVIOUS: 'one',
      WALMART_API_KEY_PREVIOUS: 'old',
      WALMART_KEY_VERSION_PREVIOUS: '1',
    };
    expect(completed(next, {}, config)).toEqual({ ...next, ...kept });
    expect(completed({ WALMART_API_KEY: 'newer' }, { ...next, ...kept }, config)).toEqual({
      WALMART_API_KEY: 'newer',
      ...kept,
      WALMART_API_KEY_PREVIOUS: 'new',
      WALMART_KEY_VERSION_PREVIOUS: '2',
    });
    expect(completed({ WALMART_API_KEY: 'new' }, { ...next, ...kept }, config)).toEqual({ WALMART_API_KEY: 'new' });
    const back = { WALMART_API_KEY: null, WALMART_KEY_VERSION: null };
    const gone = Object.fromEntries(Object.keys(kept).map((name) => [name, null]));
    expect(completed(back, { ...next, ...kept }, config)).toEqual({ ...back, ...gone });
    // The first there ever was follows nothing.
    const first = { KROGER_CLIENT_ID: 'id', KROGER_CLIENT_SECRET: 'secret' };
    expect(completed(first, {}, config)).toEqual(first);
  });

  it('leave out a stored text that cannot be read any more', () => {
    const values = overlaid(development, { LOOPGPT_PRESET: 'of-another-version', LOOPGPT_GONE: '1' });
    expect(values).toEqual(development.values);
  });

  it('know the way back', () => {
    const before = { A: '1', B: '2' };
    const after = { B: '3', C: '4' };
    expect(wayBack(after, before)).toEqual({ A: '1', B: '2', C: null });
    expect(changed(after, wayBack(after, before))).toEqual(before);
  });
});
