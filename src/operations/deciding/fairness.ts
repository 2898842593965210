/**
 * Fair dispatch, pure: a tenant's jobs queue behind as much work of each other tenant's as it has open itself, so that who floods waits
 * for itself and a quiet tenant's next goes first. Weights say how many turns a tenant gets for one of an ordinary tenant's.
 */
export type Weights = ReadonlyMap<string, number>;

export const weightOf = (weights: Weights, tenantId: string): number => weights.get(tenantId) ?? 1;

/**
 * BullMQ's priority for a tenant's next job: undefined goes first, larger is later (2^21 is its last). `work` is what the tenant has
 * open; as much as the workers take up at once is free of any order, so that an idle system is used whole.
 */
export function priorityOf(work: number, weight: number, atOnce: number): number | undefined {
  const rank = Math.floor(work / (atOnce * weight));
  return rank === 0 ? undefined : Math.min(rank, 2 ** 21);
}

/** From "ten_a=3,ten_b=0.5". Throws with a plain sentence when it cannot be read. */
export function parseWeights(text: string): Weights {
  const pairs = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const [tenantId = '', weight = ''] = part.split('=');
      if (tenantId === '' || !(Number(weight) >= 0.01 && Number(weight) <= 1000))
        throw new Error(`LOOPGPT_TENANT_WEIGHTS: "${part}" is no tenant=weight with a weight from 0.01 to 1000`);
      return [tenantId, Number(weight)] as const;
    });
  return new Map(pairs);
}
