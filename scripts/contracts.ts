import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ABOUT, AppModule, GROUPS } from '../src/app.module.js';
import { readConfig } from '../src/read-config.js';
import { asyncApi } from '../src/modules/ops/pages/asyncapi.js';
import { buildDocument } from '../src/platform/http/pages/documents.js';
import { asyncApiFaults, openApiFaults } from './contracts/faults.js';

/** Whether the documents we hand out are valid: OpenAPI 3.1 with every schema in it, and AsyncAPI 3. Part of npm run check. */
async function main(): Promise<void> {
  const faults = [
    ...openApiFaults(await openApi()).map((fault) => `OpenAPI: ${fault}`),
    ...asyncApiFaults(asyncApi()).map((fault) => `AsyncAPI: ${fault}`),
  ];
  for (const fault of faults) console.error(fault);
  process.exit(faults.length === 0 ? 0 : 1);
}

/** Nest's preview builds no provider, so that nothing has to be connected to. */
async function openApi(): Promise<object> {
  const config = readConfig({ LOOPGPT_ENV: 'test', DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forConfig(config), new FastifyAdapter(), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  return buildDocument(app, ABOUT, GROUPS);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
