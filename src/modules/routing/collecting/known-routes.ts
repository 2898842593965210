import { Injectable } from '@nestjs/common';
import type { Answer } from '../deciding/policy.js';
import type { Asked, OpenRoute, RouteRow } from '../routing.repository.js';

/** An open route as this process knows it: by its acceptance here, or by reading it once. */
export interface KnownRoute {
  row: RouteRow;
  answers: readonly Answer[];
  /** What a worker asks with; null when it was accepted elsewhere. */
  asked: Asked | null;
  /** When it was accepted, on this process's own clock: nothing of two hosts' clocks is compared. */
  acceptedAt: number;
}

const MOST = 2000;

/**
 * What this process knows of open routes, so that nothing is read back that was written or read here before. It may be behind (another
 * instance stores answers, too): who closes by it lets the database check that it is not.
 */
@Injectable()
export class KnownRoutes {
  private readonly known = new Map<string, KnownRoute>();

  /** `elapsedMs` since it was accepted, as the database said it a moment ago. */
  learn(
    row: RouteRow,
    { answers, asked, elapsedMs }: { answers: readonly Answer[]; asked: Asked | null; elapsedMs: number },
  ): void {
    this.known.set(row.id, { row, answers, asked, acceptedAt: performance.now() - elapsedMs });
    if (this.known.size > MOST) this.forget(this.known.keys().next().value!);
  }

  get(id: string): KnownRoute | undefined {
    return this.known.get(id);
  }

  elapsedMs({ acceptedAt }: KnownRoute): number {
    return performance.now() - acceptedAt;
  }

  /** As it stands with these answers, at this moment. */
  opened(route: KnownRoute, answers: readonly Answer[]): OpenRoute {
    const elapsedMs = this.elapsedMs(route);
    const now = new Date(route.row.createdAt.getTime() + elapsedMs);
    return { ...route.row, now, elapsedMs, overdue: now >= route.row.deadlineAt, answers: inOrder(answers) };
  }

  stored(id: string, answers: readonly Answer[]): void {
    const route = this.known.get(id);
    if (route) this.known.set(id, { ...route, answers: [...route.answers, ...answers] });
  }

  forget(id: string): void {
    this.known.delete(id);
  }
}

/** As the database lists them. */
const inOrder = (answers: readonly Answer[]): Answer[] =>
  [...answers].sort((one, other) => (one.providerId < other.providerId ? -1 : 1));
