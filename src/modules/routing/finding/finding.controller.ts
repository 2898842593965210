import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import { traceIdOf } from '../../../platform/telemetry/tracing.js';
import { OperatorsRead } from '../../tenants/tenant.decorator.js';
import { FindRoutes, FoundRoutes } from './finding.dto.js';
import { FindingRepository } from './finding.repository.js';

/** A route by whatever is known of it, whoever asked for it. */
@ApiTags('operators')
@Controller('admin/v1/search')
@OperatorsRead()
export class FindingController {
  constructor(private readonly finding: FindingRepository) {}

  @Get()
  @Named('findRoutes', 'Routes of all tenants by id, trace, cart item, provider, reference and time, newest first')
  @Answers({ 200: FoundRoutes }, [400, 401, 403, 429, 503])
  async find(@Query({ schema: FindRoutes }) query: FindRoutes): Promise<FoundRoutes> {
    const rows = await this.finding.find(query);
    const data = rows.slice(0, query.limit).map(({ traceparent, createdAt, ...row }) => ({
      ...row,
      traceId: traceIdOf(traceparent) ?? '',
      createdAt: createdAt.toISOString(),
    }));
    return { data, nextCursor: rows.length > query.limit ? data.at(-1)!.id : null };
  }
}
