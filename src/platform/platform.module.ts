import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Config } from '../config.js';
import { Cache } from './cache/cache.js';
import { MemoryCache } from './cache/memory.cache.js';
import { RedisCache } from './cache/redis.cache.js';
import { Sealer } from './crypto/sealed.js';
import { Signer } from './crypto/signer.js';
import { Database } from './database/database.js';
import { AiLedger } from './llm/ai-ledger.js';
import { LanguageModel } from './llm/language-model.js';
import { HttpClient } from './http/http.client.js';
import { PublicUrls } from './http/public-url.js';
import { Metrics } from './telemetry/metrics.js';

const CACHE_REDIS = Symbol('redis for the cache');

/** The machine room: configuration, metrics, database, HTTP and cache, one of each for the whole process. */
@Global()
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  constructor(
    private readonly database: Database,
    private readonly http: HttpClient,
    @Inject(CACHE_REDIS) private readonly redis: Redis | null,
  ) {}

  static forConfig(config: Config): DynamicModule {
    const { REDIS_URL, LOOPGPT_REDIS_PREFIX } = config.values;
    return {
      module: PlatformModule,
      providers: [
        { provide: Config, useValue: config },
        Metrics,
        {
          provide: Database,
          inject: [Metrics],
          useFactory: (metrics: Metrics) => Database.connect(config, metrics),
        },
        { provide: Sealer, useFactory: () => new Sealer(config.secretKey, config.previousSecretKeys) },
        { provide: Signer, useFactory: () => Signer.forConfig(config) },
        { provide: PublicUrls, useFactory: () => PublicUrls.forConfig(config) },
        { provide: HttpClient, useFactory: () => new HttpClient() },
        AiLedger,
        LanguageModel,
        {
          provide: CACHE_REDIS,
          useFactory: () =>
            REDIS_URL
              ? new Redis(REDIS_URL, { maxRetriesPerRequest: 1, enableOfflineQueue: false, lazyConnect: false })
              : null,
        },
        {
          provide: Cache,
          inject: [CACHE_REDIS],
          useFactory: (redis: Redis | null) =>
            redis ? new RedisCache(redis, `${LOOPGPT_REDIS_PREFIX}:cache:`) : new MemoryCache(),
        },
      ],
      exports: [Config, Metrics, Database, Sealer, Signer, PublicUrls, HttpClient, Cache, LanguageModel],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    this.redis?.disconnect();
    await this.http.close();
    await this.database.close();
  }
}
