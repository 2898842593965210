import { realTime } from './boards/real-time.js';
import { providers } from './boards/providers.js';
import { business } from './boards/business.js';
import { planning } from './boards/planning.js';
import { deliveries } from './boards/deliveries.js';
import { words } from './boards/words.js';
import type { Board } from './panels.js';

/** What the former operators looked at, and what came since. */
export const BOARDS: readonly Board[] = [realTime, providers, business, planning, deliveries, words];
