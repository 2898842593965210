import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { AppError } from '../../common/errors.js';
import { newId } from '../../common/ids.js';
import { Clock } from '../../clock/clock.js';
import type { Repeating } from '../../common/pacing/repeating.js';
import { Config, type InForce } from '../../config.js';
import { SECRET_SWITCHES, SWITCHES } from '../../environment.js';
import { SealError, Sealer } from '../../platform/crypto/sealed.js';
import { Database } from '../../platform/database/database.js';
import {
  changed,
  completed,
  faultsOf,
  isSecret,
  overlaid,
  wayBack,
  type SwitchChanges,
  type SwitchTexts,
} from './deciding/switches.js';
import { InForceService } from './in-force.service.js';
import { SwitchesRepository, type ActRow, type SwitchRow } from './switches.repository.js';

const HIDDEN = '(secret)';

export interface ShownSwitches {
  version: number;
  set: Record<string, string>;
  /** Each switch as it is in force, whether set or from the environment; left out where there is no value. */
  inForce: Record<string, string>;
}
export type ShownAct = Omit<ActRow, 'at'> & { at: string };

/**
 * What operators set while the product runs. Promises that every instance goes by it within five seconds (each reads it every two),
 * that every change is an act with its author and reason, and that no secret is ever shown; what the values mean is left to those who
 * read them.
 */
@Injectable()
export class SwitchesService implements OnModuleInit, OnApplicationShutdown {
  private version = 0;
  private readonly refreshing: Repeating;

  constructor(
    private readonly switches: SwitchesRepository,
    private readonly inForce: InForceService,
    private readonly database: Database,
    private readonly sealer: Sealer,
    private readonly config: Config,
    private readonly log: PinoLogger,
    clock: Clock,
  ) {
    this.refreshing = clock.loop('switches.refresh', () => this.refresh());
  }

  async onModuleInit(): Promise<void> {
    await this.refresh();
    this.refreshing.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.refreshing.stop();
  }

  get values(): InForce {
    return this.inForce.values;
  }

  async shown(): Promise<ShownSwitches> {
    return this.show(await this.switches.find());
  }

  /** The values that would be in force after `changes`, nothing written. Throws `switch_invalid`. */
  async preview(changes: SwitchChanges): Promise<InForce> {
    const texts = this.opened((await this.switches.find()).texts);
    return overlaid(this.config, changed(texts, this.allowed(changes, texts)));
  }

  /** As `preview`, of taking an act back. Throws `act_not_found` and `switch_invalid`. */
  async previewUndo(id: string): Promise<InForce> {
    const texts = this.opened((await this.switches.find()).texts);
    const changes = this.openedChanges(await this.wayBackOf(id));
    this.refuseFaults(changes, texts);
    return overlaid(this.config, changed(texts, changes));
  }

  /** Throws `switch_invalid`, and `version_conflict` when `expected` is no longer the version in force. */
  async change(actor: string, why: string, changes: SwitchChanges, expected: number): Promise<ShownSwitches> {
    return this.write(actor, why, null, expected, ({ texts }) =>
      changed(texts, this.sealed(this.allowed(changes, this.opened(texts)))),
    );
  }

  /** Takes back what one act changed, and nothing that came after it. Throws `act_not_found`, `version_conflict`, `switch_invalid`. */
  async undo(actor: string, why: string, id: string, expected: number): Promise<ShownSwitches> {
    const changes = await this.wayBackOf(id);
    return this.write(actor, why, id, expected, ({ texts }) => {
      // What was allowed then need not be now.
      this.refuseFaults(this.openedChanges(changes), this.opened(texts));
      return changed(texts, changes);
    });
  }

  /** Puts an act on record that changes no switch, among those that do. Answers its id. */
  async note(actor: string, why: string, note: string): Promise<string> {
    const id = newId('act');
    await this.database.system(async (tx) => {
      const { version, texts } = await this.switches.lock(tx);
      await this.switches.update(tx, {
        id,
        actor,
        why,
        note,
        before: texts,
        after: texts,
        undoes: null,
        version: version + 1,
      });
    });
    return id;
  }

  async acts(limit: number, before: number | null): Promise<ShownAct[]> {
    const acts = await this.switches.listActs(limit, before);
    return acts.map((act) => ({
      ...act,
      at: act.at.toISOString(),
      before: masked(act.before),
      after: masked(act.after),
    }));
  }

