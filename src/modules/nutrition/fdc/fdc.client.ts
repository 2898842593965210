import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { z } from 'zod';
import { retryAfterMs } from '../../../common/pacing/retry-after.js';
import { jsonOf, type HttpAnswer, type HttpClient } from '../../../platform/outgoing/http.client.js';
import type { Food } from '../foods.js';
import { foodOf, type FdcDataset } from './fdc-dataset.js';
import { ErrorBody, Foods, Listed } from './fdc.wire.js';

/** What can be had of FoodData Central: the kinds that are foods and not packs. */
export const FDC_KINDS = ['Foundation', 'SR Legacy', 'Survey (FNDDS)'] as const;
export type FdcKind = (typeof FDC_KINDS)[number];

export interface FdcSettings {
  baseUrl: string;
  apiKey: string;
}

/** A sentence for whoever waits at the terminal, without the key. What was imported stays, and the next run goes on from there. */
export class FdcError extends Error {}

/** The most of a page, and of one look-up. */
const PAGE = 200;
const AT_ONCE = 20;
const CALL_MS = 60_000;
/** Twenty foods with all their nutrients and how each was found. */
const MAX_BYTES = 32 * 1024 * 1024;
const TRIES = 3;
const FIRST_WAIT_MS = 500;
/** Longer is not waited for: the hour's calls are used up. */
const MOST_WAIT_MS = 60_000;

/**
 * FoodData Central over HTTP. All foods of some kinds take about 760 of the 1,000 calls that it allows an hour. The key goes in a header,
 * so that no address shows it.
 */
export class FdcClient {
  constructor(
    private readonly http: HttpClient,
    private readonly settings: FdcSettings,
  ) {}

  /**
   * Foods of these kinds as they are listed now; each is fetched when it is read. The list with its dates is the version: a food that is
   * published anew makes another dataset. Throws FdcError.
   */
  async dataset(kinds: readonly FdcKind[], onListed: (listed: number) => void = () => undefined): Promise<FdcDataset> {
    const listed: z.infer<typeof Listed> = [];
    for (const kind of kinds) {
      for (let pageNumber = 1; ; pageNumber++) {
        const beside = { sortBy: 'fdcId', sortOrder: 'asc', pageSize: PAGE };
        const page = await this.call('/v1/foods/list', { dataType: [kind], pageNumber, ...beside }, Listed);
        listed.push(...page);
        onListed(listed.length);
        if (page.length < PAGE) break;
      }
    }
    // A food that moved from page to page while they were read is one food.
    const rows = [...new Map(listed.map((row) => [row.fdcId, row])).values()].sort((a, b) => a.fdcId - b.fdcId);
    const version = rows.map(({ fdcId, publicationDate }) => `${fdcId} ${publicationDate ?? ''}`).join('\n');
    return {
      id: createHash('sha256')
        .update(`${kinds.join(',')}\n${version}`)
        .digest('hex'),
      name: `api: ${kinds.join(', ')}`,
      total: rows.length,
      batch: AT_ONCE,
      read: (from) => this.foods(rows.slice(from, from + AT_ONCE).map(({ fdcId }) => fdcId)),
    };
  }

  private async foods(fdcIds: readonly number[]): Promise<readonly Food[]> {
    const foods = await this.call('/v1/foods', { fdcIds, format: 'full' }, Foods);
    return foods.map(readDetails).sort((one, other) => one.fdcId! - other.fdcId!);
  }

  private async call<T>(path: string, body: object, schema: z.ZodType<T>): Promise<T> {
    const headers = { 'content-type': 'application/json', 'x-api-key': this.settings.apiKey };
    const call = { method: 'POST', url: this.settings.baseUrl + path, headers, maxBytes: MAX_BYTES } as const;
    for (let tries = 1; ; tries++) {
      const answer = await this.http.call({ ...call, body: JSON.stringify(body) }, AbortSignal.timeout(CALL_MS));
      const waitMs = tries < TRIES ? waitAfter(answer, tries) : null;
      if (waitMs === null) return read(path, answer, schema);
      await setTimeout(waitMs);
    }
  }
}

/** Milliseconds until the same call may go better; null when it would not, or not soon. */
function waitAfter(answer: HttpAnswer, tries: number): number | null {
  if (!answer.ok) return answer.kind === 'too_large' ? null : FIRST_WAIT_MS * 2 ** tries;
  if (answer.status !== 429 && answer.status < 500) return null;
  const asked = retryAfterMs(answer.headers['retry-after']);
  if (asked === null) return answer.status === 429 ? null : FIRST_WAIT_MS * 2 ** tries;
  return asked <= MOST_WAIT_MS ? asked : null;
}

function read<T>(path: string, answer: HttpAnswer, schema: z.ZodType<T>): T {
  if (!answer.ok) throw new FdcError(`FoodData Central cannot be reached: ${answer.detail}`);
  const { status, headers, bytes } = answer;
  if (status === 429) {
    const limit = headers['x-ratelimit-limit'] ?? 'all';
    throw new FdcError(
      `FoodData Central has answered ${limit} calls this hour; the same command in an hour goes on from here.`,
    );
  }
  if (status === 403) {
    const code = ErrorBody.safeParse(jsonOf(bytes));
    const said = code.success ? ` (${code.data.error.code.slice(0, 40)})` : '';
    throw new FdcError(
      `FoodData Central refuses USDA_API_KEY${said}; a key is free at https://fdc.nal.usda.gov/api-key-signup`,
    );
  }
  if (status !== 200) throw new FdcError(`FoodData Central answered ${status} to ${path}`);
  const parsed = schema.safeParse(jsonOf(bytes));
  if (!parsed.success)
    throw new FdcError(`FoodData Central answered something that does not fit its schema to ${path}`);
  return parsed.data;
}

function readDetails({
  fdcId,
  description,
  ndbNumber,
  foodCategory,
  wweiaFoodCategory,
  foodNutrients,
}: Foods[number]): Food {
  const amounts = foodNutrients.flatMap(({ nutrient, amount }) =>
    nutrient === undefined || amount === null || amount === undefined ? [] : [[nutrient.id, amount] as const],
  );
  const own = typeof foodCategory === 'string' ? foodCategory : foodCategory?.description;
  const category = own ?? wweiaFoodCategory?.wweiaFoodCategoryDescription;
  const ndbNo = ndbNumber === undefined ? undefined : String(ndbNumber);
  return foodOf({ fdcId: String(fdcId), ndbNo, description, category }, new Map(amounts));
}
