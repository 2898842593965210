import { Child } from './child.js';

/** Starts the product with all roles in one process: it logs errors alone and has no rate limit to speak of. `env` is what the run adds. */
export function startProduct(databaseUrl: string, simulatorUrl: string, env: Record<string, string>): Promise<Child> {
  return Child.start('src/main', {
    LOOPGPT_ENV: 'development',
    ROLES: 'all',
    PORT: '0',
    LOG_LEVEL: 'error',
    DATABASE_URL: databaseUrl,
    LOOPGPT_SIMULATOR_URL: simulatorUrl,
    LOOPGPT_RATE_LIMIT_PER_MINUTE: '10000000',
    ...env,
  });
}
