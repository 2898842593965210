import { hashOf } from '../../src/modules/words/reading/learned/attributes.js';

interface Case {
  id: string;
}
/** One of four, by its name alone: a case stays where it is whatever is added to its set. */
export const isHeldOut = ({ id }: Case): boolean => (hashOf(`half ${id}`) >>> 7) % 4 === 3;

/** The quarter of a set that nobody looks at while reading is mended. */
export const heldOut = <T extends Case>(all: readonly T[]): T[] => all.filter(isHeldOut);
/** The cases whose misses are shown, and that certainties are calibrated on. */
export const shown = <T extends Case>(all: readonly T[]): T[] => all.filter((one) => !isHeldOut(one));
