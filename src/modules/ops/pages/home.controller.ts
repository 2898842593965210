import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Config } from '../../../config.js';
import { dataFile } from '../../../platform/data-file.js';
import { Public } from '../../tenants/tenant.decorator.js';
import { openDoors } from './doors.js';
import { homePage } from './home-page.js';

/** For a person who opens the address in a browser. */
@ApiExcludeController()
@Controller()
@Public()
export class HomeController {
  private readonly cart = dataFile('pages', 'sample.json');

  constructor(private readonly config: Config) {}

  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  page(@Req() request: FastifyRequest): string {
    const origin = `${request.protocol}://${request.host}`;
    return homePage(openDoors(this.config), { keyless: !this.config.production, origin, cart: this.cart });
  }
}
