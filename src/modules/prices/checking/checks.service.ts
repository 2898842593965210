import { Injectable } from '@nestjs/common';
import { databaseNow } from '../../../common/clock.js';
import { AppError } from '../../../common/errors.js';
import { Operations } from '../../../operations/operations.js';
import { PriceHistory, type QuoteHistory, type QuoteLine } from '../../providers/provider.js';
import { centsFor, unitMicrosOf, type Pack, type Seen } from '../deciding/observation.js';
import { measured, packOf } from '../deciding/packs.js';
import { nameKey, outsideKey, shopOf } from '../deciding/product-keys.js';
import { judgeTotal } from '../deciding/total.js';
import { judgePrice, type Judged } from '../deciding/verdict.js';
import type {
  AskPriceCheck,
  CreatePriceChecks,
  ListPrices,
  PriceCheck,
  PriceChecks,
  PriceHistory as PriceHistoryResource,
} from '../prices.dto.js';
import { ChecksRepository, type Known } from './checks.repository.js';

/** What is usual is what was so in the last year. */
const WINDOW_DAYS = 365;
const DAY_MS = 86_400_000;

/** A price that is to be judged; `key` names what it is of. */
interface Line {
  id: string;
  key: string;
  /** Of one pack. */
  cents: number;
  packs: number;
  /** Null: as it was seen last. */
  pack: Pack | null;
  store?: string | undefined;
}
interface JudgedLine {
  line: Line;
  productKey: string | null;
  pack: Pack;
  judged: Judged;
}
/** What of a route its quotes are checked by. */
interface RouteWithLines {
  id: string;
  status: string;
  quotes: readonly { providerId: string; currency: string | null }[];
  lines: Readonly<Record<string, readonly QuoteLine[]>>;
}

/** Says of prices whether they are good ones, and shows what was seen of them. What decides is `judgePrice`; here it is given what it needs. */
@Injectable()
export class ChecksService extends PriceHistory {
  constructor(
    private readonly checks: ChecksRepository,
    private readonly operations: Operations,
  ) {
    super();
  }

  /** Throws `product_not_found`, for ids of other tenants too, and `price_check_unusable`. */
  async check(tenantId: string, id: string, query: AskPriceCheck): Promise<PriceCheck> {
    const asked = packAsked(query, '');
    const [known] = await this.checks.seen(tenantId, [id], since(), query.store ?? null);
    if (!known) throw new AppError('product_not_found', `product ${id.slice(0, 40)}`);
    const currency = query.currency ?? known.seen[0]?.currency ?? USUAL_CURRENCY;
    const pack = asked ?? lastPackOf(known, currency);
    const judged = judged1(query.cents, pack, currency, known.seen);
    const { evidence, ...rest } = judged;
    return {
      productId: known.key,
      asked: { cents: query.cents, ...pack, currency },
      ...rest,
      evidence: evidence.map(evidenceOf),
    };
  }

  /** Throws `product_not_found`. */
  async history(tenantId: string, id: string, query: ListPrices): Promise<PriceHistoryResource> {
    const { key, isKnown, pack: base } = await this.checks.pack(tenantId, id);
    if (!isKnown) throw new AppError('product_not_found', `product ${id.slice(0, 40)}`);
    if (!base) return { productId: key, pack: null, currency: null, data: [], nextCursor: null };
    const { bucket, limit, store = null, kind = null, from = null, to = null, cursor = null } = query;
    const rows = await this.checks.buckets(tenantId, key, base, { bucket, limit, store, kind, from, to, cursor });
    const data = rows.slice(0, limit).map(({ lowest, median, highest, last, ...row }) => ({
      ...row,
      lowest: centsFor(lowest, base),
      median: centsFor(median, base),
      highest: centsFor(highest, base),
      last: centsFor(last, base),
    }));
    const { amount, unit, currency } = base;
    return {
      productId: key,
      pack: { amount, unit },
      currency,
      data,
      nextCursor: rows.length > limit ? data.at(-1)!.from : null,
    };
  }

  /** A cart's prices, or those of a route's quotes. Throws `route_not_found` and `price_check_unusable`. */
  async checkAll(tenantId: string, { lines, routeId, currency }: CreatePriceChecks): Promise<PriceChecks> {
    if (routeId !== undefined) return this.checkRoute(tenantId, routeId);
    const asked = lines!.map(({ id, product, name, cents, packs, store, ...size }, index): Line => {
      const key = product ?? (name === undefined ? null : nameKey(name));
      if (key === null) throw unusable(`/lines/${index}/product`, 'name the product, or its name');
      return { id, key, cents, packs, pack: packAsked(size, `/lines/${index}`), store };
    });
    const known = await this.known(tenantId, asked);
    const of = currency ?? mostSeen(known);
    return { checks: [{ providerId: null, ...told(judgedLines(asked, known, of), of) }] };
  }

  async of(tenantId: string, providerId: string, currency: string, lines: readonly QuoteLine[]): Promise<QuoteHistory> {
    const judged = await this.judge(tenantId, currency, linesOf(providerId, lines));
    return {
      lines: judged.map(({ line, judged: { verdict, percentile, n, lowestInDays, ...cents } }) => {
        const { lowest, median, last } = scaled(cents, line.packs);
        return { lineId: line.id, verdict, percentile, n, lowest, median, last, lowestInDays };
      }),
      total: totalOf(judged),
    };
  }

