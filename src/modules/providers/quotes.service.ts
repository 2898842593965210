import type { Deadline } from '../../common/deadline.js';
import type { InForce } from '../../config.js';
import type { BreakerState } from '../../platform/resilience/circuit-breaker.js';
import type { BudgetUse } from './calling/call-budgets.js';
import type { Connection } from './calling/settings.js';
import type { SourceCard } from './cards.js';
import type { ProviderAnswer, ProviderId, QuoteRequest, SourceId } from './provider.js';

export interface ProviderState<Id extends SourceId = SourceId> extends Pick<
  SourceCard,
  'name' | 'kind' | 'priority' | 'capabilities' | 'commissionBps'
> {
  id: Id;
  state: Connection['state'];
  simulated: boolean;
  timeoutMs: number | null;
  breaker: BreakerState;
  /** Quotes under way in this process, and how many may be. */
  inFlight: number;
  concurrencyLimit: number;
  healthy: boolean;
  /** When this process last heard it, ms ago, and how long that answer took. */
  lastHeard: { agoMs: number; latencyMs: number | null } | null;
}

export interface SourceStanding extends ProviderState {
  /** How much of its call budget is used; null where nothing limits the calls. */
  budget: BudgetUse | null;
}

export interface Candidate extends Pick<ProviderState<ProviderId>, 'id' | 'name' | 'priority' | 'commissionBps'> {
  linkOnly: boolean;
  timeoutMs: number;
}

/**
 * Asks providers. Promises an answer for each, good or bad, as a value and the moment it lands; leaves what the answers mean to
 * routing. Each provider has its own timeout, concurrency limit and circuit breaker, so one cannot hurt another. What asks is
 * QuotingService; whoever has it asked reaches none of that.
 */
export abstract class QuotesService {
  /** Those that would be asked if `values` were in force. */
  abstract askedUnder(values: InForce): ReadonlySet<ProviderId>;

  /** Those that may be asked now, as a policy freezes them. */
  abstract candidates(): Candidate[];

  /** Of the providers of quotes, by what this process has seen. */
  abstract states(): ProviderState<ProviderId>[];

  /** Of every source: healthy by what any process has seen. */
  abstract cards(): Promise<SourceStanding[]>;

  /** Whether a cart that came now could get a quote, as far as any process knows. */
  abstract canQuote(): Promise<boolean>;

  abstract simulatedInProduction(): boolean;

  /** Asks all of `ids` at once; `onAnswer` is called once for each, with the step that the answer came of, to be carried on. Resolves when the last has answered. Never throws for them. */
  abstract ask(
    request: QuoteRequest,
    ids: readonly ProviderId[],
    deadline: Deadline,
    signal: AbortSignal,
    onAnswer: (answer: ProviderAnswer, traceparent: string) => void,
  ): Promise<void>;
}
