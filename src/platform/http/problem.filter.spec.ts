import type { ArgumentsHost } from '@nestjs/common';
import type { PinoLogger } from 'nestjs-pino';
import type { Metrics } from '../telemetry/metrics.js';
import type { KnownPaths } from './known-paths.js';
import { ProblemFilter } from './problem.filter.js';

/** What is logged and counted of an error that a request met. */
function met(thrown: unknown, isBodyWhole: boolean) {
  const logged: string[] = [];
  const codes: string[] = [];
  const log = { info: () => logged.push('info'), error: () => logged.push('error') };
  const inc = ({ code }: { code: string }, by = 1) => void (by > 0 && codes.push(code));
  const filter = new ProblemFilter(
    { rejected: { inc } } as unknown as Metrics,
    log as unknown as PinoLogger,
    { methodsOf: () => [] } as unknown as KnownPaths,
  );
  const request = { id: 'r1', method: 'POST', url: '/v1/routes', raw: { complete: isBodyWhole } };
  const http = { getRequest: () => request, getResponse: () => ({ sent: true }) };
  filter.catch(thrown, { switchToHttp: () => http } as unknown as ArgumentsHost);
  return { logged, codes };
}

describe('an error that a request met', () => {
  const reset = Object.assign(new Error('aborted'), { code: 'ECONNRESET', statusCode: 400 });

  it('is no failure of ours when the caller broke its body off', () => {
    expect(met(reset, false)).toEqual({ logged: ['info'], codes: ['request_invalid'] });
  });

  it('is the store that is away when a connection of ours was reset', () => {
    expect(met(reset, true)).toEqual({ logged: ['error'], codes: ['store_unavailable'] });
  });
});
