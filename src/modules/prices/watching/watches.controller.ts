import { Body, Controller, Delete, Get, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { NeedsScope } from '../../../platform/http/access.js';
import { Describes } from '../../../platform/http/answers.decorator.js';
import { idempotencyKeyOf } from '../../../platform/http/idempotency-key.js';
import { HeaderNamed, Id } from '../../../platform/http/parameters.decorator.js';
import { IDEMPOTENCY_KEY, answerMade } from '../../../platform/http/submitted.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Tenant } from '../../tenants/tenant.decorator.js';
import { CreatePriceWatch, ListPriceWatches, PriceWatch, PriceWatchList } from './watches.dto.js';
import { WatchesService } from './watches.service.js';

@ApiTags('prices')
@Controller('v1/price-watches')
export class WatchesController {
  constructor(private readonly watches: WatchesService) {}

  @Post()
  @NeedsScope('imports:write')
  @Describes('createPriceWatch', 'Be told when a price crosses a line', { 201: PriceWatch }, [404, 409, 422])
  async create(
    @Tenant() { tenantId }: TenantContext,
    @Body({ schema: CreatePriceWatch }) body: CreatePriceWatch,
    @HeaderNamed(IDEMPOTENCY_KEY) key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PriceWatch> {
    const made = await this.watches.create(tenantId, body, idempotencyKeyOf(key, false));
    return answerMade(reply, { ...made, root: '/v1/price-watches' });
  }

  @Get()
  @NeedsScope('imports:read')
  @Describes('listPriceWatches', 'List price watches, newest first', { 200: PriceWatchList })
  list(
    @Tenant() { tenantId }: TenantContext,
    @Query({ schema: ListPriceWatches }) query: ListPriceWatches,
  ): Promise<PriceWatchList> {
    return this.watches.list(tenantId, query);
  }

  @Get(':id')
  @NeedsScope('imports:read')
  @Describes('getPriceWatch', 'Read a price watch, and where what it watches stands', { 200: PriceWatch }, [404])
  get(@Tenant() { tenantId }: TenantContext, @Id('wat') id: string): Promise<PriceWatch> {
    return this.watches.get(tenantId, id);
  }

  @Delete(':id')
  @NeedsScope('imports:write')
  @Describes('deletePriceWatch', 'Be told no more', { 204: null }, [404])
  delete(@Tenant() { tenantId }: TenantContext, @Id('wat') id: string): Promise<void> {
    return this.watches.delete(tenantId, id);
  }
}
