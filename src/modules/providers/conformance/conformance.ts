import fc from 'fast-check';
import { MemoryCache } from '../../../platform/cache/memory.cache.js';
import type { FailureReason, Provider, Quote } from '../provider.js';
import { ODD, PATIENT_MS, REQUEST, UnderTest, type AskOptions, type Subject } from './under-test.conformance.js';

const NOBODYS = { id: 'nobodys', name: 'zzyzx qwlfrb', quantity: 1, unit: null };

const IMPATIENT_MS = 300;
const LONGER_THAN_ANY_TOKEN_MS = 7 * 24 * 3_600_000;

const STATUSES = [
  ['status400', 'bad_request'],
  ['status401', 'unauthorized'],
  ['status403', 'unauthorized'],
  ['status404', 'bad_request'],
  ['status429', 'rate_limited'],
  ['error500', 'unavailable'],
  ['error503', 'unavailable'],
  ['echo', 'bad_request'],
] as const;
const TOO_LARGE = ['huge', 'million_items', 'gzip_bomb'] as const;
const NO_SCHEMA = ['garbage', 'truncated', 'nan', 'wrong_types'] as const;
const NO_PRICE = ['absurd', 'negative_price', 'wrong_currency'] as const;
const NEVER_WHOLE = ['hang', 'slow', 'drip'] as const;

/**
 * What every adapter promises, over real HTTP against its own simulator: the good answers, each way of failing as a typed value, no
 * throw for any reply, no secret in what it says, and nothing asked once nobody waits. Call it at the top of the provider's spec.
 */
