import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import { randomOf } from '../src/common/random.js';
import type { FoundClearance } from '../src/modules/discounts/discounts.service.js';
import { toldOffer } from '../src/modules/discounts/offering/told-offer.js';
import { libraryIn } from '../src/modules/nutrition/library.js';
import { clear, welcomed } from '../src/modules/planning/clearing/clear.js';
import type { ClearanceWish, Cleared } from '../src/modules/planning/clearing/words.js';
import { shortlistOf } from '../src/modules/planning/needs/shortlist.js';
import { makePlan } from '../src/modules/planning/solver/make-plan.js';
import type { Plan, PlanRequest } from '../src/modules/planning/solver/plan.js';
import { provePlan } from '../src/modules/planning/solver/proof/plan-rules.js';
import { offersOf } from '../src/modules/providers/salling/salling.mapping.js';
import { FoodWaste } from '../src/modules/providers/salling/salling.wire.js';
import { distanceKm } from '../src/vocabulary/places.js';
import { checked } from './clearances-checker.js';
import { householdOf } from './households.js';

/**
 * Random households against one day of clearances: npm run eval:clearances [-- <households>]. What each buys is checked by a checker that
 * shares no code with what chose it. Exits with 1 where an aim is missed.
 */
const NOW = Date.parse('2026-03-27T09:15:00Z');
/** Doors around which the day has shops. */
const HOMES = [
  [56.157, 10.205],
  [56.19, 10.21],
  [56.12, 10.17],
  [55.68, 12.55],
  [55.66, 12.5],
  [55.4, 10.39],
  [55.1, 14.7],
] as const;
const AT_ONCE = 50;
const MOST_SECONDS = 15;

const library = libraryIn('DKK');
const day = offersOf(
  FoodWaste.parse(JSON.parse(readFileSync('test/fixtures/danish/clearances_dk_day.json', 'utf8'))),
  NOW,
)!;

function wishOf(number: number): ClearanceWish {
  const random = randomOf(0xc1ea + number * 17);
  const oneOf = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  const [latitude, longitude] = oneOf(HOMES);
  return {
    near: { latitude: latitude + (random() - 0.5) * 0.03, longitude: longitude + (random() - 0.5) * 0.05 },
    precision: 'point',
    radiusKm: oneOf([2, 5, 5, 10, 20]),
    maxStops: oneOf([1, 2, 3, 3, 5]),
    perKmCents: oneOf([0, 50, 100, 200, 400]),
    perHourCents: oneOf([0, 0, 0, 3000]),
    freeze: random() < 0.4,
    chains: null,
    keepsDays: {},
    language: oneOf(['en', 'da']),
  };
}

function offersFor({ near, radiusKm }: ClearanceWish): FoundClearance[] {
  return day
    .filter(({ store }) => distanceKm(near, { latitude: store.latitude!, longitude: store.longitude! }) <= radiusKm)
    .map((offer) => ({
      ...toldOffer(offer, { ...near, radiusKm }, NOW),
      sourceId: 'SALLING' as const,
      isStale: false,
      seenAt: new Date(NOW).toISOString(),
      trail: [],
    }));
}

interface Made {
  request: PlanRequest;
  wish: ClearanceWish;
  plan: Plan;
  cleared: Cleared;
  seconds: number;
}

function make(number: number, held: ReadonlyMap<string, number>): Made | null {
  const { budgetCents, ...household } = householdOf(number);
  // Dollars of a day's budget are some 8 kroner here.
  const request: PlanRequest = {
    ...household,
    budgetCents: budgetCents === null ? null : budgetCents * 8,
    startsOn: '2026-03-27',
    startsToday: true,
    currency: 'DKK',
  };
  const wish = wishOf(number);
  const began = performance.now();
  const clearing = { offers: offersFor(wish), wish, request, library, nowMs: NOW, held };
  const until = performance.now() + 4000;
  const outcome = makePlan(welcomed(clearing), library, null, () => performance.now() > until);
  if (outcome.kind !== 'planned') return null;
  const cleared = clear(outcome.plan, clearing);
  return { request, wish, plan: outcome.plan, cleared, seconds: (performance.now() - began) / 1000 };
}

