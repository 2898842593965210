import { effect, signal } from '@preact/signals';
import { address } from '../parts/address.js';
import { client } from '../client/api.js';
import { presence } from '../client/session.js';
import { language } from '../language/words.js';
import { another, bodyOf, FRESH, type Wish } from './wish.js';
import { t } from './words.js';

const LATE_HOUR = 14;

/** What the form holds, for as long as the tab is open: who eats and what they must not have is kept nowhere. */
export const wish = signal<Wish>(fresh());
/** The plan that was asked for here last, and by which wish: what to change when it cannot be made. */
export const asked = signal<{ id: string; wish: Wish } | null>(null);

/** What is told anew asks for another plan than one that was found. */
export const tell = (part: Partial<Wish>): void => void (wish.value = { ...wish.peek(), seed: undefined, ...part });

/** Asks for a plan; answers its id. Rejects with what the API refused. */
export async function ask(wanted: Wish): Promise<string> {
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const body = bodyOf(wanted, {
    address: address.peek(),
    language: language.peek(),
    timezone,
    nowMs: Date.now(),
  });
  const { id } = await client.plans.create(body);
  asked.value = { id, wish: wanted };
  return id;
}

function fresh(): Wish {
  const first = another([], t().person(1));
  // Nobody plans the breakfast of the day that is nearly over.
  const begins = new Date().getHours() < LATE_HOUR ? 'today' : 'tomorrow';
  return { ...FRESH, begins, people: [first, another([first], t().person(2))] };
}

// Nothing of one tenant's household is left when another signs in.
let tenant: string | null = null;
effect(() => {
  const who = presence.value;
  const here = who.state === 'in' ? who.session.tenantId : null;
  if (tenant !== null && here !== tenant) {
    wish.value = fresh();
    asked.value = null;
  }
  tenant = here;
});
