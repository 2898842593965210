import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../../tenants/tenant.decorator.js';
import { asyncApi } from './asyncapi.js';

/** The document of events and webhooks, beside that of the API at /docs-json. */
@ApiExcludeController()
@Controller('asyncapi.json')
@Public()
export class AsyncApiController {
  /** Made for the first that asks: a tenth of a second that no start has to wait for. */
  private document: object | undefined;

  @Get()
  get(): object {
    return (this.document ??= asyncApi());
  }
}
