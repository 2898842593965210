import 'reflect-metadata';
import { Logger } from 'nestjs-pino';
import { armCrash } from './common/crash-points.js';
import type { Config } from './config.js';
import { openDoors } from './modules/ops/pages/doors.js';
import { TenantsService } from './modules/tenants/tenants.service.js';
import { LockMissing } from './platform/database/locks.js';
import { LoginRefused } from './platform/database/logins.js';
import { announce } from './platform/running.js';
import { ConfigError, readConfig } from './read-config.js';
import { createServer } from './server.js';

/** How long a stopping process may drain before it is ended. */
const DRAIN_MS = 10_000;

let config: Config | undefined;

/** config → app → listen → drain on SIGTERM. Started by npm start it reports over IPC and ends when its parent is gone. */
async function main(): Promise<void> {
  config = readConfig();
  if (config.crashAt) armCrash(config.crashAt);
  const app = await createServer(config);
  const boundDrain = (): void => void setTimeout(() => process.exit(1), DRAIN_MS).unref();
  // Nest drains on these signals by itself, but waits for ever for a store that is away.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, boundDrain);
  process.once('disconnect', () => {
    boundDrain();
    void app.close().then(() => process.exit(process.exitCode ?? 0));
  });
  // Fastify's own listen, for Nest's logs a failure that is told below in one sentence.
  const listening = await app.getHttpAdapter().getInstance().listen({
    port: config.values.PORT,
    host: config.values.HOST,
  });
  if (!config.production && config.values.LOOPGPT_ALLOW_OPEN) {
    app.get(Logger).warn('LOOPGPT_ALLOW_OPEN: whoever reaches this address may do anything here, without a key');
  }
  const url = listening.replace('[::1]', '127.0.0.1');
  announce(config.values.LOOPGPT_DATA_DIR, url, [...config.roles]);
  const developmentKey = config.production ? undefined : await app.get(TenantsService).developmentKey();
  process.send?.({ type: 'ready', url, developmentKey, doors: openDoors(config) });
}

main().catch((error: unknown) => {
  const sentence = sentenceOf(error);
  // Its launcher says a plain sentence in its own words; everything else is printed here, once.
  if (sentence !== null && process.send) {
    process.send({ type: 'failed', message: sentence }, () => process.exit(1));
  } else {
    console.error(sentence ?? error);
    process.exit(1);
  }
});

/** What to tell the person at the terminal, where that is known. */
function sentenceOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if (error.name.startsWith('KafkaJS')) {
    return `Kafka cannot be reached at ${config?.values.KAFKA_BROKERS?.join(', ')}: ${error.message}`;
  }
  const { code = '' } = error as { code?: string };
  const isPlain = error instanceof ConfigError || error instanceof LoginRefused || error instanceof LockMissing;
  return isPlain || ['EADDRINUSE', 'EACCES', 'ECONNREFUSED'].includes(code) ? error.message : null;
}
