import { computed, signal } from '@preact/signals';
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

/** How often the client sends again what the API failed at. */
const RETRIES = 4;
/** What the API failed at and is being asked anew, and how many times it was. */
const struggling = signal<ReadonlyMap<string, number>>(new Map());
/** Whether something is being asked again that failed: whoever waits for it is told at once. */
export const isTryingAgain = computed(() => struggling.value.size > 0);

const LOOK_AGAIN_MS = 1500;
let looking = false;

/** The API, as whoever is signed in here. Its cookie goes with every request by itself. */
export const client = new LoopGPT({ baseUrl: location.origin, fetch: watched, maxRetries: RETRIES });

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
  const what = `${init.method ?? 'GET'} ${input instanceof Request ? input.url : String(input)}`;
  note(what, changes, answer.status, init.signal);
  if (answer.status === 401 || answer.status === 403) void tellOf(answer.clone());
  return answer;
}

/** Keeps count of what is sent again: a read that failed, and a change that was not even begun. Its signal tells when it is given up. */
function note(what: string, changes: boolean, status: number, signal: AbortSignal | null | undefined): void {
  const times = (struggling.peek().get(what) ?? 0) + 1;
  const isAgain = (status === 429 || status === 503 || (status >= 500 && !changes)) && times <= RETRIES;
  if (!isAgain && times === 1) return;
  if (!isAgain) return forget(what);
  struggling.value = new Map(struggling.peek()).set(what, times);
  signal?.addEventListener('abort', () => struggling.peek().get(what) === times && forget(what), { once: true });
}

function forget(what: string): void {
  const next = new Map(struggling.peek());
  next.delete(what);
  struggling.value = next;
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
