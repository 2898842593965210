import { readFileSync } from 'node:fs';
import { request } from 'undici';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { inDays } from '../support/dates.js';
import { placesOf, withText, type Document, type Place } from '../support/fuzz/places.js';
import { HOUSEHOLD } from '../support/household.js';
import { oneOfEach } from '../support/one-of-each.js';
import { Receiver } from '../support/receiver.js';
import { rowsOf } from '../support/stores.js';

const cases = ['hostile-texts', 'more-hostile-texts'].map(
  (name) => JSON.parse(readFileSync(`test/cases/${name}.json`, 'utf8')) as { refuse: string[]; store: string[] },
);
const REFUSED = new Set(cases.flatMap(({ refuse }) => refuse));
const TEXTS = [...REFUSED, ...cases.flatMap(({ store }) => store)];
/** Texts for each place: all with `npm run fuzz`, otherwise four, each place the next ones, so that all texts come often. */
const EACH = process.env.FUZZ === 'complete' ? TEXTS.length : 4;
const AT_ONCE = 8;
/** What says of others that they have nothing, and is right however it was asked. */
const OF_OTHERS = new Set(['NO_PROVIDERS_AVAILABLE', 'offers_unavailable', 'quote_unavailable']);

/** What asks to be sent again. */
const NOT_NOW = new Set(['overloaded', 'history_busy']);

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const WHY = 'to see what it does';
/** Bodies that are well-formed, so that the one text put into them is what is judged. */
const bodies = (url: string): Record<string, object> => ({
  'POST /v1/routes': { ...CART, deadlineMs: 500 },
  'POST /v1/plans': { ...HOUSEHOLD, days: 1, mealsPerDay: 2 },
  'PUT /v1/intake': { ...HOUSEHOLD, days: 1 },
  'POST /v1/plans/{id}/swap': { date: inDays(0), slot: 'dinner' },
  'POST /v1/routes/{id}/confirm': { confirmationToken: 'x'.repeat(43) },
  'POST /v1/routes/{id}/rescore': { allowPartial: false },
  'POST /v1/webhook-endpoints': { url },
  'PATCH /v1/webhook-endpoints/{id}': { description: 'mine' },
  'POST /v1/webhook-endpoints/{id}/secret/rotate': { secret: SECRET },
  'POST /v1/webhook-endpoints/{id}/replay': { since: '2020-01-01T00:00:00Z', dryRun: true },
  'POST /admin/v1/dead-letters/redrive': { why: WHY, dryRun: true },
  'POST /functions/v1/loopgpt_route_order': CART,
});

describe('forty hostile texts', () => {
  let test: TestApp;
  let receiver: Receiver;
  let ids: Record<string, string>;

  beforeAll(async () => {
    test = await startApp({
      LOOPGPT_RATE_LIMIT_PER_MINUTE: '1000000',
      LOOPGPT_PLANS_PER_HOUR: '100000',
      LOOPGPT_DEADLINE_MS: '500',
    });
    receiver = await Receiver.start();
    ids = await oneOfEach(test.api, receiver);
  }, 120_000);
  afterAll(async () => {
    await test?.close();
    await receiver?.close();
  });

  it(
    'break nothing, wherever a caller can put them',
    async () => {
      const places = placesOf((await test.api.get('/docs-json')).body as Document);
      expect(places.length).toBeGreaterThan(250);
      const work = places.flatMap((place, index) =>
        Array.from({ length: EACH }, (_, which) => ({ place, text: TEXTS[(index * EACH + which) % TEXTS.length]! })),
      );
      const faults: string[] = [];
      const statuses = new Map<number, number>();
      const next = work.values();
      const worker = async (): Promise<void> => {
        for (const { place, text } of next) {
          let answer = await send(place, text);
          // More at once than there is room for: it is sent again, as the answer says.
          for (let again = 0; NOT_NOW.has(answer?.code ?? '') && again < 30; again++) {
            await new Promise((resolve) => setTimeout(resolve, 1000));
            answer = await send(place, text);
          }
          if (!answer) continue;
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
          const fault = faultIn(answer, place, text);
          if (fault) faults.push(`${nameOf(place)} ${JSON.stringify(text).slice(0, 40)}: ${fault}`);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      console.log(`${places.length} places, ${work.length} requests: ${JSON.stringify(Object.fromEntries(statuses))}`);
      expect(faults).toEqual([]);
      expect(await rowsOf(test.stores.adminUrl, 'SELECT source, reason FROM dead_letters')).toEqual([]);
    },
    EACH === 4 ? 240_000 : 3_600_000,
  );

  interface Answer {
    status: number;
    code: string | undefined;
    pointers: string[];
    type: string;
  }

  /** Null for what cannot be sent: a header has no such bytes. */
  async function send(place: Place, text: string): Promise<Answer | null> {
    const { method, path, where, at, name } = place;
    if (where === 'header' && /[^\t\x20-\x7e]/.test(text)) return null;
    const known = ids[path.split('/')[2]!] ?? 'dlq_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9';
    const escaped = encoded(text);
    const filled = path.replace(/\{[^}]+\}/, where === 'path' ? escaped || '%20' : known);
    const query = where === 'query' ? `?${name}=${escaped}` : '';
    const base = bodies(receiver.url)[`${method} ${path}`] ?? {};
    const hasBody = method !== 'GET' && method !== 'DELETE';
    const answer = await request(`${test.url}${filled}${query}`, {
      method: method as 'GET',
      headers: {
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
        ...(path.endsWith('/confirm') ? { 'idempotency-key': 'hostile' } : {}),
        ...(where === 'header' ? { [name.toLowerCase()]: text } : {}),
      },
      ...(hasBody ? { body: JSON.stringify(where === 'body' ? withText(base, at, text) : base) } : {}),
    });
    const said = parsed(await answer.body.text());
    return {
      status: answer.statusCode,
      code: said.code ?? said.error?.code,
      pointers: (said.errors ?? []).map(({ pointer }) => pointer),
      type: String(answer.headers['content-type']),
    };
  }

  function faultIn({ status, code, pointers, type }: Answer, { where, at, path }: Place, text: string): string | null {
    if (status >= 500 && !OF_OTHERS.has(code ?? '')) return `${status} ${code}`;
    // They answer as they always did.
    const former = path.startsWith('/functions/') || path === '/api/optimize';
    if (status >= 400 && status < 500 && !former && !type.includes('problem+json')) return `${status} as ${type}`;
    // Half a pair has no place in a URL: it comes as another character.
    const isSent = where === 'body' || !/\p{Surrogate}/u.test(text);
    if (!REFUSED.has(text) || where === 'header' || !isSent) return null;
    if (status !== 400) return `${status} where it is refused`;
    const pointer = at.map((step) => `/${step ?? text}`).join('');
    return where === 'body' && !former && !pointers.includes(pointer) ? `points at ${pointers.join()}` : null;
  }
});

const nameOf = ({ method, path, where, at, name }: Place): string =>
  `${method} ${path} ${where} ${where === 'body' ? at.map((step) => step ?? '*').join('/') : name}`;

const encoded = (text: string): string => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));

function parsed(text: string): { code?: string; error?: { code?: string }; errors?: { pointer: string }[] } {
  try {
    return JSON.parse(text) as object;
  } catch {
    return {};
  }
}
