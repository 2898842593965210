import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../platform/database/database.js';
import type { SwitchTexts } from './deciding/switches.js';

export interface SwitchRow {
  version: number;
  /** Secrets are sealed texts here. */
  texts: SwitchTexts;
}
export interface ActRow {
  id: string;
  version: number;
  at: Date;
  actor: string;
  why: string;
  before: SwitchTexts;
  after: SwitchTexts;
  undoes: string | null;
  /** What was done, where no switch was changed. */
  note: string | null;
}

const ACT = 'id, version, at, actor, why, before, after, undoes, note';

@Injectable()
export class SwitchesRepository {
  constructor(private readonly database: Database) {}

  async find(): Promise<SwitchRow> {
    const [row] = await this.database.query<SwitchRow>('SELECT version, set_values AS texts FROM switches');
    return row!;
  }

  async lock(tx: Tx): Promise<SwitchRow> {
    const [row] = await tx.query<SwitchRow>('SELECT version, set_values AS texts FROM switches FOR UPDATE');
    return row!;
  }

  async update(tx: Tx, act: Omit<ActRow, 'at'>): Promise<void> {
    await tx.query('UPDATE switches SET version = $1, set_values = $2', [act.version, JSON.stringify(act.after)]);
    await tx.query(
      'INSERT INTO operator_acts (id, version, actor, why, before, after, undoes, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
      [
        act.id,
        act.version,
        act.actor,
        act.why,
        JSON.stringify(act.before),
        JSON.stringify(act.after),
        act.undoes,
        act.note,
      ],
    );
  }

  /** Newest first; `before` is the version of the last one seen. */
  async listActs(limit: number, before: number | null): Promise<ActRow[]> {
    return this.database.query<ActRow>(
      `SELECT ${ACT} FROM operator_acts WHERE $2::int IS NULL OR version < $2 ORDER BY version DESC LIMIT $1`,
      [limit, before],
    );
  }

  async findAct(id: string): Promise<ActRow | null> {
    const [row] = await this.database.query<ActRow>(`SELECT ${ACT} FROM operator_acts WHERE id = $1`, [id]);
    return row ?? null;
  }
}
