import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { NeedsScope } from '../../../platform/http/access.js';
import { Answers, Describes, Named } from '../../../platform/http/answers.decorator.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Public, Tenant } from '../../tenants/tenant.decorator.js';
import {
  ScheduleWarmer,
  WarmerDone,
  WarmerHealth,
  WarmerSchedule,
  WarmerStatus,
  WarmWhat,
} from './warmer-doors.dto.js';
import { WarmerDoorsService } from './warmer-doors.service.js';

const REFUSALS = [412, 413, 415, 422];

/** The former cache warmer, as its callers know it. */
@ApiTags('former interfaces')
@Controller()
@NeedsScope('admin')
export class WarmerDoorsController {
  constructor(private readonly doors: WarmerDoorsService) {}

  @Get('api/warmer/health')
  @Public()
  @Named('formerWarmerHealth', 'Whether this process warms, and where quotes are kept')
  @Answers({ 200: WarmerHealth }, [429])
  health(): WarmerHealth {
    return this.doors.health();
  }

  @Post('warm')
  @HttpCode(200)
  @Describes('formerWarm', 'Ask now for what is likely wanted soon, within the limits', { 200: WarmerDone }, [413, 415])
  warm(@Body({ schema: WarmWhat }) _body: WarmWhat): Promise<WarmerDone> {
    return this.doors.warm();
  }

  @Get('status')
  @Describes('formerWarmerStatus', 'What was warmed, and how much of it was used', { 200: WarmerStatus })
  status(): Promise<WarmerStatus> {
    return this.doors.status();
  }

  @Post('clear')
  @HttpCode(200)
  @Describes('formerClear', 'Use no kept quote any more, anywhere within 5 s', { 200: WarmerDone }, REFUSALS)
  clear(@Tenant() { keyId }: TenantContext, @Body({ schema: WarmWhat }) _body: WarmWhat): Promise<WarmerDone> {
    return this.doors.clear(keyId);
  }

  @Post('schedule')
  @HttpCode(200)
  @Describes('formerSchedule', 'Warm every so many seconds', { 200: WarmerSchedule }, REFUSALS)
  schedule(
    @Tenant() { keyId }: TenantContext,
    @Body({ schema: ScheduleWarmer }) { interval }: ScheduleWarmer,
  ): Promise<WarmerSchedule> {
    return this.doors.schedule(keyId, interval);
  }
}
