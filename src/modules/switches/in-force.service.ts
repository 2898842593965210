import { Injectable } from '@nestjs/common';
import { Config, type InForce } from '../../config.js';

/** The configuration as it is in force: that of the environment, until switches are laid over it. Who only goes by it needs nothing else. */
@Injectable()
export class InForceService {
  private current: InForce;

  constructor(config: Config) {
    this.current = config.values;
  }

  /** The same object until something is changed. */
  get values(): InForce {
    return this.current;
  }

  change(values: InForce): void {
    this.current = values;
  }
}
