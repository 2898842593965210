import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { crashPoint } from '../../../common/crash-points.js';
import { NewEvent } from '../../../events/new-event.js';
import { Outbox } from '../../../events/outbox.js';
import type { Why } from '../../../operations/operations.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import { inSpan } from '../../../platform/telemetry/tracing.js';
import type { Payload } from '../../../queues/catalogue.js';
import { HistoryService } from '../history/history.service.js';
import type { Counts } from '../history/tally.js';
import { ordersMetrics } from '../orders.metrics.js';
import type { Read, SourcedOrder } from '../reading/read.js';
import type { SourceFile } from '../reading/reading.js';
import { askedOf } from './asking.js';
import { cartsOf } from './carts.js';
import { NOTHING, snapshotOf, type ImportRow } from './import.resource.js';
import type { ImportOutcome } from './imports.dto.js';
import { ImportsRepository } from './imports.repository.js';
import { Reader, type ReadInBatches } from './reader.service.js';

const EVENTS = { completed: 'import.completed', failed: 'import.failed', cancelled: 'import.cancelled' } as const;
const MOST_SKIPPED = 200;
const MOST_CHARGES = 200;
const TOO_LATE = 'The import was not done in time, and nothing of it was kept; send the file in parts.';

/** `ms`: from acceptance to outcome. */
interface ClosedImport {
  id: string;
  status: 'completed' | 'failed' | 'cancelled';
  outcome: ImportOutcome;
  ms: number;
}

/** Thrown out of the history's transaction, which then keeps nothing: a dry run, or an import that was closed meanwhile. */
class Undone extends Error {
  constructor(readonly outcome: ImportOutcome | null) {
    super('nothing is kept');
  }
}

/**
 * Reads imports and merges them: what one brings, and its outcome with the event that tells it, are one commit. A worker that is killed
 * leaves nothing of it, and the job begins again from the bytes that were sent.
 */
@Injectable()
export class ImportingService {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly history: HistoryService,
    private readonly reader: Reader,
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly metrics: Metrics,
    private readonly log: PinoLogger,
  ) {}

  async run({ importId, tenantId }: Payload<'import.read'>, signal: AbortSignal): Promise<void> {
    const work = await this.imports.pickUp(tenantId, importId);
    if (!work) return;
    crashPoint('import.picked_up');
    await inSpan('import.read', 'consumer', work.traceparent, { 'loopgpt.subject': importId }, async (traceparent) => {
      const read = await this.reader.read(importId, await this.filesOf(work), work.asked, signal);
      crashPoint('import.read');
      const own = { ...work, traceparent };
      if ('refused' in read) await this.fail(own, read.refused);
      else await this.keep(own, read, signal);
    });
  }

  private async filesOf({ id, asked }: ImportRow): Promise<SourceFile[]> {
    const files: SourceFile[] = [];
    for (const [index, { name }] of asked.files.entries()) {
      files.push({ name, bytes: await this.imports.bytesOf(id, index) });
    }
    return files;
  }

  /** Ends open imports: their time is up, or they are not wanted any more. */
  async end(ids: readonly string[], why: Why): Promise<number> {
    let ended = 0;
    for (const row of await this.imports.open(this.database, ids)) {
      const [status, refused] = why === 'cancelled' ? (['cancelled', null] as const) : (['failed', TOO_LATE] as const);
      const closed = await this.close(this.database, row, status, { ...NOTHING, refused });
      if (!closed) continue;
      this.tell(closed);
      ended++;
    }
    return ended;
  }

  private async fail(work: ImportRow, refused: string): Promise<void> {
    const closed = await this.close(this.database, work, 'failed', { ...NOTHING, refused });
    if (closed) this.tell(closed);
  }

  private async keep(work: ImportRow, read: ReadInBatches, signal: AbortSignal): Promise<void> {
    const { id, tenantId, asked } = work;
    let closed: ClosedImport | null = null;
    try {
      await this.history.change(
        tenantId,
        async (tx, history) => {
          const counts = await history.add(id, ordersIn(read.batches));
          crashPoint('import.merged');
          const outcome = outcomeOf(read, counts);
          if (asked.dryRun) throw new Undone(outcome);
          closed = await this.close(tx, work, 'completed', outcome);
          if (!closed) throw new Undone(null);
          crashPoint('import.closed');
        },
        signal,
      );
      crashPoint('import.committed');
    } catch (error) {
      if (!(error instanceof Undone)) throw error;
      closed = error.outcome && (await this.close(this.database, work, 'completed', error.outcome));
    }
    if (closed) this.tell(closed);
  }

  /** Null when it was closed before. To be told once it is committed. */
  private async close(
    tx: Tx,
    work: ImportRow,
    status: ClosedImport['status'],
    outcome: ImportOutcome,
  ): Promise<ClosedImport | null> {
    const [open] = await this.imports.open(tx, [work.id]);
    if (!open) return null;
    const row: ImportRow = { ...open, status, closedAt: open.now, outcome };
    const event = NewEvent.of(EVENTS[status], snapshotOf(row)).by(work.traceparent);
    const closedAt = open.now.toISOString();
    const closed = await this.imports.close(tx, { id: work.id, status, closedAt, event, own: { outcome } });
    return closed ? { id: work.id, status, outcome, ms: open.now.getTime() - open.createdAt.getTime() } : null;
  }

  private tell({ id, status, outcome, ms }: ClosedImport): void {
    this.outbox.wake();
    const { imports, importLatency, orders } = this.metrics.of(ordersMetrics);
    imports.inc({ status, format: outcome.format ?? 'none' });
    importLatency.observe(ms / 1000);
    for (const result of ['new', 'changed', 'same'] as const) orders.inc({ result }, outcome.orders[result]);
    this.log.info({ import_id: id, status, format: outcome.format, orders: outcome.orders, ms }, 'import.closed');
  }
}

function* ordersIn(batches: readonly Uint8Array[]): Iterable<SourcedOrder[]> {
  for (const batch of batches) yield JSON.parse(Buffer.from(batch).toString('utf8')) as SourcedOrder[];
}

function outcomeOf(read: Omit<Read, 'orders'>, counts: Counts): ImportOutcome {
  const { format, toldBy, skipped } = read;
  const lists = cartsOf(read.carts);
  return {
    format,
    toldBy,
    orders: { new: counts.new, changed: counts.changed, same: counts.same },
    lines: counts.lines,
    evidence: counts.evidence,
    skipped: skipped.slice(0, MOST_SKIPPED),
    questions: askedOf(read.questions, counts, lists.questions),
    carts: lists.carts,
    charges: read.charges?.slice(0, MOST_CHARGES) ?? [],
    refused: null,
  };
}
