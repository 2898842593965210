/** What a drill has seen from outside, and what the checker holds the rows against. Times are epoch milliseconds of this machine. */
export interface Evidence {
  accepted: Accepted[];
  /** Further answers to keys that had been used: with the same body, and with another one. */
  replays: { firstId: string; sameBody: boolean; status: number; id: string | null }[];
  /** Answers that accepted nothing, with whether they said when to come back. */
  refusals: { status: number; retryAfter: boolean }[];
  /** Statuses of a route as they were polled, in order. */
  polled: Map<string, string[]>;
  /** A tenant's look at another's route. */
  strangers: { id: string; status: number }[];
  /** Stretches in which PostgreSQL, or every process of a role, could not be reached. */
  outages: { from: number; to: number }[];
  kills: number;
  /** Per process, the largest resident memory seen, in MiB. */
  memoryMiB: Map<string, number>;
  /** Log lines of all processes. */
  logs: string[];
}

export interface Accepted {
  id: string;
  tenant: string;
  cancelledAt: number | null;
}

export interface Finding {
  invariant: string;
  about: string;
  /** How many things were looked at; nothing looked at proves nothing. */
  checked: number;
  faults: string[];
}
