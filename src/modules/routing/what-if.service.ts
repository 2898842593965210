import { Injectable } from '@nestjs/common';
import type { Config } from '../../config.js';
import { QuotesService } from '../providers/quotes.service.js';
import { SwitchesService } from '../switches/switches.service.js';
import { policyUnder } from './build-policy.js';
import { buildOutcome } from './outcome.js';
import type { Outcome } from './policy.js';
import { RoutingRepository } from './routing.repository.js';

const DECISIONS = 100;

export interface WhatIf {
  decisions: number;
  changed: { routeId: string; winner: string | null; wouldBe: string | null }[];
}

/** Decides the latest routes again under other settings, from their stored answers. Asks nobody and writes nothing. */
@Injectable()
export class WhatIfService {
  constructor(
    private readonly routes: RoutingRepository,
    private readonly quotes: QuotesService,
    private readonly switches: SwitchesService,
  ) {}

  /** Timeouts and mock mode change what is answered, which no stored answer can tell: of those only the choice of providers counts. */
  async wouldChange(values: Config['values']): Promise<WhatIf> {
    const routes = await this.routes.lastDecided(DECISIONS);
    const asked = this.quotes.askedUnder(values);
    const changed = routes.flatMap(({ id, policy, answers, outcome, closedAt }) => {
      const under = policyUnder(policy, this.switches.values, values, asked);
      const decidedAt = closedAt!.toISOString();
      const again = buildOutcome(
        under,
        answers,
        { kind: 'decided', rule: outcome!.rule, decidedAt },
        outcome!.decidedAfterMs,
      );
      const [winner, wouldBe] = [winnerOf(outcome!), winnerOf(again)];
      return winner === wouldBe ? [] : [{ routeId: id, winner, wouldBe }];
    });
    return { decisions: routes.length, changed };
  }
}

const winnerOf = (outcome: Outcome): string | null => outcome.winner?.providerId ?? null;
