// What a deployment on one machine is made of, for each of its modes.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { PlainError } from '../plain-error.mjs';
import { ROOT } from '../prepare.mjs';
import { keep, startPostgres } from '../postgres.mjs';

export const MODES = {
  full: ['database', 'product', 'documents'],
  core: ['database', 'product'],
  infrastructure: ['database'],
  documentation: ['documents'],
};

const PORT = 3000;
const DOCUMENTS_PORT = 3100;

/** The parts of `mode`, as the keeper takes them, of any release: a directory of `.builds`. */
export function partsFor(mode, dir, environment) {
  const wanted = MODES[mode];
  // Made once for all releases: the database outlives each of them.
  let database;
  const databaseUrl = async () => {
    if (environment.DATABASE_URL) return environment.DATABASE_URL;
    database ??= startPostgres(dir);
    return (await database).url;
  };
  const parts = {
    database: () => ({
      name: 'database',
      begin: async () => {
        await databaseUrl();
        return { pid: process.pid, stop: async () => database && (await database).stop() };
      },
    }),
    product: async (release) => {
      const port = Number(environment.PORT ?? PORT);
      const host = environment.HOST ?? '127.0.0.1';
      const isLocal = host === '127.0.0.1' || host === 'localhost';
      return {
        name: 'product',
        released: true,
        release,
        port,
        host: isLocal ? host : '127.0.0.1',
        health: '/health/ready',
        metrics: '/metrics',
        command: process.execPath,
        args: [join(ROOT, '.builds', release, 'src', 'main.js')],
        cwd: ROOT,
        env: {
          // Nobody but this machine asks; elsewhere it is for the operator to say.
          ...(isLocal ? { LOOPGPT_METRICS_PUBLIC: 'true' } : {}),
          ...environment,
          LOOPGPT_ENV: 'production',
          HOST: host,
          PORT: String(port),
          DATABASE_URL: await databaseUrl(),
          LOOPGPT_SECRET_KEY:
            environment.LOOPGPT_SECRET_KEY ?? keep(join(dir, 'secret-key'), () => randomBytes(32).toString('base64')),
        },
      };
    },
    documents: () => {
      const port = Number(environment.DOCUMENTS_PORT ?? DOCUMENTS_PORT);
      const file = join(ROOT, 'dev', 'lib', 'deploy', 'documents.mjs');
      return {
        name: 'documents',
        port,
        health: '/health',
        command: process.execPath,
        args: [file, String(port)],
        cwd: ROOT,
        env: environment,
      };
    },
  };
  return async (release) => Promise.all(wanted.map((name) => parts[name](release)));
}

const whole = (environment, name, fallback) => {
  const value = Number(environment[name] ?? fallback);
  if (!Number.isFinite(value) || value <= 0)
    throw new PlainError(`${name} is ${environment[name]}; give a number above 0.`);
  return value;
};

/** When a start, or a release, is given up; seconds of the environment. */
export const limitsOf = (environment) => ({
  startMs: whole(environment, 'DEPLOY_START_SECONDS', 30) * 1000,
  lookMs: whole(environment, 'DEPLOY_LOOK_SECONDS', 5) * 1000,
  unhealthyMs: whole(environment, 'DEPLOY_UNHEALTHY_SECONDS', 180) * 1000,
  errorsMs: whole(environment, 'DEPLOY_ERRORS_SECONDS', 120) * 1000,
  errorShare: whole(environment, 'DEPLOY_ERRORS_PERCENT', 10) / 100,
});
