import { readFileSync } from 'node:fs';
import { ConfigError, readConfig } from './read-config.js';

const BASE = { LOOPGPT_ENV: 'test', DATABASE_URL: 'postgres://user:hunter2@localhost/db' };
const problemsOf = (env: Record<string, string>): string[] => {
  try {
    readConfig({ ...BASE, ...env });
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return [...(error as ConfigError).problems];
  }
};

describe('configuration', () => {
  it('has the documented defaults', () => {
    const { values, roles } = readConfig(BASE);
    expect(values).toMatchObject({
      LOOPGPT_SCORE_PRIORITY_WEIGHT: 1,
      LOOPGPT_SCORE_PRICE_WEIGHT: 0.3,
      LOOPGPT_SCORE_SPEED_WEIGHT: 0.15,
      LOOPGPT_SCORE_COMMISSION_WEIGHT: 0.2,
      LOOPGPT_SCORE_AVAILABILITY_WEIGHT: 0.25,
      LOOPGPT_SCORE_RELIABILITY_WEIGHT: 0.1,
      LOOPGPT_KROGER_TIMEOUT: 10000,
      LOOPGPT_MEALME_TIMEOUT: 8000,
    });
    expect([...roles].sort()).toEqual(['aggregator', 'api', 'notifier', 'planner', 'quotes']);
  });

  it('reads the names of the former optimizer, today’s over them', () => {
    const values = (env: Record<string, string>) => readConfig({ ...BASE, ...env }).values;
    expect(values({ API_TIMEOUT_SECONDS: '30' }).LOOPGPT_SALLING_TIMEOUT).toBe(30_000);
    expect(values({ API_TIMEOUT_SECONDS: '30', LOOPGPT_SALLING_TIMEOUT: '900' }).LOOPGPT_SALLING_TIMEOUT).toBe(900);
    expect(values({ CACHE_TTL_SECONDS: '3600' }).CACHE_TTL_SECONDS).toBe(3600);
    expect(values({ CACHE_TTL_SECONDS: '3600', ENABLE_CACHING: 'false' }).CACHE_TTL_SECONDS).toBe(0);
    expect(values({ ENABLE_AI_MEAL_SUGGESTIONS: 'false' }).LOOPGPT_AI_MODEL).toBe('none');
    expect(problemsOf({ MAX_CONCURRENT_REQUESTS: '0' })).toHaveLength(1);
  });

  it('names an unknown variable, a bad value and what is allowed, all at once', () => {
    const problems = problemsOf({ LOOPGPT_TYPO: '1', LOOPGPT_KROGER_TIMEOUT: 'soon', LOOPGPT_ENABLE_KROGER: 'maybe' });
    expect(problems).toHaveLength(3);
    expect(problems[0]).toContain('LOOPGPT_TYPO is not a known variable');
    expect(problems.join('\n')).toMatch(/LOOPGPT_KROGER_TIMEOUT is "soon"; allowed: /);
    expect(problems.join('\n')).toMatch(/LOOPGPT_ENABLE_KROGER is "maybe"; allowed: /);
  });

  it.each(['KROGER_CLIENTID', 'WALMART_APIKEY', 'MEALME_KEY', 'INSTACART_API_TOKEN', 'SALLING_API_KEY', 'SPOTIFY_ID'])(
    'names %s, which is a misspelt variable of a provider',
    (name) => expect(problemsOf({ [name]: 'x' })).toEqual([`${name} is not a known variable; see .env.example`]),
  );

  it.each([
    ['KROGER_CLIENT_ID', 'KROGER_CLIENT_SECRET'],
    ['KROGER_CLIENT_SECRET', 'KROGER_CLIENT_ID'],
    ['WALMART_API_KEY', 'WALMART_PARTNER_ID'],
    ['WALMART_PARTNER_ID', 'WALMART_API_KEY'],
    ['SPOTIFY_CLIENT_ID', 'SPOTIFY_CLIENT_SECRET'],
  ])('refuses %s without %s, and an empty one is none', (has, lacks) => {
    const problem = `${lacks} is missing: ${has} alone is half a credential; set both or none`;
    expect(problemsOf({ [has]: 'x' })).toEqual([problem]);
    expect(problemsOf({ [has]: 'x', [lacks]: '' })).toEqual([problem]);
    expect(problemsOf({ [has]: 'x', [lacks]: 'y' })).toEqual([]);
  });

  it.each([
    ['{', 'it is not JSON'],
    ['{"id":"x","by":"tenant","arms":{"control":{"share":50}}}', 'arms: an arm control and one to five others'],
    ['{"id":"x","arms":{}}', 'by: Invalid option'],
  ])('refuses the experiment %s, and says what is wrong with it', (text, fault) => {
    const problems = problemsOf({ LOOPGPT_EXPERIMENT: text });
    expect(problems).toEqual([expect.stringMatching(/^LOOPGPT_EXPERIMENT is not sound: .*; docs\/experiments.md has/)]);
    expect(problems[0]).toContain(fault);
  });

  it('takes the experiment that docs/experiments.md shows', () => {
    const page = readFileSync('docs/experiments.md', 'utf8');
    const shown = /<<'END'\n([^]*?)\nEND/.exec(page)![1]!;
    expect(problemsOf({ LOOPGPT_EXPERIMENT: shown })).toEqual([]);
  });

  it('lifts the deadline to a longer timeout, and refuses a timeout above a deadline that was set', () => {
    const deadlineOf = (env: Record<string, string>) => readConfig({ ...BASE, ...env }).values.LOOPGPT_DEADLINE_MS;
    expect(deadlineOf({})).toBe(10_500);
    expect(deadlineOf({ LOOPGPT_KROGER_TIMEOUT: '15000' })).toBe(15_500);
    expect(deadlineOf({ LOOPGPT_DEADLINE_MS: '3000' })).toBe(3000);
    expect(problemsOf({ LOOPGPT_KROGER_TIMEOUT: '15000', LOOPGPT_DEADLINE_MS: '9000' })[0]).toMatch(
      /LOOPGPT_KROGER_TIMEOUT is 15000, above LOOPGPT_DEADLINE_MS \(9000\)/,
    );
    expect(problemsOf({ LOOPGPT_KROGER_TIMEOUT: '40000' })[0]).toMatch(/to 30000 at most/);
  });

  it('never repeats a secret in an error', () => {
    const problems = problemsOf({ LOOPGPT_SECRET_KEY: 'hunter3', REDIS_URL: 'http://user:hunter4@x' });
    expect(problems.length).toBeGreaterThanOrEqual(2);
    expect(problems.join('\n')).not.toMatch(/hunter/);
  });

  it('takes the secret keys of before a rotation, and hides one that is none', () => {
    const keys = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const listed = keys.map((key) => key.toString('base64')).join(',');
    expect(readConfig({ ...BASE, LOOPGPT_PREVIOUS_SECRET_KEYS: listed }).previousSecretKeys).toEqual(keys);
    const problems = problemsOf({ LOOPGPT_PREVIOUS_SECRET_KEYS: 'hunter5' });
    expect(problems).toHaveLength(1);
    expect(problems[0]).not.toMatch(/hunter/);
  });

  it('refuses split roles without Kafka and Redis, and says what is missing', () => {
    const problems = problemsOf({ ROLES: 'api' });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['KAFKA_BROKERS', 'REDIS_URL']);
    expect(problemsOf({ ROLES: 'api', KAFKA_BROKERS: 'localhost:9092', REDIS_URL: 'redis://localhost' })).toEqual([]);
    expect(problemsOf({ ROLES: 'cook' }).join()).toMatch(/ROLES is "cook"; allowed: all, or a comma list of api/);
  });

  it('takes a crash point in the suites alone; for all others it is no variable', () => {
    const url = { DATABASE_URL: 'postgres://localhost/x' };
    const inTest = { ...url, LOOPGPT_ENV: 'test' };
    expect(readConfig({ ...inTest, CRASH_AT: 'api.pre_commit:3' }).crashAt).toEqual({
      point: 'api.pre_commit',
      hit: 3,
    });
    expect(() => readConfig({ ...inTest, CRASH_AT: 'api.lunch' })).toThrow('CRASH_AT is "api.lunch"');
    for (const env of ['development', 'production']) {
      const refused = () => readConfig({ ...url, LOOPGPT_ENV: env, CRASH_AT: 'api.pre_commit' });
      expect(refused).toThrow('CRASH_AT is not a known variable');
    }
  });

  it('refuses in production what only development may have, unless allowed by name', () => {
    const production = {
      LOOPGPT_ENV: 'production',
      LOOPGPT_SECRET_KEY: Buffer.from('0123456789abcdef0123456789abcdef').toString('base64'),
    };
    expect(problemsOf({ LOOPGPT_ENV: 'production' }).join()).toContain('LOOPGPT_SECRET_KEY is missing');
    expect(problemsOf({ ...production, LOOPGPT_KROGER_MOCK: 'true' }).join()).toContain('LOOPGPT_KROGER_MOCK is true');
    expect(
      problemsOf({ ...production, LOOPGPT_KROGER_MOCK: 'true', LOOPGPT_ALLOW_MOCK_IN_PRODUCTION: 'true' }).join(),
    ).toContain('LOOPGPT_SIMULATOR_URL is missing');
    expect(
      problemsOf({
        ...production,
        LOOPGPT_KROGER_MOCK: 'true',
        LOOPGPT_ALLOW_MOCK_IN_PRODUCTION: 'true',
        LOOPGPT_SIMULATOR_URL: 'http://simulator:4000',
      }),
    ).toEqual([]);
    expect(problemsOf({ ...production, LOOPGPT_WEBHOOK_ALLOW_PRIVATE: 'true' })).toHaveLength(1);
    expect(problemsOf({ ...production, LOOPGPT_BULL_BOARD: 'true' }).join()).toContain('LOOPGPT_ADMIN_PASSWORD');
  });
});