export function describeConformance(provider: Provider, subject: Subject): void {
  describe(`${provider.id} conforms`, () => {
    let tested: UnderTest;

    beforeAll(async () => {
      tested = await UnderTest.start(provider, subject);
    });
    afterEach(() => tested.control.reset());
    afterAll(() => tested.close());

    const { quotes } = provider.capabilities;
    const ask = (options?: AskOptions) => tested.ask(options);
    const failsWith = async (reason: FailureReason, options?: AskOptions) => {
      const result = await ask(options);
      expect(result).toMatchObject({ ok: false, failure: { reason } });
      return result;
    };

    it('answers a cart, and its reference is one that they gave', async () => {
      const result = await ask();
      const given = (await tested.control.log()).filter(({ kind }) => kind === 'data').map(({ nonce }) => nonce);
      expect(result).toMatchObject({ ok: true, offer: { kind: quotes ? 'quote' : 'link', simulated: true } });
      expect(given).toContain(result.ok && result.offer.providerReference);
      if (result.ok && result.offer.kind === 'quote') checkQuote(result.offer);
    });

    it('answers two callers at once as it answers one', async () => {
      const cache = new MemoryCache();
      const results = await Promise.all([ask({ cache }), ask({ cache }), ask({ cache })]);
      expect(results.map(({ ok }) => ok)).toEqual([true, true, true]);
    });

    if (quotes) {
      it('serves what it can of a cart and names the line that nobody has', async () => {
        const result = await ask({ request: { ...REQUEST, items: [...REQUEST.items, NOBODYS] } });
        expect(result).toMatchObject({ ok: true, offer: { status: 'partial' } });
        const { offer } = result as { offer: Quote };
        checkQuote(offer);
        const missing = offer.lines.filter(({ status }) => status === 'missing');
        expect(missing).toMatchObject([{ lineId: 'nobodys', productId: null, lineTotalCents: null, packs: 0 }]);
      });

      it('says no_match when they have nothing at all', async () => {
        await tested.control.setFault(provider.id, { mode: 'stock_out' });
        await failsWith('no_match');
      });
    }

    it.each(STATUSES)('types %s as %s', async (mode, reason) => {
      await tested.control.setFault(provider.id, { mode });
      const result = await failsWith(reason);
      if (mode === 'status429') expect(result).toMatchObject({ failure: { retryAfterMs: 1000 } });
    });

    it.each(TOO_LARGE)('types %s as response_too_large', async (mode) => {
      await tested.control.setFault(provider.id, { mode });
      await failsWith('response_too_large');
    });

    it.each([...NO_SCHEMA, ...(quotes ? NO_PRICE : [])])('types %s as invalid_response', async (mode) => {
      await tested.control.setFault(provider.id, { mode });
      await failsWith('invalid_response');
    });

    it('types a connection cut midway, and one refused, as unavailable', async () => {
      await tested.control.setFault(provider.id, { mode: 'reset' });
      await failsWith('unavailable');
      await failsWith('unavailable', { baseUrl: 'http://127.0.0.1:1' });
    });

    it.each(NEVER_WHOLE)('ends with its signal when the answer is %s', async (mode) => {
      await tested.control.setFault(provider.id, { mode, ms: PATIENT_MS * 2 });
      await failsWith('timeout', { signal: AbortSignal.timeout(IMPATIENT_MS) });
    });

    it('says unauthorized with a wrong credential', async () => {
      const credentials = Object.fromEntries(Object.keys(provider.simulatedCredentials).map((name) => [name, 'wrong']));
      await failsWith('unauthorized', { credentials });
    });

    it('finds out by a probe whether credentials hold, and says unavailable of whom it cannot reach', async () => {
      const credentials = Object.fromEntries(Object.keys(provider.simulatedCredentials).map((name) => [name, 'wrong']));
      expect(await tested.probe()).toMatchObject({ ok: true });
      expect(await tested.probe({ credentials })).toMatchObject({ ok: false, failure: { reason: 'unauthorized' } });
      const nowhere = await tested.probe({ baseUrl: 'http://127.0.0.1:1' });
      expect(nowhere).toMatchObject({ ok: false, failure: { reason: 'unavailable' } });
    });

    if (subject.refreshes) {
      it('takes a new token when the old one has lapsed, one for all callers, and the next caller has it', async () => {
        const cache = new MemoryCache();
        expect(await ask({ cache })).toMatchObject({ ok: true });
        await tested.control.advance(LONGER_THAN_ANY_TOKEN_MS);
        const before = tested.tokensGiven;
        const results = await Promise.all(Array.from({ length: 8 }, () => ask({ cache })));
        expect(results.filter(({ ok }) => !ok)).toEqual([]);
        expect(tested.tokensGiven - before).toBe(1);
        await tested.control.reset();
        expect(await ask({ cache })).toMatchObject({ ok: true });
        expect((await tested.control.log()).filter(({ status }) => status === 401)).toEqual([]);
        expect(tested.tokensGiven - before).toBe(1);
      });

      it('tries a second time after a 401, and no third time', async () => {
        await tested.control.setFault(provider.id, { mode: 'status401', count: 1 });
        expect(await ask()).toMatchObject({ ok: true });
        await tested.control.setFault(provider.id, { mode: 'status401' });
        await failsWith('unauthorized', { request: { ...REQUEST, items: REQUEST.items.slice(0, 1) } });
        const refused = (await tested.control.log()).filter(({ status }) => status === 401);
        expect(refused).toHaveLength(3);
      });

      it('fetches one token for callers that come at once', async () => {
        const before = tested.tokensGiven;
        const cache = new MemoryCache();
        await Promise.all(Array.from({ length: 8 }, () => ask({ cache })));
        expect(tested.tokensGiven - before).toBe(1);
      });
    }

    it.each(['error503', 'garbage', 'status429', 'status401'] as const)(
      'answers by a typed failure when a look-up before the data meets %s',
      async (mode) => {
        await tested.control.setFault(provider.id, { mode, on: 'auxiliary' });
        const result = await ask();
        const lookedUp = (await tested.control.log()).some(({ kind }) => kind === 'auxiliary');
        expect(result.ok).toBe(!lookedUp);
      },
    );

    it('asks nothing when it is already too late, and nothing more once it is aborted midway', async () => {
      await failsWith('timeout', { signal: AbortSignal.abort() });
      expect(await tested.control.log()).toEqual([]);

      await tested.control.setFault(provider.id, { mode: 'hang' });
      const controller = new AbortController();
      const asked = ask({ signal: controller.signal });
      while (!(await tested.control.log()).some(({ kind }) => kind === 'data')) await turn();
      controller.abort();
      expect(await asked).toMatchObject({ ok: false, failure: { reason: 'timeout' } });
      await turn();
      const calls = (await tested.control.log()).length;
      await turn();
      expect((await tested.control.log()).length).toBe(calls);
    });

    it('throws for no reply at all, and what it makes of odd ones still fits the schema', async () => {
      const recorded = await tested.record();
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(fc.nat(), fc.constantFrom(...ODD)), { minLength: 1, maxLength: 4 }), (odd) =>
          tested.replay(recorded, odd).then((result) => {
            if (result.ok && result.offer.kind === 'quote') checkSums(result.offer);
          }),
        ),
        { numRuns: 150 },
      );
    });

    it('says nothing secret, even when they repeat our headers', async () => {
      const modes = [...STATUSES.map(([mode]) => mode), ...NO_SCHEMA, ...NO_PRICE, 'reset' as const];
      const said: string[] = [];
      for (const mode of modes) {
        await tested.control.setFault(provider.id, { mode, on: 'all' });
        said.push(JSON.stringify(await ask()));
      }
      expect(tested.secrets.size).toBeGreaterThan(0);
      expect(said.filter((text) => [...tested.secrets].some((secret) => text.includes(secret)))).toEqual([]);
    });
  });
}

function checkQuote(quote: Quote): void {
  checkSums(quote);
  const served = quote.lines.filter(({ lineTotalCents }) => lineTotalCents !== null);
  expect(served.length).toBeGreaterThan(0);
  expect(served.every(({ packs, unitPriceCents }) => packs >= 1 && unitPriceCents! > 0)).toBe(true);
  expect(Date.parse(quote.expiresAt)).toBeGreaterThan(Date.parse(quote.observedAt));
}

/** Integer cents that add up, with the unknown named. */
function checkSums({ lines, itemsCents, totalCents, feesCents, taxCents, deliveryCents, unknownParts }: Quote): void {
  // A price of nothing is one that they do not tell.
  expect(lines.filter(({ unitPriceCents }) => unitPriceCents === 0)).toEqual([]);
  expect(itemsCents).toBe(lines.reduce((sum, line) => sum + (line.lineTotalCents ?? 0), 0));
  expect(totalCents).toBe(itemsCents + (feesCents ?? 0) + (taxCents ?? 0) + (deliveryCents ?? 0));
  const parts = { fees: feesCents, tax: taxCents, delivery: deliveryCents };
  expect(unknownParts).toEqual(Object.entries(parts).flatMap(([part, cents]) => (cents === null ? [part] : [])));
}

/** Long enough for what is under way on this host to arrive. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
