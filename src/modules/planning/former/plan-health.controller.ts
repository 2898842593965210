import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Database } from '../../../platform/database/database.js';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import { LanguageModel } from '../../../platform/llm/language-model.js';
import { Public } from '../../tenants/tenant.decorator.js';
import { PlaylistService } from '../playlist/playlist.service.js';

const CHECK_MS = 2000;
const Check = z.enum(['healthy', 'unhealthy', 'not_configured']);
const PlanHealth = z
  .object({
    status: z.enum(['healthy', 'degraded']),
    checks: z.object({ database: Check, claude_api: Check, spotify_api: Check }),
    timestamp: z.iso.datetime(),
  })
  .meta({ id: 'PlanHealth' });
type PlanHealth = z.infer<typeof PlanHealth>;

/** Health as users of the former plan engine read it. What is not configured harms nothing: plans do without. */
@ApiTags('former interfaces')
@Controller('functions/v1')
@Public()
export class PlanHealthController {
  constructor(
    private readonly database: Database,
    private readonly model: LanguageModel,
    private readonly playlists: PlaylistService,
  ) {}

  @Get('health')
  @Named('planHealth', 'Whether what plans are made with answers')
  @Answers({ 200: PlanHealth }, [429])
  async health(): Promise<PlanHealth> {
    const [database, model, playlists] = await Promise.all([
      this.database.query('SELECT 1').then(
        () => true,
        () => false, // which is the answer
      ),
      this.model.isReachable(AbortSignal.timeout(CHECK_MS)),
      this.playlists.isReachable(AbortSignal.timeout(CHECK_MS)),
    ]);
    const checks = { database: said(database), claude_api: said(model), spotify_api: said(playlists) };
    const status = Object.values(checks).includes('unhealthy') ? 'degraded' : 'healthy';
    return { status, checks, timestamp: new Date().toISOString() };
  }
}

function said(isHealthy: boolean | null): z.infer<typeof Check> {
  if (isHealthy === null) return 'not_configured';
  return isHealthy ? 'healthy' : 'unhealthy';
}
