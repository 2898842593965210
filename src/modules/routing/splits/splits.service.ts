import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AppError } from '../../../common/errors.js';
import { Config } from '../../../config.js';
import { parseWeights } from '../../../operations/deciding/fairness.js';
import { Threads } from '../../../operations/threads.js';
import { builtFile } from '../../../platform/data-file.js';
import { RoutingRepository } from '../routing.repository.js';
import type { SplitTask } from '../splitting/split-cart.js';
import type { Split } from '../splitting/split.js';
import type { CreateSplit, MadeSplit } from './splits.dto.js';

/** Threads run what was built, also when the rest of the process runs from its sources. */
const FILE = builtFile('src', 'modules', 'routing', 'splits', 'splits.worker.js');
const ROOM = 2;
/** A split has 3 s once it is its turn. */
const LATE_MS = 15_000;

/**
 * Splits of carts that were routed, from the answers that were in when the route was decided. Asks nobody and stores nothing; the same route
 * and wish give the same split, unless time was up before it was proven.
 */
@Injectable()
export class SplitsService implements OnApplicationShutdown {
  private readonly threads: Threads<SplitTask, Split>;

  constructor(
    private readonly routes: RoutingRepository,
    config: Config,
  ) {
    const weights = parseWeights(config.values.LOOPGPT_TENANT_WEIGHTS);
    this.threads = new Threads({
      file: FILE,
      late: 'the split was not solved in time',
      most: ROOM,
      turns: { room: ROOM, most: ROOM - 1, weights },
    });
  }

  /** Throws `route_not_found`, `route_not_decided` and `split_not_solved`. */
  async make(tenantId: string, { routeId, ...wish }: CreateSplit): Promise<MadeSplit> {
    const route = await this.routes.read(tenantId, routeId);
    if (!route.outcome) throw new AppError('route_not_decided', `route ${routeId} is ${route.status}`);
    const { policy, answers } = route;
    const task: SplitTask = {
      policy: { expected: policy.expected, allowPartial: policy.allowPartial },
      answers,
      decidedAt: route.closedAt!.toISOString(),
      wish,
    };
    const signal = AbortSignal.timeout(LATE_MS);
    const split = await this.threads.run(task, tenantId, 1, signal).catch((error: unknown) => {
      throw new AppError('split_not_solved', `route ${routeId}`, { cause: error });
    });
    return { routeId, ...split };
  }

  onApplicationShutdown(): Promise<void> {
    return this.threads.stop();
  }
}