  /** The latest acts that changed a secret, newest first: when, and which. */
  async secretActs(among: number): Promise<{ at: Date; names: string[] }[]> {
    const acts = await this.switches.listActs(among, null);
    return acts.flatMap(({ at, before, after }) => {
      const names = Object.keys(wayBack(after, before)).filter(isSecret);
      return names.length === 0 ? [] : [{ at, names }];
    });
  }

  private async write(
    actor: string,
    why: string,
    undoes: string | null,
    expected: number,
    next: (row: SwitchRow) => SwitchTexts,
  ): Promise<ShownSwitches> {
    const written = await this.database.system(async (tx) => {
      const row = await this.switches.lock(tx);
      if (row.version !== expected) {
        throw new AppError('version_conflict', `switches are at version ${row.version}, not ${expected}`);
      }
      const after = next(row);
      const version = row.version + 1;
      await this.switches.update(tx, {
        id: newId('act'),
        version,
        actor,
        why,
        before: row.texts,
        after,
        undoes,
        note: null,
      });
      return { version, texts: after };
    });
    this.adopt(written);
    return this.show(written);
  }

  private show({ version, texts }: SwitchRow): ShownSwitches {
    const values = overlaid(this.config, this.opened(texts)) as Readonly<Record<string, unknown>>;
    const inForce = [...SWITCHES, ...SECRET_SWITCHES].flatMap((name) =>
      values[name] === undefined ? [] : [[name, isSecret(name) ? HIDDEN : String(values[name])] as const],
    );
    return { version, set: masked(texts), inForce: Object.fromEntries(inForce) };
  }

  private async wayBackOf(id: string): Promise<SwitchChanges> {
    const act = await this.switches.findAct(id);
    if (!act) throw new AppError('act_not_found', `act ${id.slice(0, 40)}`);
    return wayBack(act.after, act.before);
  }

  /** The changes and what follows from them. Throws `switch_invalid`. */
  private allowed(changes: SwitchChanges, texts: SwitchTexts): SwitchChanges {
    this.refuseFaults(changes, texts);
    return completed(changes, texts, this.config);
  }

  private async refresh(): Promise<void> {
    this.adopt(await this.switches.find());
  }

  private adopt({ version, texts }: SwitchRow): void {
    if (version <= this.version) return;
    this.version = version;
    this.inForce.change(overlaid(this.config, this.opened(texts)));
  }

  private refuseFaults(changes: SwitchChanges, texts: SwitchTexts): void {
    const faults = faultsOf(changes, this.config, texts);
    if (faults.length === 0) return;
    throw new AppError('switch_invalid', faults.map(({ name }) => name).join(', '), {
      errors: faults.map(({ name, detail }) => ({ pointer: `/changes/${name}`, detail })),
    });
  }

  private sealed(changes: SwitchChanges): SwitchChanges {
    return mapSecrets(changes, (text, name) => (text === null ? null : this.sealer.sealText(text, name)));
  }

  private openedChanges(changes: SwitchChanges): SwitchChanges {
    const given = Object.entries(changes).flatMap(([name, text]) => (text === null ? [] : [[name, text] as const]));
    const opened = this.opened(Object.fromEntries(given));
    const known = Object.entries(changes).filter(([name, text]) => text === null || name in opened);
    return Object.fromEntries(known.map(([name, text]) => [name, text === null ? null : opened[name]!]));
  }

  /** A secret that this instance has no key for is left out, so that it keeps nobody from the other switches. */
  private opened(texts: SwitchTexts): SwitchTexts {
    const readable = Object.entries(texts).flatMap(([name, text]) => {
      if (!isSecret(name)) return [[name, text] as const];
      try {
        return [[name, this.sealer.openText(text, name)] as const];
      } catch (error) {
        if (!(error instanceof SealError)) throw error;
        this.log.error({ switch: name, error: error.message }, 'switches.secret_not_opened');
        return [];
      }
    });
    return Object.fromEntries(readable);
  }
}

function masked(texts: SwitchTexts): Record<string, string> {
  return mapSecrets(texts, () => HIDDEN);
}

function mapSecrets<T extends string | null>(
  texts: Readonly<Record<string, T>>,
  map: (text: T, name: string) => T,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, isSecret(name) ? map(text, name) : text]),
  );
}
