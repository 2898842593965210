import type { ClearanceWish, Language, Line, Round } from './words.js';

/** What whoever shops should know, in their language: only what follows from the lines. Pure. */
export function tipsFor(
  round: Round | null,
  { language, precision }: Pick<ClearanceWish, 'language' | 'precision'>,
): string[] {
  if (!round) return [];
  const lines = round.stops.flatMap((stop) => stop.lines);
  const say = SAY[language];
  const first = lines.reduce((soonest, line) => (line.useBy < soonest.useBy ? line : soonest));
  return [
    ...(lines.some(({ isUseByAssumed }) => isUseByAssumed) ? [say.printed] : []),
    ...(precision === 'postal_code' ? [say.middle] : []),
    say.first(first.name, first.useBy),
    ...named(lines, ({ isFrozen }) => isFrozen, say.freeze),
    ...named(lines, ({ mayBeGone, isStale }) => mayBeGone === 'likely' || isStale, say.gone),
    ...named(lines, ({ match }) => match === 'stand_in', say.standsIn),
    ...named(lines, ({ allergens }) => allergens.likely.length > 0, say.allergens),
  ];
}

function named(lines: readonly Line[], is: (line: Line) => boolean, say: (names: string) => string): string[] {
  const names = [...new Set(lines.filter(is).map(({ name }) => name))];
  return names.length > 0 ? [say(names.join(', '))] : [];
}

const SAY: Readonly<
  Record<
    Language,
    {
      printed: string;
      middle: string;
      first: (name: string, day: string) => string;
      freeze: (names: string) => string;
      gone: (names: string) => string;
      standsIn: (names: string) => string;
      allergens: (names: string) => string;
    }
  >
> = {
  en: {
    printed: 'Last days are assumed by kind of food: a date printed on the pack always wins.',
    middle: 'The way is counted from the middle of the postal code’s area: yours may be longer or shorter.',
    first: (name, day) => `Use first: ${name}, by ${day}.`,
    freeze: (names) => `Freeze on the day you buy it: ${names}.`,
    gone: (names) => `Look for these first, they may be gone: ${names}.`,
    standsIn: (names) => `These stand in for what the recipe names: ${names}.`,
    allergens: (names) => `Read the label for allergens: ${names}.`,
  },
  da: {
    printed: 'Sidste dage er antaget efter varegruppe: en trykt dato gælder altid.',
    middle: 'Turen er regnet fra midten af postnummerets område: din kan være længere eller kortere.',
    first: (name, day) => `Brug først: ${name}, senest ${day}.`,
    freeze: (names) => `Frys samme dag: ${names}.`,
    gone: (names) => `Gå efter disse først, de kan være udsolgt: ${names}.`,
    standsIn: (names) => `Disse bruges i stedet for det, opskriften nævner: ${names}.`,
    allergens: (names) => `Læs etiketten for allergener: ${names}.`,
  },
};
