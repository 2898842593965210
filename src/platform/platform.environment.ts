import { z } from 'zod';
import { flag, list, optionalFlag, url, whole, type Variables } from '../common/variables.js';

/** Traces go by OpenTelemetry's own names; what else it knows (OTEL_RESOURCE_ATTRIBUTES, OTEL_EXPORTER_OTLP_HEADERS, OTEL_BSP_…) it reads itself. */
const collector = () => url('http:', 'https:').optional();
const is32Bytes = (text: string): boolean => Buffer.from(text, 'base64').length === 32;

export const platformEnvironment = {
  rows: {
    PORT: whole(3000, 0, 65535).describe('HTTP port; 0 picks a free one'),
    HOST: z.string().min(1).default('127.0.0.1').describe('address to listen on'),
    LOOPGPT_ALLOW_OPEN: flag(false).describe(
      'lets development, which asks for no key, listen on an address and answer to host names that others reach; anybody there may do anything',
    ),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
      .default('info')
      .describe('least severe log line written'),
    LOG_FORMAT: z
      .enum(['json', 'pretty'])
      .default('json')
      .describe('json: one object a line; pretty: for a person at a terminal'),
    LOOPGPT_SECRET_KEY: z
      .string()
      .refine(is32Bytes, { message: '32 bytes in base64 (openssl rand -base64 32)' })
      .optional()
      .describe('encrypts webhook secrets and derives the database passwords; required in production'),
    LOOPGPT_PREVIOUS_SECRET_KEYS: list()
      .refine((keys) => keys.every(is32Bytes), { message: 'a comma list of keys, each 32 bytes in base64' })
      .optional()
      .describe(
        'secret keys before a rotation: what was sealed under them still opens, nothing new is sealed under them',
      ),
    LOOPGPT_SIGNING_KEYS: list()
      .refine((keys) => keys.length > 0 && keys.every((text) => text === 'derived' || is32Bytes(text)), {
        message: 'a comma list of keys, each 32 bytes in base64, or the word derived',
      })
      .default(['derived'])
      .describe(
        'ed25519 keys of decision records: the first signs, the others are still published; derived stands for those made from the secret keys',
      ),
    LOOPGPT_DATA_DIR: z.string().default('.data').describe('where npm start keeps the embedded database'),
    LOOPGPT_CORS_ORIGINS: list()
      .refine((origins) => origins.every((text) => URL.canParse(text) && new URL(text).origin === text), {
        message: 'a comma list of origins such as https://shop.example',
      })
      .optional()
      .describe('origins whose pages may call the API from a browser; none by default'),
    LOOPGPT_TRUST_PROXY: list()
      .optional()
      .describe('comma list of proxy addresses or CIDRs whose X-Forwarded-For is believed; none by default'),
    DATABASE_URL: url('postgres:', 'postgresql:')
      .optional()
      .describe('PostgreSQL with the right to migrate; the app itself connects as roles without it'),
    DATABASE_APP_URL: url('postgres:', 'postgresql:')
      .optional()
      .describe(
        'connection of the tenant-bound role; derived from DATABASE_URL if unset; a pooler has to support prepared statements (PgBouncer 1.21)',
      ),
    DATABASE_WORKER_URL: url('postgres:', 'postgresql:')
      .optional()
      .describe('connection of the background role; derived from DATABASE_URL if unset'),
    REDIS_URL: url('redis:', 'rediss:').optional().describe('BullMQ on Redis; on PostgreSQL if unset'),
    LOOPGPT_REDIS_PREFIX: z
      .string()
      .regex(/^[a-z0-9_-]{1,40}$/)
      .default('loopgpt')
      .describe('prefix of every Redis key'),
    OTEL_TRACES_EXPORTER: z
      .enum(['otlp', 'zipkin', 'none'])
      .optional()
      .describe('how spans are sent; by default to the collector that is named, and not at all where none is'),
    OTEL_EXPORTER_OTLP_ENDPOINT: collector().describe(
      'a collector that takes OTLP over HTTP; spans go to /v1/traces below it',
    ),
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector().describe('the same, with its path'),
    OTEL_EXPORTER_ZIPKIN_ENDPOINT: collector().describe('a Zipkin server, with its path (/api/v2/spans)'),
    OTEL_SERVICE_NAME: z.string().min(1).max(200).default('loopgpt').describe('what the spans of this process are of'),
    OTEL_TRACES_SAMPLER: z
      .enum([
        'always_on',
        'always_off',
        'traceidratio',
        'parentbased_always_on',
        'parentbased_always_off',
        'parentbased_traceidratio',
      ])
      .default('parentbased_always_on')
      .describe('which traces are recorded; parentbased: those of callers as the callers wish'),
    OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1).describe('the share, of a ratio'),
    OTEL_SDK_DISABLED: optionalFlag().describe('true: nothing is recorded, whatever else is set'),
  },
} satisfies Variables;
