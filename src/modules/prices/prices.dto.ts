import { z } from 'zod';
import { isCurrency, MAX_CENTS } from '../../common/money.js';
import { BASE_UNITS, PRICE_KINDS } from './deciding/observation.js';
import { UNKNOWN_CODES } from './deciding/verdict.js';

/** What callers send and get of prices. Cents are the smallest unit of the currency; null is unknown, and never nothing. */
const Cents = z.int().nullable();
const Day = z.iso.date();
const Store = z.string().min(1).max(120).describe('a shop ("walmart"), or one store of it ("walmart/5260")');
const Amount = z.coerce.number().positive().max(1e6);
export const ProductKey = z
  .string()
  .min(1)
  .max(200)
  .describe('a product of the history (prd_…), or what a shop calls it ("walmart/811111111")');

export const CurrencyCode = z.string().length(3).refine(isCurrency, 'a code of ISO 4217, such as USD, CAD or EUR');

export const BUCKETS = ['day', 'week', 'month'] as const;

export const ListPrices = z.strictObject({
  bucket: z.enum(BUCKETS).default('day'),
  from: Day.optional(),
  to: Day.optional(),
  store: Store.optional(),
  kind: z.enum(PRICE_KINDS).optional(),
  limit: z.coerce.number().int().min(1).max(400).default(100),
  cursor: Day.optional(),
});
export type ListPrices = z.infer<typeof ListPrices>;

const Pack = z.object({ amount: z.number(), unit: z.enum(BASE_UNITS) });

export const PriceHistory = z
  .object({
    productId: z.string(),
    pack: Pack.nullable().describe('what the prices are for: the size of pack that was seen last'),
    currency: z.string().nullable(),
    data: z.array(
      z.object({
        from: Day.describe('first day of the day, week (from Monday) or month'),
        n: z.int(),
        lowest: z.int(),
        median: z.int(),
        highest: z.int(),
        last: z.int(),
        kinds: z.array(z.enum(PRICE_KINDS)),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'PriceHistory' });
export type PriceHistory = z.infer<typeof PriceHistory>;

const cents = z.coerce.number().int().min(1).max(MAX_CENTS).describe('the price that is asked, for `amount` of `unit`');
export const AskPriceCheck = z.strictObject({
  cents,
  amount: Amount.optional().describe('the size of pack that was seen last, where it is absent'),
  unit: z.string().min(1).max(40).optional().describe('"g", "fl oz", "lb", "each", …'),
  store: Store.optional().describe('only what was seen there'),
  currency: CurrencyCode.optional().describe('that in which it was seen last, where it is absent'),
});
export type AskPriceCheck = z.infer<typeof AskPriceCheck>;

export const VERDICTS = ['low', 'usual', 'high', 'unknown'] as const;
const verdict = z
  .enum(VERDICTS)
  .describe('unknown: under 8 observations, all within 30 days, or none in the last 90 days');

const Evidence = z.object({
  id: z.string(),
  kind: z.enum(PRICE_KINDS),
  store: z.string(),
  observedOn: Day,
  lastSeenOn: Day,
  cents: z.int().describe('of the pack as it was seen'),
  pack: Pack,
  source: z.string(),
  sourceRef: z.string(),
});

export const PriceCheck = z
  .object({
    productId: z.string(),
    asked: z.object({ cents: z.int(), ...Pack.shape, currency: z.string() }),
    verdict,
    reason: z.string().nullable().describe('why the verdict is unknown'),
    reasonCode: z.enum(UNKNOWN_CODES).nullable().describe('the same for programs'),
    percentile: z.number().nullable().describe('share of what was seen at this price or above: 1 is cheaper than ever'),
    n: z.int(),
    lowest: Cents,
    median: Cents,
    last: Cents,
    lowestInDays: z.int().nullable().describe('for so many days back nothing cheaper was seen'),
    clearances: z.object({ n: z.int(), lowest: Cents }),
    evidence: z.array(Evidence),
  })
  .meta({ id: 'PriceCheck' });
export type PriceCheck = z.infer<typeof PriceCheck>;

const CheckedLine = z.strictObject({
  id: z.string().min(1).max(64),
  product: ProductKey.optional(),
  name: z.string().trim().min(1).max(200).optional().describe('where no product is named: what goes by this very name'),
  cents: z.int().min(1).max(MAX_CENTS).describe('of one pack'),
  packs: z.number().positive().max(10_000).default(1),
  amount: z.number().positive().max(1e6).optional(),
  unit: z.string().min(1).max(40).optional(),
  store: Store.optional(),
});

export const CreatePriceChecks = z
  .strictObject({
    lines: z.array(CheckedLine).min(1).max(200).optional(),
    routeId: z.string().min(1).max(60).optional().describe('the quotes of this route, each by itself'),
    currency: CurrencyCode.optional().describe('that in which most of the lines were seen last, where it is absent'),
  })
  .refine(({ lines, routeId }) => (lines === undefined) !== (routeId === undefined), {
    message: 'give either lines or a routeId',
  })
  .meta({ id: 'CreatePriceChecks' });
export type CreatePriceChecks = z.infer<typeof CreatePriceChecks>;

const Total = z.object({
  verdict,
  percentile: z.number().nullable().describe('of the lines that could be judged, each by what it costs'),
  askedCents: z.int().describe('of all lines'),
  judgedCents: z.int().describe('of the lines that could be judged'),
  usualCents: Cents.describe('what those cost at their medians'),
});
const LineCheck = PriceCheck.omit({ evidence: true, productId: true }).extend({
  lineId: z.string(),
  productId: z.string().nullable(),
});
export const PriceChecks = z
  .object({
    checks: z.array(z.object({ providerId: z.string().nullable(), lines: z.array(LineCheck), total: Total })),
  })
  .meta({ id: 'PriceChecks' });
export type PriceChecks = z.infer<typeof PriceChecks>;

const NewPrice = z.strictObject({
  product: ProductKey.optional(),
  name: z.string().trim().min(1).max(200).optional(),
  store: Store,
  cents: z.int().min(1).max(MAX_CENTS),
  currency: CurrencyCode.default('USD'),
  amount: z.number().positive().max(1e6).optional(),
  unit: z.string().min(1).max(40).optional(),
  regularCents: z.int().min(1).max(MAX_CENTS).optional().describe('without the discount'),
  kind: z.enum(['manual', 'shelf', 'clearance']).default('manual'),
  observedOn: Day,
});
export type NewPrice = z.infer<typeof NewPrice>;

export const CreatePrices = z.strictObject({ prices: z.array(NewPrice).min(1).max(200) }).meta({ id: 'CreatePrices' });
export type CreatePrices = z.infer<typeof CreatePrices>;

export const CreatedPrices = z
  .object({
    data: z.array(
      z.object({
        status: z.enum(['stored', 'same', 'refused']).describe('same: it was known'),
        id: z.string().nullable(),
        productId: z.string().nullable(),
        detail: z.string().nullable().describe('why it was refused'),
      }),
    ),
  })
  .meta({ id: 'CreatedPrices' });
export type CreatedPrices = z.infer<typeof CreatedPrices>;
