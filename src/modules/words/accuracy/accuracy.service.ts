import { createHash } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { dataBytes, dataFile } from '../../../platform/data-file.js';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import { wordsMetrics } from '../words.metrics.js';
import type { WordsAccuracy } from './accuracy.dto.js';

/** Of the sets. What becomes of carts is counted by LiveShare. */
type Measured = Omit<WordsAccuracy, 'live'>;

/** What `npm run eval:words -- --write` measured of the weights that are shipped. */
@Injectable()
export class AccuracyService implements OnApplicationBootstrap {
  private readonly told: Measured;

  constructor(private readonly metrics: Metrics) {
    const measured = JSON.parse(dataFile('words', 'accuracy.json')) as Omit<Measured, 'model'>;
    const hash = createHash('sha256')
      .update(dataBytes('words', 'tagger.bin'))
      .update(dataBytes('words', 'intents.bin'));
    this.told = { model: `tagger-${hash.digest('hex').slice(0, 12)}`, ...measured };
  }

  onApplicationBootstrap(): void {
    const { accuracy } = this.metrics.of(wordsMetrics);
    for (const { set, measure, value } of this.told.measured)
      accuracy.set({ set, measure, model: this.told.model }, 100 * value);
  }

  read(): Measured {
    return this.told;
  }

  /** The one figure that former callers are shown: things of composed carts. */
  percent(): number {
    const shown = this.told.measured.find(({ set, measure }) => set === 'carts composed' && measure === 'item F1');
    return Math.round(1000 * (shown?.value ?? 0)) / 10;
  }
}
