import type { ErrorCode } from './types.js';

/** What the API refused, as it said it: `code` is stable, `message` says what to do next. */
export class LoopGPTError extends Error {
  override name = 'LoopGPTError';

  constructor(
    readonly status: number,
    readonly code: ErrorCode | 'unknown',
    message: string,
    /** Whether the same request may succeed later. */
    readonly retryable: boolean,
    /** To quote when asking for help. */
    readonly requestId: string | null,
    /** Each place of the request to mend. */
    readonly errors: readonly { pointer: string; detail: string }[],
    readonly retryAfterMs: number | null,
    /** What is so now, where the request relied on something else. */
    readonly present: Readonly<Record<string, unknown>> | null = null,
  ) {
    super(message);
  }
}

/** The API was not reached, or did not answer in time. The cause says why. */
export class LoopGPTConnectionError extends Error {
  override name = 'LoopGPTConnectionError';
}

/** The error of an answer, whatever its body is: a proxy's page has no code. */
export async function errorOf(response: Response): Promise<LoopGPTError> {
  const problem = parse(await response.text().catch(() => ''));
  return new LoopGPTError(
    response.status,
    (problem.code as ErrorCode | undefined) ?? 'unknown',
    problem.detail ?? `status ${response.status}`,
    problem.retryable ?? (response.status === 429 || response.status >= 500),
    problem.instance ?? response.headers.get('x-request-id'),
    problem.errors ?? [],
    retryAfterMs(response.headers.get('retry-after')),
    problem.present ?? null,
  );
}

interface ProblemBody {
  code?: string;
  detail?: string;
  retryable?: boolean;
  instance?: string;
  errors?: { pointer: string; detail: string }[];
  present?: Record<string, unknown>;
}

function parse(text: string): ProblemBody {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    return {};
  }
}

/** Seconds or an HTTP date (RFC 9110 §10.2.3). */
function retryAfterMs(header: string | null): number | null {
  if (header === null) return null;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}
