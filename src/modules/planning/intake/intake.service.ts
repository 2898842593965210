import { Injectable } from '@nestjs/common';
import { AppError } from '../../../common/errors.js';
import { unreadIn } from '../../../vocabulary/refusals.js';
import { Database } from '../../../platform/database/database.js';
import type { Intake } from '../planning.dto.js';
import { UsersRepository } from './users.repository.js';

/** What is stored of a household, so that a plan can be asked for without saying it again. */
@Injectable()
export class IntakeService {
  constructor(
    private readonly users: UsersRepository,
    private readonly database: Database,
  ) {}

  /** Throws `plan_refused` for an allergen or a diet that nobody can read: no plan could keep to it. */
  async store(tenantId: string, user: string, intake: Intake): Promise<Intake> {
    const unread = unreadIn(intake);
    if (unread.length > 0) throw new AppError('plan_refused', `${unread.length} words unread`, { errors: unread });
    await this.database.tenant(tenantId, async (tx) => {
      await this.users.storeIntake(tx, tenantId, await this.users.lock(tx, tenantId, user), intake);
    });
    return intake;
  }

  /** Throws `intake_not_found`. */
  async get(tenantId: string, user: string): Promise<Intake> {
    const intake = await this.database.tenantOne(tenantId, (tx) => this.users.intakeOf(tx, tenantId, user));
    if (!intake) throw new AppError('intake_not_found', `tenant ${tenantId}`);
    return intake;
  }

  /** Forgetting what is not there is fine. */
  async forget(tenantId: string, user: string): Promise<void> {
    await this.database.tenantOne(tenantId, (tx) => this.users.forgetIntake(tx, tenantId, user));
  }
}