  private async checkRoute(tenantId: string, routeId: string): Promise<PriceChecks> {
    const { quotes, lines } = await this.operations.get<RouteWithLines>('route', tenantId, routeId);
    const checks: PriceChecks['checks'] = [];
    for (const { providerId, currency } of quotes) {
      const own = linesOf(providerId, lines[providerId] ?? []);
      if (currency === null || own.length === 0) continue;
      const judged = await this.judge(tenantId, currency, own);
      checks.push({ providerId, ...told(judged, currency) });
    }
    return { checks };
  }

  private async judge(tenantId: string, currency: string, lines: readonly Line[]): Promise<JudgedLine[]> {
    return judgedLines(lines, await this.known(tenantId, lines), currency);
  }

  private async known(tenantId: string, lines: readonly Line[]): Promise<ReadonlyMap<string, Known>> {
    if (lines.length === 0) return new Map();
    const keys = [...new Set(lines.map(({ key }) => key))];
    return new Map((await this.checks.seen(tenantId, keys, since())).map((one) => [one.asked, one]));
  }
}

/** Where nothing was seen, and nobody says. */
const USUAL_CURRENCY = 'USD';

const judgedLines = (lines: readonly Line[], known: ReadonlyMap<string, Known>, currency: string): JudgedLine[] =>
  lines.map((line) => {
    const of = known.get(line.key);
    const seen = (of?.seen ?? []).filter(({ storeKey }) => isAt(storeKey, line.store));
    const pack = line.pack ?? (of ? lastPackOf(of, currency) : ONE);
    return { line, productKey: of?.key ?? null, pack, judged: judged1(line.cents, pack, currency, seen) };
  });

/** The currency in which most of them were seen last. */
function mostSeen(known: ReadonlyMap<string, Known>): string {
  const counts = new Map<string, number>();
  for (const { seen } of known.values())
    if (seen[0]) counts.set(seen[0].currency, (counts.get(seen[0].currency) ?? 0) + 1);
  return [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0] ?? USUAL_CURRENCY;
}

const ONE: Pack = { amount: 1, unit: 'each' };
const today = (): string => new Date(databaseNow()).toISOString().slice(0, 10);
const since = (): string => new Date(databaseNow() - WINDOW_DAYS * DAY_MS).toISOString().slice(0, 10);

function judged1(cents: number, pack: Pack, currency: string, seen: readonly Seen[]): Judged {
  return judgePrice({ ...pack, currency, unitMicros: unitMicrosOf(cents, pack) }, seen, today());
}

const isAt = (storeKey: string, store: string | undefined): boolean =>
  store === undefined || storeKey === store || storeKey.startsWith(`${store}/`);

/** The served lines of a quote that tell their product and its price. */
function linesOf(providerId: string, lines: readonly QuoteLine[]): Line[] {
  return lines.flatMap(
    ({ lineId, productId, productName, packSize, packs, unitPriceCents, lineTotalCents, status }) => {
      const count = Math.max(1, packs);
      const cents = unitPriceCents ?? (lineTotalCents === null ? null : lineTotalCents / count);
      const isServed = status === 'matched' || status === 'substituted';
      if (!isServed || productId === null || cents === null || cents <= 0) return [];
      const key = outsideKey(shopOf(providerId), productId);
      return [{ id: lineId, key, cents, packs: count, pack: packOf(packSize, productName) }];
    },
  );
}

/** In the size that it was seen in last, where the price is of that currency. */
function lastPackOf({ seen }: Known, currency: string): Pack {
  const last = seen.find((one) => one.currency === currency) ?? seen[0];
  return last ? { amount: last.amount, unit: last.unit } : ONE;
}

function packAsked(
  { amount, unit }: { amount?: number | undefined; unit?: string | undefined },
  at: string,
): Pack | null {
  if (unit === undefined) {
    if (amount !== undefined) throw unusable(`${at}/unit`, 'an amount needs its unit');
    return null;
  }
  const pack = measured(amount ?? 1, unit);
  if (!pack)
    throw unusable(`${at}/unit`, 'this is no measure; give g, ml, each or another unit of mass, volume or count');
  return pack;
}

const unusable = (pointer: string, detail: string): AppError =>
  new AppError('price_check_unusable', detail, { errors: [{ pointer, detail }] });

const evidenceOf = ({ id, kind, storeKey, observedOn, lastSeenOn, cents, amount, unit, source, sourceRef }: Seen) => ({
  id,
  kind,
  store: storeKey,
  observedOn,
  lastSeenOn,
  cents,
  pack: { amount, unit },
  source,
  sourceRef,
});

const scaled = ({ lowest, median, last }: Pick<Judged, 'lowest' | 'median' | 'last'>, packs: number) => {
  const times = (cents: number | null) => (cents === null ? null : Math.round(cents * packs));
  return { lowest: times(lowest), median: times(median), last: times(last) };
};

const totalOf = (judged: readonly JudgedLine[]) =>
  judgeTotal(
    judged.map(({ line, judged: { verdict, percentile, median } }) => ({
      costCents: Math.round(line.cents * line.packs),
      verdict,
      percentile,
      usualCents: median === null ? null : Math.round(median * line.packs),
    })),
  );

function told(judged: readonly JudgedLine[], currency: string) {
  return {
    lines: judged.map(({ line, productKey, pack, judged: { evidence: _evidence, ...rest } }) => ({
      lineId: line.id,
      productId: productKey,
      asked: { cents: Math.round(line.cents), ...pack, currency },
      ...rest,
    })),
    total: totalOf(judged),
  };
}
