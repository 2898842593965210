import { PinoLogger } from 'nestjs-pino';
import { z } from 'zod';
import { startSimulator, type Simulator } from '../../simulator/main.js';
import { Deadline } from '../../src/common/deadline.js';
import { readConfig } from '../../src/read-config.js';
import type { Database } from '../../src/platform/database/database.js';
import { AiLedger } from '../../src/platform/llm/ai-ledger.js';
import { LanguageModel, type Question } from '../../src/platform/llm/language-model.js';
import { Metrics } from '../../src/platform/telemetry/metrics.js';
import { createStores, migrated, rowsOf, type Stores } from '../support/stores.js';

const Draft = z.object({
  days: z.array(
    z.object({
      date: z.string(),
      meals: z.array(z.object({ slot: z.string(), recipeId: z.string(), servings: z.number() })),
    }),
  ),
});
type Draft = z.infer<typeof Draft>;

/** The real SDK against the stand-in over HTTP, and the real ledger: the gateway's promises, fault by fault. */
describe('the language model', () => {
  let stores: Stores;
  let database: Database;
  let simulator: Simulator;
  let asked = 0;

  beforeAll(async () => {
    stores = await createStores();
    simulator = await startSimulator({ port: 0, seed: 1, latency: { medianMs: 0, p99Ms: 0 } });
    database = await migrated(stores);
  }, 60_000);
  afterAll(async () => {
    await database?.close();
    await simulator?.close();
    await stores?.drop();
  });
  beforeEach(() => simulator.control.reset());

  const model = (env: Record<string, string> = {}): LanguageModel =>
    new LanguageModel(
      new AiLedger(database),
      new Metrics(),
      new PinoLogger({ pinoHttp: { level: 'silent' } }),
      readConfig({
        LOOPGPT_ENV: 'test',
        ANTHROPIC_API_KEY: 'simulated',
        ANTHROPIC_BASE_URL: `${simulator.url}/anthropic`,
        ...stores.env,
        ...env,
      }),
    );

  const question = (changes: Partial<Question<Draft>> = {}): Question<Draft> => ({
    tenantId: 'ten_a',
    subject: `plan_${++asked}`,
    promptVersion: 'test-1',
    maxCents: 5,
    instructions: ['Draft the days.', JSON.stringify({ recipes: [{ id: 'soup', meals: ['dinner'] }] })],
    data: { days: [{ date: '2026-01-01', slots: ['dinner'] }], people: [{}], number: asked },
    answer: Draft,
    maxTokens: 400,
    ...changes,
  });
  const soon = () => Deadline.in(5000);
  const callsOf = (subject: string) =>
    rowsOf<{ status: string; reason: string | null; model: string; cost: number; hit: boolean; tries: number }>(
      stores.adminUrl,
      `SELECT status, reason, model, cost_micro_usd::int AS cost, cache_hit AS hit, tries FROM ai_calls
       WHERE subject = $1 ORDER BY created_at`,
      [subject],
    );
  const httpCalls = async () =>
    (await simulator.control.log()).filter(({ provider }) => provider === 'ANTHROPIC').length;

  it('answers in the asked shape, books what it cost and keeps no word of the question', async () => {
    const one = question();
    const answer = await model().ask(one, soon());
    expect(answer).toMatchObject({ ok: true, model: 'claude-haiku-5-5', cacheHit: false });
    expect(answer.ok && answer.value.days[0]!.meals[0]!.recipeId).toBe('soup');
    expect(answer.microUsd).toBeGreaterThan(0);
    expect(await callsOf(one.subject)).toMatchObject([{ status: 'completed', cost: answer.microUsd, tries: 1 }]);
    expect(JSON.stringify(await rowsOf(stores.adminUrl, 'SELECT * FROM ai_calls'))).not.toContain('Draft the days');
  });

  it('does not pay twice for the same question within the hour, and never shares it between tenants', async () => {
    const one = question({ data: { days: [{ date: '2026-02-02', slots: ['dinner'] }], people: [{}] } });
    const first = await model().ask(one, soon());
    const second = await model().ask({ ...one, subject: 'plan_again' }, soon());
    expect(second).toEqual({ ...first, cacheHit: true, microUsd: 0, tokens: 0 });
    const stranger = await model().ask({ ...one, tenantId: 'ten_b', subject: 'plan_stranger' }, soon());
    expect(stranger).toMatchObject({ ok: true, cacheHit: false });
    expect(await callsOf('plan_again')).toMatchObject([{ status: 'completed', hit: true, cost: 0 }]);
    expect(await httpCalls()).toBe(2);
  });

  it.each(['status429', 'overloaded529', 'error500'] as const)('tries again after %s', async (mode) => {
    await simulator.control.setFault('ANTHROPIC', { mode, count: 2 });
    const one = question();
    expect(await model().ask(one, Deadline.in(8000))).toMatchObject({ ok: true, model: 'claude-haiku-5-5' });
    expect(await callsOf(one.subject)).toMatchObject([{ status: 'completed', tries: 3 }]);
  });

  it('asks the fallback when three tries were not enough, each with a row of its own', async () => {
    await simulator.control.setFault('ANTHROPIC', { mode: 'overloaded529', count: 3 });
    const one = question();
    expect(await model().ask(one, Deadline.in(8000))).toMatchObject({ ok: true, model: 'claude-haiku-4-5' });
    expect(await callsOf(one.subject)).toMatchObject([
      { status: 'failed', reason: 'overloaded', cost: 0, tries: 3 },
      { status: 'completed', model: 'claude-haiku-4-5', tries: 1 },
    ]);
  });

  it.each([
    ['refusal', 'refused'],
    ['cut_short', 'cut_short'],
    ['nonsense', 'unreadable'],
    ['truncated', 'unreadable'],
    ['garbage', 'unreadable'],
    ['status401', 'unauthorized'],
  ] as const)('says so after %s, without another call', async (mode, reason) => {
    await simulator.control.setFault('ANTHROPIC', { mode });
    const one = question();
    expect(await model().ask(one, soon())).toMatchObject({ ok: false, reason });
    expect(await httpCalls()).toBe(1);
    expect(await callsOf(one.subject)).toMatchObject([{ status: 'failed', reason }]);
  });

  it.each(['hang', 'drip'] as const)('ends by the deadline when the host does %s, and books the most', async (mode) => {
    await simulator.control.setFault('ANTHROPIC', { mode });
    const one = question();
    const from = performance.now();
    const answer = await model().ask(one, Deadline.in(600));
    expect(performance.now() - from).toBeLessThan(1200);
    expect(answer).toMatchObject({ ok: false, reason: 'timeout' });
    expect(answer.microUsd).toBeGreaterThan(0);
    expect(await callsOf(one.subject)).toMatchObject([{ status: 'failed', cost: answer.microUsd }]);
  });

  it('never passes the cap of a plan, nor of a tenant’s day with twenty asking at once', async () => {
    const dear = question({ maxCents: 0 });
    expect(await model().ask(dear, soon())).toMatchObject({ ok: false, reason: 'subject', microUsd: 0 });
    await database.query('DELETE FROM ai_days');
    const capped = model({
      LOOPGPT_AI_CENTS_PER_DAY: '1',
      LOOPGPT_AI_PRICES: 'claude-haiku-5-5=1/1,claude-haiku-4-5=1/1',
    });
    const answers = await Promise.all(Array.from({ length: 20 }, () => capped.ask(question(), soon())));
    expect(answers.some(({ ok }) => ok)).toBe(true);
    expect(answers.some((answer) => !answer.ok && answer.reason === 'day')).toBe(true);
    expect(answers.reduce((sum, { microUsd }) => sum + microUsd, 0)).toBeLessThanOrEqual(10_000);
    const [day] = await rowsOf<{ spent: number }>(
      stores.adminUrl,
      `SELECT micro_usd::int AS spent FROM ai_days WHERE tenant_id = 'ten_a'`,
    );
    expect(day!.spent).toBe(answers.reduce((sum, { microUsd }) => sum + microUsd, 0));
  });

  it('does not ask again where the same was asked and nobody saw the end', async () => {
    await simulator.control.setFault('ANTHROPIC', { mode: 'hang' });
    const one = question();
    const cutOff = model().ask(one, Deadline.in(1500));
    while ((await callsOf(one.subject)).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await model().ask(one, soon())).toMatchObject({ ok: false, reason: 'interrupted' });
    expect(await httpCalls()).toBeLessThanOrEqual(1);
    await cutOff;
  });

  it('asks parts of one subject at once, and all of them within its one cap', async () => {
    await database.query('DELETE FROM ai_days');
    const { subject } = question();
    const parts = Array.from({ length: 8 }, () => ({ ...question(), subject, maxCents: 1 }));
    const dear = model({ LOOPGPT_AI_PRICES: 'claude-haiku-5-5=1/1,claude-haiku-4-5=1/1' });
    const answers = await Promise.all(parts.map((part) => dear.ask(part, soon())));
    expect(answers.filter(({ ok }) => ok).length).toBeGreaterThan(1);
    expect(answers.some((answer) => !answer.ok && answer.reason === 'subject')).toBe(true);
    expect(answers.reduce((sum, { microUsd }) => sum + microUsd, 0)).toBeLessThanOrEqual(10_000);
  });

  it('leaves a host alone that keeps failing, and asks it again after a while', async () => {
    await simulator.control.setFault('ANTHROPIC', { mode: 'status401' });
    const one = model({ LOOPGPT_AI_FALLBACK_MODEL: 'none' });
    for (let call = 0; call < 3; call++) expect(await one.ask(question(), soon())).toMatchObject({ ok: false });
    const rested = question();
    expect(await one.ask(rested, soon())).toMatchObject({ ok: false, reason: 'resting', microUsd: 0 });
    expect(await httpCalls()).toBe(3);
    expect(await callsOf(rested.subject)).toMatchObject([{ status: 'failed', reason: 'resting', cost: 0, tries: 0 }]);
    await simulator.control.reset();
    const later = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 31_000);
    expect(await one.ask(question(), soon())).toMatchObject({ ok: true });
    later.mockRestore();
  });

  it('does not leave a host alone because callers had no time', async () => {
    await simulator.control.setFault('ANTHROPIC', { mode: 'slow', ms: 1000 });
    const one = model({ LOOPGPT_AI_FALLBACK_MODEL: 'none' });
    await Promise.all([1, 2, 3, 4].map(() => one.ask(question(), Deadline.in(200))));
    expect(await one.ask(question(), Deadline.in(8000))).toMatchObject({ ok: true });
  });

  it('is off without a key', async () => {
    const { values } = readConfig({ LOOPGPT_ENV: 'test', ...stores.env });
    expect(values.ANTHROPIC_API_KEY).toBeUndefined();
    const off = model({ ANTHROPIC_API_KEY: '' });
    expect(off.isOn).toBe(false);
    expect(await off.ask(question(), soon())).toMatchObject({ ok: false, reason: 'off', microUsd: 0 });
  });

  it('tells of an address that leads nowhere, and books nothing', async () => {
    const gone = await startSimulator({ port: 0 });
    await gone.close();
    const away = model({ ANTHROPIC_BASE_URL: gone.url });
    expect(await away.ask(question(), Deadline.in(8000))).toMatchObject({
      ok: false,
      reason: 'unreachable',
      microUsd: 0,
    });
  });
});
