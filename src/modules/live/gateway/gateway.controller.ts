import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import { Public } from '../../tenants/tenant.decorator.js';
import { GatewayService } from './gateway.service.js';

/** A key may come with the handshake or as the first message, as the former clients send it: so the guard asks for none. */
@ApiTags('former interfaces')
@Controller('ws/walmart')
@Public()
export class GatewayController {
  constructor(private readonly gateway: GatewayService) {}

  @Get()
  @Named('formerGateway', 'The WebSocket of the former live gateway; docs/websocket.md has its messages')
  @Answers({ 101: null }, [400, 401, 403, 426, 429, 503])
  async open(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    // As RFC 9110 wants it of a 426, and no harm to others.
    reply.header('Upgrade', 'websocket');
    await this.gateway.open(request, reply);
  }
}
