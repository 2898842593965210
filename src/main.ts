import 'reflect-metadata';
import { ConfigError, readConfig } from './config.js';
import { createServer } from './server.js';
import { TenantsService } from './modules/tenants/tenants.service.js';

/** How long a stopping process may drain before it is ended. */
const DRAIN_MS = 10_000;

/** config → app → listen → drain on SIGTERM. Started by npm start it reports over IPC and ends when its parent is gone. */
async function main(): Promise<void> {
  const config = readConfig();
  const app = await createServer(config);
  const stop = (): void => {
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    void app.close().then(() => process.exit(process.exitCode ?? 0));
  };
  process.once('disconnect', stop);
  await app.listen({ port: config.values.PORT, host: config.values.HOST });
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const developmentKey = config.production ? undefined : await app.get(TenantsService).developmentKey();
  process.send?.({ type: 'ready', url, developmentKey });
}

main().catch((error: unknown) => {
  const message = error instanceof ConfigError || isPlain(error) ? (error as Error).message : error;
  process.send?.({ type: 'failed', message: String((error as Error)?.message ?? error) });
  console.error(message);
  process.exit(1);
});

/** Errors whose message is already the sentence for the person at the terminal. */
function isPlain(error: unknown): boolean {
  const code = (error as { code?: string } | null)?.code;
  return code === 'EADDRINUSE' || code === 'EACCES' || code === 'ECONNREFUSED';
}
