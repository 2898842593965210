import { Injectable } from '@nestjs/common';
import { canonicalJson } from '../../../common/canonical-json.js';
import { AppError } from '../../../common/errors.js';
import { Signer } from '../../../platform/crypto/signer.js';
import { Database } from '../../../platform/database/database.js';
import { recordOf, type DecisionRecord, type SignedRecord } from '../deciding/decision-record.js';
import { RoutingRepository, type StoredRequest } from '../routing.repository.js';

/**
 * Signed records of decisions. One is made when it is first asked for, so that deciding costs nothing more; from then on it is the same
 * text with the same signature, whatever becomes of the rows it was made from.
 */
@Injectable()
export class DecisionRecordsService {
  constructor(
    private readonly routes: RoutingRepository,
    private readonly database: Database,
    private readonly signer: Signer,
  ) {}

  /** Throws `route_not_found` and `route_not_decided`. */
  async get(tenantId: string, routeId: string): Promise<SignedRecord> {
    return (await this.find(tenantId, routeId)) ?? (await this.make(tenantId, routeId));
  }

  private async make(tenantId: string, routeId: string): Promise<SignedRecord> {
    const { outcome, closedAt, status, ...route } = await this.routes.read(tenantId, routeId);
    if (!outcome || !closedAt) throw new AppError('route_not_decided', `route ${routeId} is ${status}`);
    await this.database.tenant(tenantId, async (tx) => {
      const [{ request }] = (await tx.query<{ request: StoredRequest }>('SELECT request FROM routes WHERE id = $1', [
        routeId,
      ])) as [{ request: StoredRequest }];
      const record = canonicalJson(recordOf({ ...route, outcome, closedAt, request }));
      // Of two that make it at once the first one's is kept, and both answer that.
      await tx.query(
        `INSERT INTO decision_records (route_id, tenant_id, record, signature) VALUES ($1, $2, $3, $4)
         ON CONFLICT (route_id) DO NOTHING`,
        [routeId, tenantId, record, this.signer.sign(record)],
      );
    });
    return (await this.find(tenantId, routeId))!;
  }

  private async find(tenantId: string, routeId: string): Promise<SignedRecord | null> {
    const [row] = await this.database.tenantOne(tenantId, (tx) =>
      tx.query<{ record: string; signature: string }>(
        'SELECT record, signature FROM decision_records WHERE route_id = $1',
        [routeId],
      ),
    );
    return row ? { record: JSON.parse(row.record) as DecisionRecord, signature: row.signature } : null;
  }
}
