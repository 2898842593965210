import type { InForce } from '../../config.js';
import type { SourceId } from './provider.js';

export interface Objection {
  sourceId: SourceId | null;
  detail: string;
}

/** What providers say to a change of the configuration; ProbesService finds it out. */
export abstract class ObjectionsService {
  /**
   * What speaks against `after` taking the place of what is in force: that it would leave no provider that quotes, and credentials or a
   * simulator that do not answer (not asked where `untried`). Empty when nothing does.
   */
  abstract objections(before: InForce, after: InForce, untried: boolean): Promise<Objection[]>;
}
