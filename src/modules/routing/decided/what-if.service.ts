import { Injectable } from '@nestjs/common';
import { AppError } from '../../../common/errors.js';
import type { InForce } from '../../../config.js';
import { QuotesService } from '../../providers/quotes.service.js';
import { InForceService } from '../../switches/in-force.service.js';
import { operatorsWeights, policyUnder, policyWith, weightFaults } from '../deciding/build-policy.js';
import { buildOutcome } from '../deciding/outcome.js';
import type { Answer, Outcome, Policy } from '../deciding/policy.js';
import { readExperiment } from '../deciding/experiment.js';
import { RoutingRepository, type RouteRow } from '../routing.repository.js';
import type { Rescore, Rescored } from './rescoring.dto.js';

const DECISIONS = 100;

export interface WhatIf {
  decisions: number;
  changed: { routeId: string; winner: string | null; wouldBe: string | null }[];
}

/** Decides routes again under other settings or wishes, from their stored answers. Asks nobody and writes nothing. */
@Injectable()
export class WhatIfService {
  constructor(
    private readonly routes: RoutingRepository,
    private readonly quotes: QuotesService,
    private readonly inForce: InForceService,
  ) {}

  /** Timeouts and mock mode change what is answered, which no stored answer can tell: of those only the choice of providers counts. */
  async wouldChange(values: InForce): Promise<WhatIf> {
    const routes = await this.routes.lastDecided(DECISIONS);
    const asked = this.quotes.askedUnder(values);
    const changed = routes.flatMap((route) => {
      const again = decidedAgain(route, policyUnder(route.policy, this.inForce.values, values, asked));
      const [winner, wouldBe] = [winnerOf(route.outcome!), winnerOf(again)];
      return winner === wouldBe ? [] : [{ routeId: route.id, winner, wouldBe }];
    });
    return { decisions: routes.length, changed };
  }

  /** What is wrong with the experiment that `values` would begin; null where there is none or it holds. */
  experimentFault({ LOOPGPT_EXPERIMENT: text }: InForce): string | null {
    const read = text === undefined ? null : readExperiment(text);
    return read !== null && 'faults' in read ? read.faults : null;
  }

  /** By the environment's names: what a route is weighed by whose caller has no wish. */
  weightsUnder(values: InForce): Record<string, string> {
    return Object.fromEntries(
      Object.entries(operatorsWeights(values)).map(([factor, weight]) => [
        `LOOPGPT_SCORE_${factor.toUpperCase()}_WEIGHT`,
        String(weight),
      ]),
    );
  }

  /** One decision under its caller's other wishes. Throws `route_not_found`, `route_not_decided` and `route_unusable`. */
  async rescore(tenantId: string, id: string, wishes: Rescore): Promise<Rescored> {
    const route = await this.routes.read(tenantId, id);
    const was = route.outcome;
    if (!was) throw new AppError('route_not_decided', `route ${id} is ${route.status}`);
    const policy = policyWith(route.policy, wishes, this.inForce.values);
    const errors = weightFaults(policy.weights);
    if (errors.length > 0) throw new AppError('route_unusable', 'no weight counts', { errors });
    const wouldBe = decidedAgain(route, policy);
    return { routeId: id, changed: winnerOf(was) !== winnerOf(wouldBe), weights: policy.weights, was, wouldBe };
  }
}

/** As of the moment it was decided, so that a quote that has expired since still counts; a decided route has one. */
function decidedAgain({ answers, outcome, closedAt }: RouteRow & { answers: Answer[] }, policy: Policy): Outcome {
  const { rule, decidedAfterMs } = outcome!;
  return buildOutcome(policy, answers, { kind: 'decided', rule, decidedAt: closedAt!.toISOString() }, decidedAfterMs);
}

const winnerOf = (outcome: Outcome): string | null => outcome.winner?.providerId ?? null;
