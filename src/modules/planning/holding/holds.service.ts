import { Injectable } from '@nestjs/common';
import { AppError } from '../../../common/errors.js';
import { ReservationsRepository } from '../making/reservations.repository.js';

/** What a caller says of the packs that a plan holds: that it will not buy them after all. */
@Injectable()
export class HoldsService {
  constructor(private readonly reservations: ReservationsRepository) {}

  /** Other plans may count on the packs from now on; asking twice is fine. Throws `plan_not_found`, `plan_not_completed`. */
  async release(tenantId: string, id: string): Promise<void> {
    const status = await this.reservations.giveBack(tenantId, id);
    if (status === null) throw new AppError('plan_not_found', `plan ${id}`);
    if (status !== 'completed') throw new AppError('plan_not_completed', `plan ${id} is ${status}`);
  }
}
