import { Injectable } from '@nestjs/common';
import { newId } from '../../../common/ids.js';
import type { Tx } from '../../../platform/database/database.js';
import { Intake } from '../planning.dto.js';

/** The people plans are for, by the caller's own names for them, and what is stored about them. */
@Injectable()
export class UsersRepository {
  /** The user's id under a lock, so that what is counted for a user is counted one after the other. Made on first sight. */
  async lock(tx: Tx, tenantId: string, reference: string): Promise<string> {
    await tx.query('INSERT INTO users (id, tenant_id, reference) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
      newId('usr'),
      tenantId,
      reference,
    ]);
    const [user] = await tx.query<{ id: string }>(
      'SELECT id FROM users WHERE tenant_id = $1 AND reference = $2 FOR UPDATE',
      [tenantId, reference],
    );
    return user!.id;
  }

  /** Plans of the last hour, and seconds until the oldest of them is an hour old. */
  async plansInHour(tx: Tx, userId: string): Promise<{ made: number; freeInSeconds: number }> {
    const [row] = await tx.query<{ made: number; freeInSeconds: number }>(
      `SELECT count(*)::int AS made,
         COALESCE(ceil(extract(epoch FROM min(created_at) + interval '1 hour' - clock_timestamp())), 0)::int AS "freeInSeconds"
       FROM meal_plans WHERE user_id = $1 AND swapped_from IS NULL AND created_at > clock_timestamp() - interval '1 hour'`,
      [userId],
    );
    return row!;
  }

  async intakeOf(tx: Tx, tenantId: string, reference: string): Promise<Intake | null> {
    const [row] = await tx.query<{ intake: unknown }>(
      `SELECT i.intake FROM user_intake i JOIN users u ON u.id = i.user_id WHERE u.tenant_id = $1 AND u.reference = $2`,
      [tenantId, reference],
    );
    return row ? Intake.parse(row.intake) : null;
  }

  async storeIntake(tx: Tx, tenantId: string, userId: string, intake: Intake): Promise<void> {
    await tx.query(
      `INSERT INTO user_intake (user_id, tenant_id, intake) VALUES ($1, $2, $3)
       ON CONFLICT (user_id) DO UPDATE SET intake = excluded.intake, updated_at = clock_timestamp()`,
      [userId, tenantId, JSON.stringify(intake)],
    );
  }

  async forgetIntake(tx: Tx, tenantId: string, reference: string): Promise<void> {
    await tx.query(
      `DELETE FROM user_intake i USING users u WHERE u.id = i.user_id AND u.tenant_id = $1 AND u.reference = $2`,
      [tenantId, reference],
    );
  }
}
