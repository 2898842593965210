import { Agent, request } from 'undici';

/** One request of the load, timed from the moment it should have been sent. */
export interface Sent {
  /** Epoch ms. */
  intendedAtMs: number;
  /** How long after that it was in fact sent: the generator's own lag. */
  lagMs: number;
  /** From the intended moment to the complete answer. */
  latencyMs: number;
  /** The id that a 202 promised; null for any other answer. */
  id: string | null;
  /** What came instead of a 202. */
  refusal: string | null;
}

export interface Target {
  url: string;
  headers: Record<string, string>;
  body: string;
}

const GIVEN_UP_MS = 30_000;

/**
 * Open loop: sends at the scheduled moments (ms from now) whether or not earlier requests have been answered, and times each from its
 * schedule, so that a stall of the system or of this loop counts in full for everybody who would have come meanwhile.
 */
export async function openLoop(target: Target, schedule: readonly number[], now: () => number): Promise<Sent[]> {
  const agent = new Agent({ connections: 512, pipelining: 1, headersTimeout: GIVEN_UP_MS, bodyTimeout: GIVEN_UP_MS });
  const start = now() + 20;
  const sending: Promise<Sent>[] = [];
  for (const offset of schedule) {
    const intendedAtMs = start + offset;
    for (let wait = intendedAtMs - now(); wait > 0; wait = intendedAtMs - now()) await pause(Math.ceil(wait));
    sending.push(send(target, agent, intendedAtMs, now));
  }
  const sent = await Promise.all(sending);
  await agent.close();
  return sent;
}

async function send(
  { url, headers, body }: Target,
  dispatcher: Agent,
  intendedAtMs: number,
  now: () => number,
): Promise<Sent> {
  const lagMs = now() - intendedAtMs;
  const timed = (id: string | null, refusal: string | null): Sent => ({
    intendedAtMs,
    lagMs,
    latencyMs: now() - intendedAtMs,
    id,
    refusal,
  });
  try {
    const response = await request(url, { method: 'POST', headers, body, dispatcher });
    const text = await response.body.text();
    if (response.statusCode !== 202) return timed(null, String(response.statusCode));
    return timed((JSON.parse(text) as { id: string }).id, null);
  } catch (error) {
    return timed(null, String((error as { code?: unknown }).code ?? error));
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
