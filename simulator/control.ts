import { z } from 'zod';
import type { SimulatedId, SimulatedReply } from '../src/modules/providers/simulation.js';
import { Fault } from './faults.js';
import type { Latency } from './seeded.js';

export interface LogEntry {
  at: string;
  provider: SimulatedId;
  /** Token, store and address look-ups are auxiliary; the others are what a quote is made of. */
  kind: 'data' | 'auxiliary';
  method: string;
  path: string;
  status: number;
  nonce: string;
  /** Of the call, where it had one. */
  traceparent: string | null;
  tracestate: string | null;
}

export interface Control {
  setFault(provider: SimulatedId | '*', fault: Fault | null): Promise<void>;
  setLatency(latency: Latency): Promise<void>;
  setLimits(on: boolean): Promise<void>;
  /** Moves the simulator's clock on: tokens lapse, quotas begin anew, prices drift. */
  advance(ms: number): Promise<void>;
  /** Forgets faults and log, and drops calls that hang. */
  reset(): Promise<void>;
  log(): Promise<LogEntry[]>;
}

const LatencyBody = z.strictObject({ medianMs: z.number().nonnegative(), p99Ms: z.number().nonnegative() });
const LimitsBody = z.strictObject({ on: z.boolean() });
const AdvanceBody = z.strictObject({ ms: z.number().nonnegative() });
const DONE: SimulatedReply = { status: 204, body: null };

/**
 * The control over HTTP, for another process: `GET log`, `POST reset`, `POST advance {ms}`, `PUT faults/<provider or *>` (a fault or
 * null), `PUT latency`, `PUT limits {on}`. What it cannot read is answered 400 with the reason.
 */
export async function controlled(
  control: Control,
  known: readonly string[],
  method: string,
  [what, provider = '']: readonly string[],
  body: string,
): Promise<SimulatedReply> {
  const refused = (error: string): SimulatedReply => ({ status: 400, body: { error } });
  let value: unknown;
  try {
    value = body ? JSON.parse(body) : null;
  } catch {
    return refused('the body is not JSON');
  }
  const read = async <T>(schema: z.ZodType<T>, act: (data: T) => Promise<void>): Promise<SimulatedReply> => {
    const parsed = schema.safeParse(value);
    if (!parsed.success) return refused(z.prettifyError(parsed.error));
    await act(parsed.data);
    return DONE;
  };
  switch (`${method} ${what}`) {
    case 'GET log':
      return { status: 200, body: await control.log() };
    case 'POST reset':
      await control.reset();
      return DONE;
    case 'POST advance':
      return read(AdvanceBody, ({ ms }) => control.advance(ms));
    case 'PUT faults': {
      const id = decodeURIComponent(provider);
      if (id !== '*' && !known.includes(id)) return refused(`no provider "${id}"; there are: ${known.join(', ')}`);
      return read(Fault.nullable(), (fault) => control.setFault(id as SimulatedId | '*', fault));
    }
    case 'PUT latency':
      return read(LatencyBody, (latency) => control.setLatency(latency));
    case 'PUT limits':
      return read(LimitsBody, ({ on }) => control.setLimits(on));
    default:
      return { status: 404, body: { error: 'no such control' } };
  }
}
