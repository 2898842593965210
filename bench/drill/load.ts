import { request } from 'undici';
import type { Evidence } from './evidence.js';

const CART = {
  items: [
    { id: 'milk', name: 'Whole milk', quantity: 1, unit: 'gallon' },
    { id: 'eggs', name: 'Large eggs', quantity: 1, unit: 'dozen' },
  ],
  shippingAddress: { street: '1 Main St', city: 'Cincinnati', state: 'OH', postalCode: '45202', country: 'US' },
};
const ANSWER_MS = 15_000;

export interface Caller {
  tenant: string;
  key: string;
}

/**
 * What callers do, by a seed: accept routes under keys, repeat them with the same and with another body, cancel some, poll and look at
 * what is not theirs. Keeps what it was answered; a request that was cut off is asked again under its key, as a client would.
 */
export class Load {
  private sent = 0;
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly urls: () => readonly string[],
    private readonly callers: readonly Caller[],
    private readonly random: () => number,
    private readonly seen: Evidence,
    private readonly deadlineMs: number,
  ) {}

  /** One more thing at a caller's hand; answers at once. */
  step(): void {
    const acting = this.act().catch((error: unknown) => void this.seen.logs.push(`load: ${String(error)}`));
    this.underWay.add(acting);
    void acting.finally(() => this.underWay.delete(acting));
  }

  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private async act(): Promise<void> {
    const caller = this.pick(this.callers);
    const accepted = await this.accept(caller);
    if (!accepted) return;
    const { id, key, body } = accepted;
    const what = this.random();
    if (what < 0.1) await this.replay(caller, key, body, id, true);
    else if (what < 0.15) await this.replay(caller, key, { ...body, quorum: 1 }, id, false);
    else if (what < 0.22) await this.cancel(caller, id);
    else if (what < 0.3) await this.lookAsStranger(caller, id);
    if (this.random() < 0.3) await this.poll(caller, id);
  }

  private async accept(caller: Caller): Promise<{ id: string; key: string; body: object } | null> {
    const key = `drill-${this.sent++}`;
    const body = { ...CART, deadlineMs: this.deadlineMs, reference: key };
    // Until an answer came: a connection that broke may have been accepted or not.
    for (let attempt = 0; attempt < 20; attempt++) {
      const answer = await this.send('POST', '/v1/routes', caller, body, { 'idempotency-key': key });
      if (answer?.status === 202) {
        const { id } = answer.body as { id: string };
        this.seen.accepted.push({ id, tenant: caller.tenant, cancelledAt: null });
        return { id, key, body };
      }
      if (answer && answer.status !== 409) {
        this.seen.refusals.push({ status: answer.status, retryAfter: answer.retryAfter });
      }
      await new Promise((resolve) => setTimeout(resolve, 200 + this.random() * 600));
    }
    return null;
  }

  private async replay(caller: Caller, key: string, body: object, firstId: string, sameBody: boolean): Promise<void> {
    const answer = await this.send('POST', '/v1/routes', caller, body, { 'idempotency-key': key });
    if (!answer) return;
    const id = (answer.body as { id?: string } | null)?.id ?? null;
    this.seen.replays.push({ firstId, sameBody, status: answer.status, id });
  }

  private async cancel(caller: Caller, id: string): Promise<void> {
    const answer = await this.send('POST', `/v1/routes/${id}/cancel`, caller, undefined);
    const mine = this.seen.accepted.find((one) => one.id === id);
    if (answer?.status === 200 && mine) mine.cancelledAt = Date.now();
  }

  private async lookAsStranger(caller: Caller, id: string): Promise<void> {
    const stranger = this.callers.find(({ tenant }) => tenant !== caller.tenant);
    const answer = stranger && (await this.send('GET', `/v1/routes/${id}`, stranger, undefined));
    if (answer) this.seen.strangers.push({ id, status: answer.status });
  }

  private async poll(caller: Caller, id: string): Promise<void> {
    const statuses: string[] = [];
    this.seen.polled.set(id, statuses);
    for (let look = 0; look < 12; look++) {
      const answer = await this.send('GET', `/v1/routes/${id}`, caller, undefined);
      if (answer?.status === 200) statuses.push((answer.body as { status: string }).status);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  private async send(
    method: 'GET' | 'POST',
    path: string,
    { key }: Caller,
    body: object | undefined,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; retryAfter: boolean; body: unknown } | null> {
    try {
      const response = await request(this.pick(this.urls()) + path, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body ? { 'content-type': 'application/json' } : {}),
          ...headers,
        },
        body: body ? JSON.stringify(body) : null,
        headersTimeout: ANSWER_MS,
        bodyTimeout: ANSWER_MS,
      });
      const text = await response.body.text();
      return {
        status: response.statusCode,
        retryAfter: response.headers['retry-after'] !== undefined,
        body: text === '' ? null : JSON.parse(text),
      };
    } catch {
      return null; // refused, cut off or too late: the process was killed, and nothing can be said of the request
    }
  }

  private pick<T>(of: readonly T[]): T {
    return of[Math.floor(this.random() * of.length)]!;
  }
}
