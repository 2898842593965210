/** What plans are made from, read once when the process starts. */
export const LIBRARY = Symbol('nutrition library');
/** `shortlistOf` with that library, for those who need not know what it is made of. */
export const SHORTLIST = Symbol('shortlist of a request');
/** `swapRefusals` with that library, likewise. */
export const SWAP_REFUSALS = Symbol('why a meal cannot be swapped');
/** `planAs`, for who need not know how each text is written. */
export const PLAN_AS = Symbol('plan as text');
/** Where an address is, for those who need not know who is asked. */
export const PLACE_OF = Symbol('place of an address');
