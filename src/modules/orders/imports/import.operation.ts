import { Injectable } from '@nestjs/common';
import { Config } from '../../../config.js';
import { Operations } from '../../../operations/operations.js';
import { Database } from '../../../platform/database/database.js';
import { QUEUES } from '../../../queues/catalogue.js';
import { resourceOf } from './import.resource.js';
import { ImportingService } from './importing.service.js';
import { ImportsRepository } from './imports.repository.js';

/** Thousands of bytes in a second that are taken for granted until the pace was measured. */
const FIRST_PACE = 2000;
const PACE_SECONDS = 600;
const USUAL_WORK = 500;

/** What imports do as operations: where their columns are, how many there may be, who reads and who ends them. */
@Injectable()
export class ImportOperation {
  constructor(
    imports: ImportsRepository,
    importing: ImportingService,
    database: Database,
    operations: Operations,
    config: Config,
  ) {
    operations.serve('import', {
      columns: { asked: 'jsonb', sha256: 'text', outcome: 'jsonb' },
      limits: () => ({
        all: config.values.LOOPGPT_MAX_OPEN_IMPORTS,
        own: config.values.LOOPGPT_MAX_OPEN_IMPORTS_PER_TENANT,
        atOnce: QUEUES.imports.concurrency * USUAL_WORK,
        pace: FIRST_PACE,
        waits: 'open',
        windowSeconds: PACE_SECONDS,
      }),
      lostAfterSeconds: 10,
      jobs: ({ id, tenantId }) => [{ id, payload: { importId: id, tenantId } }],
      read: async (tenantId, id) => {
        const found = await database.tenantOne(tenantId, (tx) => imports.find(tx, id));
        return found && resourceOf(found, operations.load('import'));
      },
      end: (ids, why) => importing.end(ids, why),
    });
  }
}
