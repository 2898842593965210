import { Injectable } from '@nestjs/common';
import { newId } from '../common/ids.js';
import { cleanText, cleaned } from '../common/text.js';
import { Database } from '../platform/database/database.js';

/**
 * Where records go that can never be handled: kept with the reason, so that nothing is lost and nothing blocks. Their texts are cleaned:
 * one that cannot even be parked would come again and again.
 */
@Injectable()
export class DeadLetters {
  constructor(private readonly database: Database) {}

  async park(source: string, record: { tenantId?: string }, reason: string): Promise<void> {
    await this.database.query(
      'INSERT INTO dead_letters (id, tenant_id, source, record, reason) VALUES ($1, $2, $3, $4, $5)',
      [newId('dlq'), record.tenantId || null, source, JSON.stringify(cleaned(record)), cleanText(reason.slice(0, 500))],
    );
  }
}
