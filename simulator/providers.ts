import { instacartSimulator } from '../src/modules/providers/instacart/instacart.simulator.js';
import { krogerSimulator } from '../src/modules/providers/kroger/kroger.simulator.js';
import { mealmeSimulator } from '../src/modules/providers/mealme/mealme.simulator.js';
import { sallingSimulator } from '../src/modules/providers/salling/salling.simulator.js';
import { SIMULATED_WALMART_PUBLIC_KEY } from '../src/modules/providers/simulated-credentials.js';
import type { ProviderSimulator } from '../src/modules/providers/simulation.js';
import { walmartSimulator } from '../src/modules/providers/walmart/walmart.simulator.js';
import { messagesSimulator } from './messages/messages.simulator.js';
import { spotifySimulator } from './spotify.simulator.js';
import { usdaSimulator } from './usda.simulator.js';

/** The simulated hosts by the first segment of their path, one line each. */
export function simulatedProviders(): Map<string, ProviderSimulator> {
  return new Map<string, ProviderSimulator>([
    ['kroger', krogerSimulator()],
    ['walmart', walmartSimulator(SIMULATED_WALMART_PUBLIC_KEY)],
    ['mealme', mealmeSimulator()],
    ['instacart', instacartSimulator()],
    ['salling', sallingSimulator()],
    ['anthropic', messagesSimulator()],
    ['usda', usdaSimulator()],
    ['spotify', spotifySimulator()],
  ]);
}
