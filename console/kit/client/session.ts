import { computed, effect, signal } from '@preact/signals';
import { LoopGPTError, type Session } from '../../../sdk/client.js';
import { client, prove, refusals, revivals } from './api.js';

/**
 * Who one is here. `open`: nobody, where nobody needs a key, as in development. `ended`: what was a session is none any more, so that one signs in
 * and goes on where one was.
 */
export type Presence =
  { state: 'asking' } | { state: 'open' } | { state: 'in'; session: Session } | { state: 'out' } | { state: 'ended' };

export const presence = signal<Presence>({ state: 'asking' });

/** Everything where no key is needed. */
const scopes = computed(() => (presence.value.state === 'in' ? new Set(presence.value.session.scopes) : null));

/** Whether whoever is here may do what needs `scope`. */
export const may = (scope: string): boolean =>
  scopes.value
    ? scopes.value.has(scope) || (scope === 'admin:read' && scopes.value.has('admin'))
    : presence.value.state === 'open';

/** Whose things are shown here; where nobody needs a key, those of development. */
export const tenantHere = (): string | null =>
  presence.value.state === 'in'
    ? presence.value.session.tenantId
    : presence.value.state === 'open'
      ? 'ten_development'
      : null;

/** Renewed when so much of its time is left. */
const BEFORE_MS = 120_000;
const ENDING = ['session_invalid', 'api_key_missing', 'api_key_invalid'];
let renewal: ReturnType<typeof setTimeout> | undefined;

function enter(session: Session): void {
  prove(session.csrfToken);
  presence.value = { state: 'in', session };
  clearTimeout(renewal);
  if (session.expiresAt >= session.endsAt) return;
  const leftMs = Date.parse(session.expiresAt) - Date.now();
  renewal = setTimeout(() => void renew(), Math.max(5000, leftMs - BEFORE_MS));
}

function leave(state: 'out' | 'ended' | 'open'): void {
  clearTimeout(renewal);
  prove(null);
  presence.value = { state };
}

/** As the page was told when it was served: whether keys are needed here, and whether its browser brought a session's cookie along. */
const { keys, session: cookie } = document.documentElement.dataset;
const nobody = keys === 'none' ? 'open' : 'out';

/** Finds out who one is. */
export async function beginSession(): Promise<void> {
  if (cookie === 'none') leave(nobody);
  else await resume();
}

async function resume(): Promise<void> {
  try {
    enter(await client.session.get());
  } catch (error) {
    if (!(error instanceof LoopGPTError)) return; // not reached: asked again on its revival
    if (error.code === 'session_missing') leave('open');
    else if (error.status === 401 && presence.peek().state === 'asking') leave(nobody);
  }
}

/** Rejects with a LoopGPTError for a wrong key. */
export async function signIn(key: string): Promise<void> {
  enter(await client.session.signIn(key.trim()));
}

export async function signOut(): Promise<void> {
  await client.session.signOut();
  leave(nobody);
}

async function renew(): Promise<void> {
  try {
    enter(await client.session.renew());
  } catch {
    await resume(); // which tells what has become of it
  }
}

let seen = revivals.peek();
effect(() => {
  if (revivals.value === seen) return;
  seen = revivals.value;
  if (presence.peek().state === 'asking' || presence.peek().state === 'in') void resume();
});

effect(() => {
  const { code } = refusals.value ?? {};
  if (!code) return;
  const { state } = presence.peek();
  if (state === 'in' && ENDING.includes(code)) leave('ended');
  // Another tab has signed in anew: its session is ours.
  else if (state === 'in' && code === 'csrf_invalid') void resume();
});

// A laptop that slept has missed the hour.
document.addEventListener('visibilitychange', () => {
  const now = presence.peek();
  if (document.visibilityState === 'visible' && now.state === 'in' && now.session.expiresAt < now.session.endsAt)
    void renew();
});
