import type { Currency } from '../../../common/money.js';
import { tipsFor } from './tips.js';
import type { ClearanceWish, Cleared, Language, Market, Round } from './words.js';

/** What is told where nobody could be asked. */
export function failedAs(wish: ClearanceWish, currency: Currency): Cleared {
  const none = clearedAs(null, null, { wish, currency, seen: { shops: 0, offers: 0 }, lists: null });
  return { ...none, sentence: WORDS[wish.language].failed };
}

/** What is told of the shopping that was found best. Pure. */
export function clearedAs(
  best: Round | null,
  market: Market | null,
  {
    wish,
    currency,
    seen,
    lists,
  }: Pick<Cleared, 'lists'> & { wish: ClearanceWish; currency: Currency; seen: Omit<Cleared['seen'], 'usable'> },
): Cleared {
  // In whole packs the list may be spared less than what is saved by the gram.
  const savedCents =
    best && lists ? Math.min(best.savedCents, lists.withoutCents - lists.withCents) : (best?.savedCents ?? 0);
  const isWorthIt = best !== null && Math.min(best.netCents, savedCents - best.trip.cents) > 0;
  const round = isWorthIt ? best : null;
  const toldCents = toldOf(best, savedCents, isWorthIt);
  const usable = market?.lots.length ?? 0;
  const words = WORDS[wish.language];
  return {
    currency,
    near: { ...wish.near, precision: wish.precision },
    day: round ? market!.day : null,
    isWorthIt,
    sentence: [
      sentenceOf(best, { wish, currency, usable, savedCents: toldCents, isWorthIt }),
      ...heldIn(seen, words),
    ].join(' '),
    round,
    best: best && bestAs(best, toldCents),
    lists: round && lists,
    formula: { savedCents: words.saved, savedGrams: words.grams, trip: words.trip },
    maps: mapsOf(round, wish),
    tips: tipsFor(round, wish),
    seen: { ...seen, usable },
  };
}

/** What is told to be saved: by the packs where that pays, or else by the whole list too, and never less than nothing. */
const toldOf = (round: Pick<Round, 'savedCents'> | null, savedCents: number, isWorthIt: boolean): number =>
  isWorthIt && round ? round.savedCents : Math.max(0, savedCents);

/** A round with what is told to be saved by it, so that it is what its sentence says. */
const bestAs = ({ savedGrams, trip, stops }: Round, savedCents: number): NonNullable<Cleared['best']> => ({
  savedCents,
  savedGrams,
  netCents: savedCents - trip.cents,
  tripCents: trip.cents,
  shops: stops.map(({ shop }) => shop.name),
});

/** What is told of shopping that was chosen for the plan as it was before a swap. */
export function keptAs(
  before: Cleared,
  round: Round,
  { wish, lists, isUnderWay }: Pick<Cleared, 'lists'> & { wish: ClearanceWish; isUnderWay: boolean },
): Cleared {
  const saved = lists ? Math.min(round.savedCents, lists.withoutCents - lists.withCents) : round.savedCents;
  const isWorthIt = saved - round.trip.cents > 0;
  const money = (cents: number) => moneyIn(cents, before.currency, wish.language);
  const words = WORDS[wish.language];
  const shops = round.stops.map(({ shop }) => shop.name).join(', ');
  const isBought = isWorthIt || isUnderWay;
  const toldCents = toldOf(round, saved, isWorthIt);
  const [saves, costs] = [money(toldCents), money(round.trip.cents)];
  return {
    ...before,
    best: bestAs(round, toldCents),
    isWorthIt,
    day: isBought ? before.day : null,
    round: isBought ? round : null,
    sentence: isWorthIt
      ? words.worth(saves, costs, shops)
      : isUnderWay
        ? words.kept(saves, costs, shops)
        : words.notWorth(saves, costs),
    lists: isBought ? lists : null,
    maps: mapsOf(isBought ? round : null, wish),
    tips: tipsFor(isBought ? round : null, wish),
    // Meals may be others now.
    words: [],
  };
}

/** Why less is left than shops tell. */
const heldIn = ({ heldPacks = 0 }: Omit<Cleared['seen'], 'usable'>, words: (typeof WORDS)[Language]): string[] =>
  heldPacks > 0 ? [words.held(heldPacks)] : [];

