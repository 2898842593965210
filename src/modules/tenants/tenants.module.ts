import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { Config } from '../../config.js';
import { ApiKeyGuard } from './api-key.guard.js';
import { FailedLogins } from './failed-logins.service.js';
import { KeyWatch } from './key-watch.service.js';
import { Logins } from './logins.service.js';
import { LongPolls } from './long-polls.service.js';
import { RateLimitGuard } from './rate-limit.guard.js';
import { RateLimitsService } from './rate-limits.service.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { SessionsRepository } from './sessions/sessions.repository.js';
import { SessionsService } from './sessions/sessions.service.js';
import { SignInsService } from './sessions/sign-ins.service.js';
import { TenantSecrets } from './tenant-secrets.service.js';
import { TenantsRepository } from './tenants.repository.js';
import { TenantsService } from './tenants.service.js';

@Global()
@Module({
  providers: [
    FailedLogins,
    KeyWatch,
    Logins,
    LongPolls,
    RateLimitsService,
    SessionsRepository,
    SessionsService,
    SignInsService,
    TenantSecrets,
    TenantsRepository,
    TenantsService,
    { provide: APP_GUARD, useClass: ApiKeyGuard },
    { provide: APP_GUARD, useClass: RateLimitGuard },
  ],
  exports: [FailedLogins, KeyWatch, Logins, LongPolls, RateLimitsService, TenantSecrets, TenantsService],
})
export class TenantsModule {
  static forConfig(config: Config): DynamicModule {
    return { module: TenantsModule, controllers: config.roles.has('api') ? [SessionsController] : [] };
  }
}
