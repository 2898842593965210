import type { Params } from 'nestjs-pino';
import type { Config } from '../../config.js';
import { prettyLine } from './pretty-line.js';

/** What a service logs through: facts first, then the event's name. One outcome, one line. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Fields that may carry a secret; pino writes "[redacted]" in their place wherever they appear one or two levels deep. */
const SECRET_FIELDS = [
  'authorization',
  'cookie',
  'secret',
  'password',
  'token',
  'access_token',
  'apiKey',
  'api_key',
  'set-cookie',
];

/** pino's settings: JSON lines unless a person reads them, ids only from requests (never headers or bodies), secrets redacted. */
export function loggerParams(config: Config): Params {
  return {
    pinoHttp: [
      {
        level: config.values.LOG_LEVEL,
        redact: { paths: SECRET_FIELDS.flatMap((f) => [`["${f}"]`, `*["${f}"]`, `*.*["${f}"]`]), censor: '[redacted]' },
        autoLogging: false,
        quietReqLogger: true,
        serializers: { req: (req: { id: unknown; method: string }) => ({ id: req.id, method: req.method }) },
      },
      config.values.LOG_FORMAT === 'pretty'
        ? { write: (line) => void process.stdout.write(prettyLine(line)) }
        : process.stdout,
    ],
  };
}
