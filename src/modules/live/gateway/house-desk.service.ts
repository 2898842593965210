import { Injectable } from '@nestjs/common';
import { DoorsService } from '../../orders/doors/doors.service.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { CartsService } from '../../words/carts/carts.service.js';
import { NlpDoorsService } from '../../words/doors/nlp-doors.service.js';
import { GatewayDesk } from './desk.js';

/** Asks the rooms of prices and words, which are there wherever the gateway is. */
@Injectable()
export class HouseDesk implements GatewayDesk {
  constructor(
    private readonly prices: DoorsService,
    private readonly words: NlpDoorsService,
    private readonly carts: CartsService,
  ) {}

  async watch(tenantId: string, wish: Parameters<GatewayDesk['watch']>[1]): Promise<object> {
    const { success: _, ...watched } = await this.prices.track(tenantId, wish);
    return watched;
  }

  read(text: string): object {
    return this.words.process(text);
  }

  async cart(tenant: TenantContext, text: string, cartId: string | undefined): Promise<string> {
    const asked = { text, cartId, history: 'use' as const, metadata: {} };
    return (await this.carts.request(tenant, asked, undefined, undefined)).id;
  }
}
