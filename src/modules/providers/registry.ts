/**
 * Every provider, one line each: its card. All else that is its own lies in its folder and is found by the folder's name: `<folder>.adapter.ts`
 * with `connect`, and for the simulator `<folder>.simulator.ts` with `simulator`.
 */
export { instacart } from './instacart/instacart.card.js';
export { kroger } from './kroger/kroger.card.js';
export { mealme } from './mealme/mealme.card.js';
export { salling } from './salling/salling.card.js';
export { walmart } from './walmart/walmart.card.js';
