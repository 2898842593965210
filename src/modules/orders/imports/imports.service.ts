import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { databaseNow } from '../../../common/clock.js';
import { crashPoint } from '../../../common/crash-points.js';
import { AppError } from '../../../common/errors.js';
import { newId } from '../../../common/ids.js';
import { textFaults } from '../../../common/text.js';
import { Operations } from '../../../operations/operations.js';
import { Sealer } from '../../../platform/crypto/sealed.js';
import { Database } from '../../../platform/database/database.js';
import { schemaFaults } from '../../../platform/http/schema-faults.js';
import { keptOf } from '../../../platform/http/submission.js';
import { PublicUrls } from '../../../platform/outgoing/public-url.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { HistoryService } from '../history/history.service.js';
import { answered } from './asking.js';
import { snapshotOf, type Asked } from './import.resource.js';
import {
  ImportOptions,
  type AnswerImport,
  type AskImport,
  type ImportList,
  type ImportResource,
  type ListImports,
} from './imports.dto.js';
import { ImportsRepository } from './imports.repository.js';
import { Uploads } from './uploads.service.js';

export const IMPORT_DEADLINE_MS = 300_000;
/** Work of imports is counted in thousands of bytes. */
const BYTES_OF_WORK = 1000;
const USUAL_WORK = 500;

/**
 * The caller's side of imports. An import that was answered with an id is a committed row, and so are its bytes; reading them is
 * ImportingService's, in whichever process.
 */
@Injectable()
export class ImportsService {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly uploads: Uploads,
    private readonly history: HistoryService,
    private readonly database: Database,
    private readonly operations: Operations,
    private readonly urls: PublicUrls,
    private readonly sealer: Sealer,
  ) {}

  /** Accepts an import: refuses first, then reads what is sent into rows, then commits, then queues. */
  async request(
    { tenantId }: TenantContext,
    request: FastifyRequest,
    asked: AskImport,
    idempotencyKey: string | undefined,
  ): Promise<{ id: string; replayed: boolean }> {
    this.operations.refuse('import', tenantId, { work: USUAL_WORK, deadlineMs: IMPORT_DEADLINE_MS });
    const importId = newId('imp');
    const { files, sha256, options } = await this.uploads.receive(tenantId, importId, request, asked.filename ?? null);
    try {
      const told = optionsOf(options);
      const own: Asked = {
        format: asked.format ?? null,
        dryRun: asked.dryRun,
        withoutNumbers: asked.withoutNumbers,
        files: [...files],
      };
      const body = { ...own, ...told, sha256, reference: asked.reference ?? told.reference };
      const traceparent = request.headers.traceparent as string | undefined;
      const asking = { tenantId, key: idempotencyKey, body, traceparent };
      const accepted = await this.operations.accept('import', asking, async (put, carried) => {
        const url = told.webhook && (await this.urls.check(told.webhook.url, '/options/webhook/url'));
        const webhook = told.webhook && { ...told.webhook, url: url! };
        const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
        return put({
          id: importId,
          tenantId,
          work: 1 + Math.ceil(bytes / BYTES_OF_WORK),
          deadlineMs: IMPORT_DEADLINE_MS,
          cancelAfterSeconds: null,
          ...keptOf({ ...told, reference: body.reference, webhook }, (secret) => this.sealer.sealText(secret)),
          traceparent: carried,
          own: { asked: own, sha256, outcome: null },
        });
      });
      if (accepted.id !== importId) await this.uploads.drop(tenantId, importId);
      return accepted;
    } catch (error) {
      await this.uploads.drop(tenantId, importId);
      throw error;
    }
  }

  /** The import as it stands, or `import_not_found`. */
  get(tenantId: string, id: string): Promise<ImportResource> {
    return this.operations.get('import', tenantId, id);
  }

  wait(tenantId: string, id: string, seconds: number, signal?: AbortSignal): Promise<ImportResource> {
    return this.operations.wait('import', tenantId, id, seconds, signal);
  }

  cancel(tenantId: string, id: string): Promise<ImportResource> {
    return this.operations.cancel('import', tenantId, id);
  }

  async list(tenantId: string, query: ListImports): Promise<ImportList> {
    const rows = await this.database.tenantOne(tenantId, (tx) => this.imports.list(tx, query));
    const data = rows.slice(0, query.limit).map(snapshotOf);
    return { data, nextCursor: rows.length > query.limit ? data.at(-1)!.id : null };
  }

  /**
   * Takes answers to questions about orders, all of them or none: each counts over what any file tells, until it is answered otherwise or
   * the import is undone. Throws `import_not_completed`, `history_busy`, and `request_invalid` with the place of each answer that cannot be taken.
   */
  async answer(tenantId: string, id: string, { answers }: AnswerImport): Promise<ImportResource> {
    await this.get(tenantId, id);
    await this.history.change(tenantId, async (tx, history) => {
      const row = (await this.imports.find(tx, id))!;
      const isHeld = row.status === 'completed' && !row.asked.dryRun && row.undoneAt === null;
      if (!isHeld || !row.outcome) throw new AppError('import_not_completed', `${id} is ${row.status}`);
      const after = answered(row.outcome.questions, answers);
      if ('faults' in after) {
        const errors = after.faults.map(({ at, detail }) => ({ pointer: `/answers/${at}`, detail }));
        throw new AppError('request_invalid', 'answers', { errors });
      }
      await history.decide(id, after.decided, new Date(databaseNow()).toISOString());
      await this.imports.keepOutcome(tx, tenantId, id, { ...row.outcome, questions: after.questions });
    });
    return this.get(tenantId, id);
  }

  /**
   * Takes out of the history what only this import brought; twice is the same. Throws `import_not_completed` for one that brought
   * nothing, `history_busy` while another change of the history is under way.
   */
  async undo(tenantId: string, id: string): Promise<ImportResource> {
    const { status, dryRun, undoneAt } = await this.get(tenantId, id);
    if (status !== 'completed' || dryRun) throw new AppError('import_not_completed', `${id} is ${status}`);
    if (undoneAt === null) {
      await this.history.change(tenantId, async (tx, history) => {
        if (await this.imports.undo(tx, tenantId, id)) await history.remove(id);
        crashPoint('import.undone');
      });
    }
    return this.get(tenantId, id);
  }
}

/** The field of a form; throws `request_invalid`. */
function optionsOf(json: string | null): ImportOptions {
  if (json === null) return {};
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new AppError('request_invalid', 'options', {
      errors: [{ pointer: '/options', detail: 'the field is no JSON' }],
      cause,
    });
  }
  const faults = textFaults(value, '/options');
  const parsed = ImportOptions.safeParse(value);
  if (parsed.success && faults.length === 0) return parsed.data;
  const errors = parsed.success
    ? faults
    : schemaFaults(parsed.error.issues).map((fault) => ({ ...fault, pointer: `/options${fault.pointer}` }));
  throw new AppError('request_invalid', 'options', { errors });
}