function sentenceOf(
  best: Round | null,
  {
    wish,
    currency,
    usable,
    savedCents,
    isWorthIt,
  }: { wish: ClearanceWish; currency: Currency; usable: number; savedCents: number; isWorthIt: boolean },
): string {
  const money = (cents: number) => moneyIn(cents, currency, wish.language);
  const words = WORDS[wish.language];
  if (!best) return usable === 0 ? words.nothing : words.unused;
  const [saves, costs] = [money(savedCents), money(best.trip.cents)];
  return isWorthIt
    ? words.worth(saves, costs, best.stops.map(({ shop }) => shop.name).join(', '))
    : words.notWorth(saves, costs);
}

/** 1450 as people say it: "14.50 kr", "14,50 kr". */
export function moneyIn(cents: number, currency: Currency, language: Language): string {
  const amount = cents % 100 === 0 ? String(cents / 100) : (cents / 100).toFixed(2);
  const told = language === 'da' ? amount.replace('.', ',') : amount;
  return currency === 'DKK' ? `${told} kr` : `$${told}`;
}

const WORDS: Readonly<
  Record<
    Language,
    Record<'failed' | 'nothing' | 'unused' | 'saved' | 'grams' | 'trip', string> & {
      worth: (saves: string, costs: string, shops: string) => string;
      notWorth: (saves: string, costs: string) => string;
      held: (packs: number) => string;
      kept: (saves: string, costs: string, shops: string) => string;
    }
  >
> = {
  en: {
    failed: 'Nobody who knows what shops clear there answered: the plan is made without.',
    nothing: 'Nothing that is cleared near there and can be reached while shops are open is of use to this plan.',
    unused: 'No meal of this plan can use enough of what is cleared near there to save anything.',
    worth: (saves, costs, shops) => `Worth it: saves ${saves}, the trip costs ${costs}. Shop at ${shops}.`,
    notWorth: (saves, costs) => `Not worth it: saves ${saves}, costs ${costs}.`,
    held: (packs) =>
      packs === 1
        ? 'One pack there is held by another plan of yours.'
        : `${packs} packs there are held by other plans of yours.`,
    kept: (saves, costs, shops) =>
      `The shopping at ${shops} is under way: with this meal it saves ${saves}, the trip costs ${costs}.`,
    saved: 'of each line: floor(regularCents × usedGrams / packGrams) − bought × priceCents; left-overs count nothing',
    grams: 'of all lines: grams that a meal of this plan uses by their last day; left-overs count nothing',
    trip: 'km × perKmCents + minutes / 60 × perHourCents, rounded up; km is 1.3 × as the crow flies, there and home; 30 km/h and 10 minutes a stop',
  },
  da: {
    failed: 'Ingen, der kender nedsatte varer i området, svarede: planen er lavet uden.',
    nothing: 'Intet af det nedsatte i nærheden, som kan nås i åbningstiden, kan bruges i denne plan.',
    unused: 'Ingen måltider i planen kan bruge nok af det nedsatte i nærheden til at spare noget.',
    worth: (saves, costs, shops) => `Det kan betale sig: sparer ${saves}, turen koster ${costs}. Køb ind hos ${shops}.`,
    notWorth: (saves, costs) => `Det kan ikke betale sig: sparer ${saves}, koster ${costs}.`,
    held: (packs) =>
      packs === 1
        ? 'Én pakke dér holdes af en anden af dine planer.'
        : `${packs} pakker dér holdes af andre af dine planer.`,
    kept: (saves, costs, shops) =>
      `Indkøbet hos ${shops} er i gang: med dette måltid spares ${saves}, turen koster ${costs}.`,
    saved: 'pr. linje: floor(regularCents × usedGrams / packGrams) − bought × priceCents; rester tæller ikke',
    grams: 'af alle linjer: gram, som et måltid i planen bruger inden sidste dag; rester tæller ikke',
    trip: 'km × perKmCents + minutes / 60 × perHourCents, rundet op; km er 1,3 × fugleflugt, ud og hjem; 30 km/t og 10 minutter pr. stop',
  },
};

type Point = { latitude: number; longitude: number };
const at = ({ latitude, longitude }: Point): string => `${latitude},${longitude}`;
const linkTo = (point: Point): string =>
  `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(at(point))}`;

/** Links that a map opens with the way drawn in; nobody is asked for them. */
function mapsOf(round: Round | null, { near }: ClearanceWish): Cleared['maps'] {
  if (!round) return { route: null, stops: [] };
  const shops = round.stops.map(({ shop }) => shop);
  const way = new URLSearchParams({
    api: '1',
    origin: at(near),
    destination: at(near),
    waypoints: shops.map(at).join('|'),
  });
  return { route: `https://www.google.com/maps/dir/?${way.toString()}`, stops: shops.map(linkTo) };
}
