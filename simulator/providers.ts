import { CARDS, folderOf } from '../src/modules/providers/cards.js';
import type { ProviderSimulator } from '../src/modules/providers/simulation.js';
import { messagesSimulator } from './messages/messages.simulator.js';
import { spotifySimulator } from './spotify.simulator.js';
import { usdaSimulator } from './usda.simulator.js';

/** The simulated hosts by the first segment of their path: a provider's is in its folder, under the folder's name. */
export function simulatedProviders(): Map<string, ProviderSimulator> {
  return new Map<string, ProviderSimulator>([
    ...CARDS.map(folderOf).map((folder) => [folder, simulatorIn(folder)] as const),
    ['anthropic', messagesSimulator()],
    ['usda', usdaSimulator()],
    ['spotify', spotifySimulator()],
  ]);
}

function simulatorIn(folder: string): ProviderSimulator {
  const { simulator } = require(`../src/modules/providers/${folder}/${folder}.simulator.js`) as {
    simulator?: () => ProviderSimulator;
  };
  if (typeof simulator !== 'function')
    throw new Error(`${folder}/${folder}.simulator.ts exports no function simulator`);
  return simulator();
}
