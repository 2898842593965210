import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Clock } from '../../../clock/clock.js';
import { AppError } from '../../../common/errors.js';
import type { Repeating } from '../../../common/pacing/repeating.js';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import { InForceService } from '../../switches/in-force.service.js';
import { SwitchesService } from '../../switches/switches.service.js';
import { MEASURES, differenceOf, harmOf, type ArmCounts } from '../deciding/experiment-result.js';
import { CONTROL, soundExperiment, type Experiment } from '../deciding/experiment.js';
import { routingMetrics } from '../routing.metrics.js';
import type { ExperimentResult, ExperimentResults } from './experiments.dto.js';
import { ExperimentsRepository, type ExperimentRow } from './experiments.repository.js';

const MOST_LISTED = 50;
const SWITCH = 'LOOPGPT_EXPERIMENT';
const ACTOR = 'guardrail';
const RESTS = 50;

/** Counts what becomes of an experiment's routes, keeps it, and stops an arm that does harm; that is an act on record like any other. */
@Injectable()
export class ExperimentsService implements OnApplicationShutdown {
  private readonly judging: Repeating;
  /** Counting may take no more than a fiftieth of the time, however many routes there are. */
  private restUntil = 0;

  constructor(
    private readonly experiments: ExperimentsRepository,
    private readonly inForce: InForceService,
    private readonly switches: SwitchesService,
    private readonly metrics: Metrics,
    private readonly log: PinoLogger,
    clock: Clock,
  ) {
    this.judging = clock.loop('experiments.judge', () => this.judge());
  }

  start(): void {
    this.judging.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.judging.stop();
  }

  async list(): Promise<ExperimentResults> {
    const running = this.running();
    const rows = await this.experiments.list(MOST_LISTED);
    return { data: rows.map((row) => resultOf(row, running)) };
  }

  private running(): Experiment | null {
    return soundExperiment(this.inForce.values.LOOPGPT_EXPERIMENT);
  }

  private async judge(): Promise<void> {
    const experiment = this.running();
    if (!experiment) return;
    const began = performance.now();
    if (began < this.restUntil) return;
    const counts = await this.experiments.counted(experiment.id);
    this.restUntil = performance.now() + RESTS * (performance.now() - began);
    await this.experiments.keep(experiment, counts);
    this.tell(counts);
    const control = counts.find(({ arm }) => arm === CONTROL);
    for (const arm of control ? counts : []) {
      const harm =
        experiment.arms[arm.arm]?.stopped === undefined ? harmOf(arm, control!, experiment.guardrails) : null;
      // One a round: the next is judged by what is in force then.
      if (harm !== null) return this.stop(experiment, arm.arm, harm);
    }
  }

  /** Somebody may have changed it since it was read: then it is judged anew in the next round. */
  private async stop(experiment: Experiment, name: string, harm: string): Promise<void> {
    const { version } = await this.switches.shown();
    const arm = experiment.arms[name];
    if (!arm || this.running()?.id !== experiment.id) return;
    const stopped = { ...experiment, arms: { ...experiment.arms, [name]: { ...arm, stopped: harm } } };
    const why = `${experiment.id}: the arm ${name} ${harm}`;
    try {
      await this.switches.change(ACTOR, why, { [SWITCH]: JSON.stringify(stopped) }, version);
      this.log.warn({ experiment: experiment.id, arm: name, harm }, 'experiment.arm_stopped');
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'version_conflict')) throw error;
    }
  }

  private tell(counts: readonly ArmCounts[]): void {
    const { armRoutes, armMeans } = this.metrics.of(routingMetrics);
    armRoutes.reset();
    armMeans.reset();
    for (const { arm, decided, measures } of counts) {
      armRoutes.set({ arm }, decided);
      for (const measure of MEASURES) armMeans.set({ arm, measure }, measures[measure].mean);
    }
  }
}

function resultOf(
  { id, definition, arms, begunAt, readAt }: ExperimentRow,
  running: Experiment | null,
): ExperimentResult {
  const control = arms.find(({ arm }) => arm === CONTROL);
  return {
    id,
    running: running?.id === id,
    begunAt: begunAt.toISOString(),
    readAt: readAt.toISOString(),
    definition,
    arms: arms.map((arm) => {
      const measured = MEASURES.map((name) => {
        const difference = control && arm !== control ? differenceOf(arm, control, name) : null;
        return [name, { mean: arm.measures[name].mean, difference }] as const;
      });
      const { share = null, stopped = null } = definition.arms[arm.arm] ?? {};
      return {
        arm: arm.arm,
        share,
        stopped,
        closed: arm.closed,
        decided: arm.decided,
        ...(Object.fromEntries(measured) as Record<(typeof MEASURES)[number], (typeof measured)[number][1]>),
      };
    }),
  };
}
