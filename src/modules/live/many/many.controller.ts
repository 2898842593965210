import { Controller, Get, Header, Query, Req, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReadsByToken } from '../../../platform/http/access.js';
import { Describes } from '../../../platform/http/answers.decorator.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Tenant } from '../../tenants/tenant.decorator.js';
import { FollowMany, ManyEvents } from './many.dto.js';
import { ManyService } from './many.service.js';

const AS_STREAM = ApiResponse({
  status: 200,
  description: 'Each message of the WebSocket as data; ends after the last',
  content: { 'text/event-stream': { schema: { type: 'string' } } },
});

@ApiTags('live')
@Controller('v1/stream')
@ReadsByToken('handler')
export class ManyController {
  constructor(private readonly many: ManyService) {}

  @Get('events')
  @AS_STREAM
  @Describes('streamMany', 'Follow many at once as server-sent events, where no WebSocket gets through', {})
  async follow(
    @Tenant() tenant: TenantContext,
    @Query({ schema: FollowMany }) query: FollowMany,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const stream = await this.many.stream(tenant, query, String(request.id));
    reply.raw.once('close', () => stream.destroy());
    // A connection that has streamed is not used again, or a stopping server would wait for it to be idle.
    reply.headers({ connection: 'close', 'content-type': 'text/event-stream; charset=utf-8' });
    reply.header('Cache-Control', 'no-store, no-transform').send(stream);
  }

  @Get('page')
  @Header('Content-Type', 'application/json; charset=utf-8')
  @Describes('pullMany', 'Read what has happened to many, where no stream gets through', { 200: ManyEvents })
  page(
    @Tenant() tenant: TenantContext,
    @Query({ schema: FollowMany }) query: FollowMany,
    @Req() request: FastifyRequest,
  ): Promise<string> {
    return this.many.page(tenant, query, String(request.id));
  }
}