function main(): void {
  const [households = 1000] = process.argv.slice(2).map(Number);
  const made: Made[] = [];
  let [misses, daysOutside] = [0, 0];
  const wrong: string[] = [];
  const packs = new Map<string, number>();
  let overdrawn = 0;
  for (let number = 0; number < households; number++) {
    // Fifty of one tenant hold stock at the same time; then it is another tenant's turn.
    if (number % AT_ONCE === 0) packs.clear();
    const one = make(number, packs);
    if (!one) {
      misses++;
      continue;
    }
    made.push(one);
    const { request, plan, cleared, wish } = one;
    const proof = provePlan(request, shortlistOf(request, library).targets, plan, library);
    daysOutside += new Set(proof.violations.filter(({ rule }) => rule !== 'budget').map(({ date }) => date)).size;
    wrong.push(...checked(cleared, { plan, request, wish, library }).map((sentence) => `${number}: ${sentence}`));
    for (const line of cleared.round?.stops.flatMap((stop) => stop.lines) ?? []) {
      packs.set(line.key, (packs.get(line.key) ?? 0) + line.bought);
      const stock = line.stockUnit === 'kg' ? (line.stock * 1000) / line.packGrams : line.stock;
      if (packs.get(line.key)! > stock) overdrawn++;
    }
  }
  const rounds = made.flatMap(({ cleared }) => cleared.round ?? []);
  const seconds = made.map((one) => one.seconds).sort((a, b) => a - b);
  const report = {
    households,
    offers: day.length,
    planned: made.length,
    notPlanned: misses,
    worthIt: rounds.length,
    notWorthIt: made.filter(({ cleared }) => cleared.best && !cleared.isWorthIt).length,
    nothingOfUse: made.filter(({ cleared }) => !cleared.best).length,
    savedKrMean: mean(rounds.map(({ savedCents }) => savedCents / 100)),
    netKrMean: mean(rounds.map(({ netCents }) => netCents / 100)),
    savedGramsMean: mean(rounds.map(({ savedGrams }) => savedGrams)),
    boughtGramsMean: mean(
      rounds.map(({ stops }) =>
        stops.flatMap(({ lines }) => lines).reduce((sum, { bought, packGrams }) => sum + bought * packGrams, 0),
      ),
    ),
    listsKnown: rounds.length > 0 ? made.filter(({ cleared }) => cleared.round && cleared.lists).length : 0,
    listDearerWithTrip: made.filter(
      ({ cleared: { round, lists } }) => round && lists && lists.withCents + round.trip.cents > lists.withoutCents,
    ).length,
    listSavesKrMean: mean(
      made.flatMap(({ cleared: { round, lists } }) =>
        round && lists ? [(lists.withoutCents - lists.withCents) / 100] : [],
      ),
    ),
    stopsMean: mean(rounds.map(({ stops }) => stops.length)),
    linesMean: mean(rounds.map(({ stops }) => stops.flatMap(({ lines }) => lines).length)),
    wrong: wrong.length,
    stockOverdrawn: overdrawn,
    daysOutside,
    secondsP50: seconds[Math.floor(0.5 * (seconds.length - 1))] ?? 0,
    secondsP95: seconds[Math.floor(0.95 * (seconds.length - 1))] ?? 0,
    secondsMax: seconds.at(-1) ?? 0,
    loadAverage: loadavg(),
  };
  console.log(
    JSON.stringify(
      report,
      (_, value: unknown) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value),
      2,
    ),
  );
  for (const sentence of wrong.slice(0, 20)) console.log(sentence);
  if (wrong.length + overdrawn + daysOutside > 0 || report.secondsP95 >= MOST_SECONDS) process.exitCode = 1;
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

main();
