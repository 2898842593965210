import type { PlanRequest } from '../solver/plan.js';

/** Music to cook by. The address is made from the id: no address that others wrote gets into a plan. */
export interface Playlist {
  id: string;
  name: string;
  url: string;
}

const MOODS = ['cooking', 'dinner jazz', 'kitchen soul', 'cooking bossa nova', 'sunday kitchen', 'dinner party'];

/** What to look for: the seed's choice, and not a word of what callers wrote or what they eat. */
export const moodOf = ({ seed }: Pick<PlanRequest, 'seed'>): string => MOODS[seed % MOODS.length]!;

/** The seed's choice of what was found; null of nothing usable. */
export function choosePlaylist(
  found: readonly { id: string; name: string }[],
  { seed }: Pick<PlanRequest, 'seed'>,
): Playlist | null {
  const usable = found.flatMap(({ id, name }) => {
    const shown = name.replaceAll(UNSHOWN, ' ').replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST_NAME);
    return ID.test(id) && shown !== '' ? [{ id, name: shown, url: `https://open.spotify.com/playlist/${id}` }] : [];
  });
  return usable[seed % usable.length] ?? null;
}

const ID = /^[A-Za-z0-9]{1,40}$/;
/** Control characters, those that turn the direction of what follows, and halves of pairs. */
const UNSHOWN = /[\p{Cc}\p{Cf}\p{Cs}]/gu;
const LONGEST_NAME = 100;
