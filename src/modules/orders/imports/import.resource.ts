import { placeOf, type Load } from '../../../common/pacing/estimate.js';
import { traceIdOf } from '../../../platform/telemetry/tracing.js';
import type { ImportOutcome, ImportResource, ImportSnapshot } from './imports.dto.js';

/** Stored imports as callers see them. Pure. */
export interface Asked {
  format: string | null;
  dryRun: boolean;
  withoutNumbers: 'ask' | 'accept';
  files: { name: string | null; bytes: number }[];
}

export interface ImportRow {
  id: string;
  tenantId: string;
  status: ImportSnapshot['status'];
  asked: Asked;
  sha256: string;
  outcome: ImportOutcome | null;
  reference: string | null;
  metadata: Record<string, string>;
  traceparent: string;
  createdAt: Date;
  deadlineAt: Date;
  startedAt: Date | null;
  closedAt: Date | null;
  undoneAt: Date | null;
}

/** What a file is called may name a person, and is told to nobody again. */
export function snapshotOf(row: ImportRow): ImportSnapshot {
  const { id, status, reference, metadata, asked, sha256, outcome } = row;
  return {
    id,
    status,
    reference,
    metadata,
    files: asked.files.map(({ bytes }) => ({ bytes })),
    sha256,
    dryRun: asked.dryRun,
    createdAt: row.createdAt.toISOString(),
    deadlineAt: row.deadlineAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    undoneAt: row.undoneAt?.toISOString() ?? null,
    traceId: traceIdOf(row.traceparent) ?? '',
    outcome,
  };
}

export const resourceOf = (row: ImportRow, load: Load): ImportResource => ({
  ...snapshotOf(row),
  queue: row.status === 'open' ? placeOf(row, load) : null,
});

export const NOTHING: ImportOutcome = {
  format: null,
  toldBy: null,
  orders: { new: 0, changed: 0, same: 0 },
  lines: 0,
  evidence: 0,
  skipped: [],
  questions: [],
  carts: [],
  charges: [],
  refused: null,
};
