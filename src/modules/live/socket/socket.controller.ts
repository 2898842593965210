import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import { ReadsByToken } from '../../../platform/http/access.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Tenant } from '../../tenants/tenant.decorator.js';
import { OpenSocket } from '../live.dto.js';
import { LiveSockets } from './live.sockets.js';

const PROTOCOL = {
  name: 'Sec-WebSocket-Protocol',
  required: false,
  description: 'loopgpt.v1, and after it a key or browser token where Authorization cannot be sent',
};

@ApiTags('live')
@Controller('v1/stream')
@ApiHeader(PROTOCOL)
export class SocketController {
  constructor(private readonly sockets: LiveSockets) {}

  @Get()
  @ReadsByToken('handler')
  @Named('openStream', 'Follow many routes and plans on one WebSocket; its messages are in /asyncapi.json')
  @Answers({ 101: null }, [400, 401, 403, 426, 429, 503])
  open(
    @Tenant() tenant: TenantContext,
    @Query({ schema: OpenSocket }) _query: OpenSocket,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    // As RFC 9110 wants it of a 426, and no harm to others.
    reply.header('Upgrade', 'websocket');
    this.sockets.open(tenant, request, reply);
  }
}
