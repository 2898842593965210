import { PROVIDER_IDS, type ProviderId } from './cards.js';

export const DEFAULT_LANE_NAME = 'default';

/**
 * Lanes from their configuration, e.g. "slow=MEALME,INSTACART;solo=KROGER_API": lane name → its providers. Providers not named
 * share the lane "default". Throws with a plain sentence when a name is wrong or a provider is in two lanes.
 */
export function parseLanes(text: string): Map<string, readonly ProviderId[]> {
  const lanes = new Map<string, readonly ProviderId[]>();
  const taken = new Set<ProviderId>();
  for (const part of text
    .split(';')
    .map((piece) => piece.trim())
    .filter(Boolean)) {
    const [name = '', members = ''] = part.split('=');
    if (!/^[a-z][a-z0-9-]{0,30}$/.test(name) || name === DEFAULT_LANE_NAME || lanes.has(name)) {
      throw new Error(`LOOPGPT_LANES: "${name}" is not a usable lane name (lower case, once, not "default")`);
    }
    const ids = members.split(',').map((id) => id.trim());
    for (const id of ids) {
      if (!isProviderId(id))
        throw new Error(`LOOPGPT_LANES: "${id}" is not a provider; allowed: ${PROVIDER_IDS.join(', ')}`);
      if (taken.has(id)) throw new Error(`LOOPGPT_LANES: ${id} is in two lanes`);
      taken.add(id);
    }
    lanes.set(name, ids as ProviderId[]);
  }
  const rest = PROVIDER_IDS.filter((id) => !taken.has(id));
  if (rest.length > 0) lanes.set(DEFAULT_LANE_NAME, rest);
  return lanes;
}

function isProviderId(id: string): id is ProviderId {
  return (PROVIDER_IDS as readonly string[]).includes(id);
}
