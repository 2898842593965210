import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { PinoLogger } from 'nestjs-pino';
import { Clock } from '../clock/clock.js';
import { Config } from '../config.js';
import { Cache, CACHE_TIMEOUT_MS } from './cache/cache.js';
import { PostgresCache } from './cache/postgres.cache.js';
import { RedisCache } from './cache/redis.cache.js';
import { Sealer } from './crypto/sealed.js';
import { Signer } from './crypto/signer.js';
import { DatabaseClock } from './database/database-clock.js';
import { Database } from './database/database.js';
import { AiLedger } from './llm/ai-ledger.js';
import { LanguageModel } from './llm/language-model.js';
import { HttpClient } from './outgoing/http.client.js';
import { PublicUrls } from './outgoing/public-url.js';
import { Metrics } from './telemetry/metrics.js';
import { endTracing } from './telemetry/opentelemetry.js';

/** The machine room: configuration, metrics, database, HTTP and cache, one of each for the whole process. */
@Global()
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  constructor(
    private readonly database: Database,
    private readonly http: HttpClient,
    private readonly cache: Cache,
  ) {}

  static forConfig(config: Config): DynamicModule {
    const { REDIS_URL, LOOPGPT_REDIS_PREFIX } = config.values;
    return {
      module: PlatformModule,
      providers: [
        { provide: Config, useValue: config },
        Metrics,
        {
          provide: Clock,
          inject: [Metrics, PinoLogger],
          useFactory: (metrics: Metrics, log: PinoLogger) => new Clock(metrics, log),
        },
        {
          provide: Database,
          inject: [Metrics],
          useFactory: (metrics: Metrics) => Database.connect(config, metrics),
        },
        {
          provide: DatabaseClock,
          inject: [Database, Clock, PinoLogger],
          useFactory: (database: Database, clock: Clock, log: PinoLogger) => DatabaseClock.start(database, clock, log),
        },
        { provide: Sealer, useFactory: () => new Sealer(config.secretKey, config.previousSecretKeys) },
        { provide: Signer, useFactory: () => Signer.forConfig(config) },
        { provide: PublicUrls, useFactory: () => PublicUrls.forConfig(config) },
        { provide: HttpClient, useFactory: () => new HttpClient() },
        AiLedger,
        LanguageModel,
        {
          provide: Cache,
          inject: [Database, Clock],
          useFactory: (database: Database, clock: Clock) =>
            REDIS_URL
              ? new RedisCache(cacheRedis(REDIS_URL), `${LOOPGPT_REDIS_PREFIX}:cache:`)
              : new PostgresCache(database, clock),
        },
      ],
      exports: [
        Config,
        Metrics,
        Clock,
        Database,
        DatabaseClock,
        Sealer,
        Signer,
        PublicUrls,
        HttpClient,
        Cache,
        LanguageModel,
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.cache.close();
    await this.http.close();
    await this.database.close();
    await endTracing();
  }
}

/** How long a socket on which a command waits may be silent. */
const SILENCE_MS = 2000;

function cacheRedis(url: string): Redis {
  return new Redis(url, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    enableAutoPipelining: true,
    commandTimeout: CACHE_TIMEOUT_MS,
    // A socket that answers nothing any more is replaced, or every look would take that long.
    socketTimeout: SILENCE_MS,
    keepAlive: SILENCE_MS,
  });
}
