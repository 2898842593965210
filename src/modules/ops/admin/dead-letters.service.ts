import { setTimeout } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { AppError } from '../../../common/errors.js';
import { DeadLetters, type DeadLetterRow } from '../../../events/listening/dead-letters.js';
import { EventBus } from '../../../events/bus/event-bus.js';
import { readingOf } from '../../../events/listening/heard.js';
import type { EventEnvelope } from '../../../events/event.js';
import { SwitchesService } from '../../switches/switches.service.js';
import type {
  DeadLetter,
  DeadLetterList,
  DeadLetterSummary,
  ListDeadLetters,
  Redrive,
  Redriven,
} from './dead-letters.dto.js';

/** In one transaction: listeners in this process handle them while it is open, and a failing one takes 0.6 s of its 10. */
const CHUNK = 10;

/**
 * Records that could not be handled: shows them, and puts them back on their topic once the cause is gone. A letter is redriven once,
 * whoever asks how often; one that fails again is a new letter. Each redrive is an act on record, which its letters name.
 */
@Injectable()
export class DeadLettersService {
  constructor(
    private readonly letters: DeadLetters,
    private readonly bus: EventBus,
    private readonly switches: SwitchesService,
  ) {}

  async list({ limit, cursor, waiting, ...filter }: ListDeadLetters): Promise<DeadLetterList> {
    const only = { ...filter, waiting: waiting === undefined ? undefined : waiting === 'true' };
    const rows = await this.letters.list(only, limit + 1, cursor ?? null);
    const page = rows.slice(0, limit);
    return { data: page.map(summaryOf), nextCursor: rows.length > limit ? page.at(-1)!.id : null };
  }

  async get(id: string): Promise<DeadLetter> {
    const row = await this.letters.find(id);
    if (!row) throw new AppError('dead_letter_not_found', `dead letter ${id.slice(0, 40)}`);
    return { ...summaryOf(row), record: row.record };
  }

  async redrive(actor: string, { limit, perSecond, dryRun, why, ...filter }: Redrive): Promise<Redriven> {
    const found = await this.letters.oldestWaiting(filter, limit + 1);
    const judged = found.slice(0, limit).map(({ id, record }) => ({ id, reason: reasonOf(record as EventEnvelope) }));
    const skipped = judged.flatMap(({ id, reason }) => (reason === null ? [] : [{ id, reason }]));
    const ids = judged.filter(({ reason }) => reason === null).map(({ id }) => id);
    const facts = { dryRun, skipped, more: found.length > limit };
    if (dryRun || ids.length === 0) return { ...facts, redriven: ids.length, act: null };
    const act = await this.switches.note(
      actor,
      why,
      `redrive of ${ids.length} dead letters: ${JSON.stringify(filter)}`,
    );
    return { ...facts, redriven: await this.paced(ids, perSecond, act), act };
  }

  private async paced(ids: readonly string[], perSecond: number, act: string): Promise<number> {
    const size = Math.min(CHUNK, perSecond);
    let redriven = 0;
    for (let from = 0; from < ids.length; from += size) {
      const startedAt = performance.now();
      redriven += await this.letters.redrive(ids.slice(from, from + size), act, (events) => this.bus.publish(events));
      const restMs = (size / perSecond) * 1000 - (performance.now() - startedAt);
      if (restMs > 0 && from + size < ids.length) await setTimeout(restMs);
    }
    return redriven;
  }
}

function summaryOf({
  id,
  source,
  tenantId,
  record,
  reason,
  createdAt,
  redrivenAt,
  redrivenBy,
}: DeadLetterRow): DeadLetterSummary {
  return {
    id,
    source,
    tenantId,
    reason,
    redrivenBy,
    event: record.name ?? null,
    subject: record.subject ?? null,
    createdAt: createdAt.toISOString(),
    redrivenAt: redrivenAt?.toISOString() ?? null,
  };
}

/** Why it could not be handled now either; null when it can be read. */
function reasonOf(record: EventEnvelope): string | null {
  const reading = readingOf(record);
  return typeof reading === 'string' ? reading : null;
}
