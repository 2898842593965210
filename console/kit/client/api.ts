import { signal } from '@preact/signals';
import { LoopGPT } from '../../../sdk/client.js';

/** Whether the API answers at present. */
export const reachable = signal(true);
/** Rises each time that it answers again after it did not: what was loaded before may have changed. */
export const revivals = signal(0);
/** Called with the code of each answer that refuses who asks; the session listens. */
export const refusals = signal<{ code: string; at: number } | null>(null);

let proof: string | null = null;
/** What a change has to bring along while there is a session. */
export const prove = (csrfToken: string | null): void => void (proof = csrfToken);

const LOOK_AGAIN_MS = 1500;
let looking = false;

/** The API, as whoever is signed in here. Its cookie goes with every request by itself. */
export const client = new LoopGPT({ baseUrl: location.origin, fetch: watched });

async function watched(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const changes = init.method !== undefined && init.method !== 'GET';
  const headers = {
    ...(init.headers as Record<string, string>),
    ...(changes && proof ? { 'x-csrf-token': proof } : {}),
  };
  let answer: Response;
  try {
    answer = await fetch(input, { ...init, headers });
  } catch (error) {
    if (!init.signal?.aborted) void lookOut();
    throw error;
  }
  arrived();
  if (answer.status === 401 || answer.status === 403) void tellOf(answer.clone());
  return answer;
}

async function tellOf(answer: Response): Promise<void> {
  const { code } = (await answer.json().catch(() => ({}))) as { code?: string };
  if (code) refusals.value = { code, at: performance.now() };
}

function arrived(): void {
  if (reachable.peek()) return;
  reachable.value = true;
  revivals.value++;
}

/** Asks until there is an answer. */
async function lookOut(): Promise<void> {
  reachable.value = false;
  if (looking) return;
  looking = true;
  while (!reachable.peek()) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    const isThere = await fetch('/health/live', { cache: 'no-store' }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isThere) arrived();
  }
  looking = false;
}
