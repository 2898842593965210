import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
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
    private readonly modules: ModuleRef,
  ) {}

  async watch(tenantId: string, wish: Parameters<GatewayDesk['watch']>[1]): Promise<object> {
    const { success: _, ...watched } = await this.prices.track(tenantId, wish);
    return watched;
  }

  read(text: string): object {
    return this.modules.get(NlpDoorsService, { strict: false }).process(text);
  }

  async cart(tenant: TenantContext, text: string, cartId: string | undefined): Promise<string> {
    const carts = this.modules.get(CartsService, { strict: false });
    const asked = { text, cartId, history: 'use' as const, metadata: {} };
    return (await carts.request(tenant, asked, undefined, undefined)).id;
  }
}
