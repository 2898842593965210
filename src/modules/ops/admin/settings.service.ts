import { Injectable } from '@nestjs/common';
import { AppError } from '../../../common/errors.js';
import { Config } from '../../../config.js';
import { variablesOf } from '../../../environment.js';
import { ObjectionsService } from '../../providers/objections.service.js';
import { WhatIfService } from '../../routing/decided/what-if.service.js';
import { SwitchesService, type ShownSwitches } from '../../switches/switches.service.js';
import type { ChangeSwitches, Switches, UndoAct } from './switches.dto.js';

/**
 * Changes of switches as operators make them: tried against the providers before they are in force, and refused where they would leave
 * nobody to ask.
 */
@Injectable()
export class SettingsService {
  constructor(
    private readonly config: Config,
    private readonly switches: SwitchesService,
    private readonly providers: ObjectionsService,
    private readonly whatIf: WhatIfService,
  ) {}

  async get(): Promise<Switches> {
    return this.told(await this.switches.shown());
  }

  /** Throws `switch_invalid`, `version_conflict`. */
  async change(actor: string, { changes, why, untried }: ChangeSwitches, version: number): Promise<Switches> {
    await this.refuse(Object.keys(changes), await this.switches.preview(changes), untried);
    return this.told(await this.switches.change(actor, why, changes, version));
  }

  /** Throws `act_not_found`, `switch_invalid`, `version_conflict`. */
  async undo(actor: string, id: string, { why, untried }: UndoAct, version: number): Promise<Switches> {
    await this.refuse([], await this.switches.previewUndo(id), untried);
    return this.told(await this.switches.undo(actor, why, id, version));
  }

  private async refuse(names: readonly string[], after: SwitchesService['values'], untried: boolean): Promise<void> {
    const fault = this.whatIf.experimentFault(after);
    if (fault !== null) {
      const errors = [{ pointer: '/changes/LOOPGPT_EXPERIMENT', detail: fault }];
      throw new AppError('switch_invalid', fault, { errors });
    }
    const objections = await this.providers.objections(this.switches.values, after, untried);
    if (objections.length === 0) return;
    const errors = objections.map(({ sourceId, detail }) => {
      const own = sourceId === null ? [] : variablesOf(sourceId);
      const name = names.find((one) => own.includes(one)) ?? names[0];
      return { pointer: name === undefined ? '' : `/changes/${name}`, detail };
    });
    throw new AppError('switch_invalid', objections.map(({ detail }) => detail).join('; '), { errors });
  }

  /** What is weighed by is not what the environment says of each weight, where a preset is in force. */
  private told({ inForce, ...shown }: ShownSwitches): Switches {
    const weights = this.whatIf.weightsUnder(this.switches.values);
    return { ...shown, production: this.config.production, inForce: { ...inForce, ...weights } };
  }
}