describe('what would let others in', () => {
  const production = { LOOPGPT_ENV: 'production', LOOPGPT_SECRET_KEY: 'ZkYyaTZ2d2w3cHhJb2RxN2NtVGh0Z0hOR3ZzYTZKVjk=' };

  it.each([
    ['that of development', Buffer.alloc(32, 'development only ')],
    ['nothing but zeros', Buffer.alloc(32)],
    ['one byte again and again', Buffer.alloc(32, 0x61)],
    ['a word again and again', Buffer.from('development-development-develop!')],
  ])('production refuses a secret key that is %s, before a rotation too', (_, key) => {
    const text = key.toString('base64');
    expect(problemsOf({ ...production, LOOPGPT_SECRET_KEY: text }).join()).toContain('others can guess');
    expect(problemsOf({ ...production, LOOPGPT_PREVIOUS_SECRET_KEYS: text }).join()).toContain('others can guess');
    expect(problemsOf({ LOOPGPT_SECRET_KEY: text })).toEqual([]);
  });

  it.each(['development', 'admin-password', 'changeme-secret', 'aaaaaaaaaaaaaaaa', 'Password123456'])(
    'production refuses %s as a password of the board',
    (password) => {
      for (const name of ['LOOPGPT_ADMIN_PASSWORD', 'LOOPGPT_READER_PASSWORD']) {
        const [problem] = problemsOf({ ...production, [name]: password });
        expect(problem).toContain(`${name} is one that others can guess`);
        expect(problem).not.toContain(password);
        expect(problemsOf({ [name]: password })).toEqual([]);
      }
      expect(problemsOf({ ...production, LOOPGPT_ADMIN_PASSWORD: 'o7Tq-2vK9-xwEr' })).toEqual([]);
    },
  );

  it.each(['0.0.0.0', '::', '192.168.0.7', 'shop.example'])('only production listens on %s unless told', (HOST) => {
    for (const LOOPGPT_ENV of ['development', 'test']) {
      expect(problemsOf({ LOOPGPT_ENV, HOST }).join()).toContain('LOOPGPT_ALLOW_OPEN=true');
      expect(problemsOf({ LOOPGPT_ENV, HOST, LOOPGPT_ALLOW_OPEN: 'true' })).toEqual([]);
    }
    expect(problemsOf({ ...production, HOST })).toEqual([]);
  });

  it.each(['127.0.0.1', '127.0.0.2', 'localhost', '::1'])('development listens on %s', (HOST) => {
    expect(problemsOf({ HOST })).toEqual([]);
  });

  it('production keeps /metrics to itself', () => {
    expect(readConfig({ ...BASE }).metricsPublic).toBe(true);
    expect(readConfig({ ...BASE, ...production }).metricsPublic).toBe(false);
    expect(readConfig({ ...BASE, ...production, LOOPGPT_METRICS_PUBLIC: 'true' }).metricsPublic).toBe(true);
  });
});
