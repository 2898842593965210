import { randomBytes } from 'node:crypto';

/**
 * W3C trace context, carried by hand from HTTP through job, record, provider call and webhook (https://www.w3.org/TR/trace-context/): one trace
 * for each request, the caller's where its `traceparent` is well formed. What is carried is one text: `traceparent`, and after a blank
 * `tracestate` where there is any.
 */
const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?: (.+))?$/;
const MEMBER = /^[a-z0-9][a-z0-9_\-*/@]{0,255}=[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;
const MOST_STATE = 512;
const MOST_MEMBERS = 32;
const SAMPLED = 1;

export interface TraceContext {
  traceId: string;
  spanId: string;
  sampled: boolean;
  /** Of other systems, as it came; null when there is none. */
  state: string | null;
}

/**
 * What is carried on behalf of `incoming`: same trace id, a new span id, and sampled as the caller wished; a fresh trace, which is, when
 * there is none.
 */
export function traceparentFrom(incoming: string | undefined): string {
  const known = readTrace(incoming);
  const { traceId, sampled, state } = known ?? { traceId: randomBytes(16).toString('hex'), sampled: true, state: null };
  return carried({ traceId, spanId: randomBytes(8).toString('hex'), sampled, state });
}

export const carried = ({ traceId, spanId, sampled, state }: TraceContext): string =>
  `00-${traceId}-${spanId}-0${sampled ? SAMPLED : 0}${state === null ? '' : ` ${state}`}`;

/** Two headers as they came, as one text that is carried. A state that is not well formed, or belongs to no trace, is not sent on. */
export function joinTrace(traceparent: string | undefined, tracestate: string | undefined): string | undefined {
  if (!traceparent || !tracestate || !readTrace(traceparent)) return traceparent;
  const members = tracestate
    .split(',')
    .map((member) => member.trim())
    .filter(Boolean);
  const state = members.join(',');
  const isSound =
    members.length > 0 &&
    members.length <= MOST_MEMBERS &&
    state.length <= MOST_STATE &&
    members.every((member) => MEMBER.test(member));
  return isSound ? `${traceparent} ${state}` : traceparent;
}

/** The headers that say it to whoever is asked or told. */
export function traceHeaders(context: string): { traceparent: string; tracestate?: string } {
  const at = context.indexOf(' ');
  return at < 0 ? { traceparent: context } : { traceparent: context.slice(0, at), tracestate: context.slice(at + 1) };
}

/** The 32 hex digits of the trace, or null when the text is malformed or all zeros. */
export function traceIdOf(context: string | undefined): string | null {
  return readTrace(context)?.traceId ?? null;
}

/** As lines of the log name a step: its trace, and the step itself. */
export function traceFields(context: string | undefined): { trace_id: string | null; span_id: string | null } {
  const known = readTrace(context);
  return { trace_id: known?.traceId ?? null, span_id: known?.spanId ?? null };
}

export function readTrace(context: string | undefined): TraceContext | null {
  const [, traceId, spanId, flags, state] = (context && TRACEPARENT.exec(context)) || [];
  if (!traceId || !spanId || !flags || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return null;
  return { traceId, spanId, sampled: (parseInt(flags, 16) & SAMPLED) === SAMPLED, state: state ?? null };
}

/** `server`, `client`: a call comes in or goes out; `producer`, `consumer`: a record or a job is written or taken up. */
export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';
export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

/** One step on behalf of a request, from when it began. */
export interface Span {
  /** What is carried on: to whoever works under this step, or is called by it. */
  readonly context: string;
  /** It is over; `failure` says in a few words why it came to nothing. Twice is once. */
  end(facts?: Facts, failure?: string): void;
  /** What it is called, once that is known. */
  rename(name: string): void;
}

/** Who records spans. Its context has the id of the span that was begun, and says whether that is sampled. */
export interface Recorder {
  begin(name: string, kind: SpanKind, parent: TraceContext | null, facts: Facts): RecordedSpan;
}

export interface RecordedSpan {
  readonly context: TraceContext;
  end(facts: Facts, failure: string | undefined): void;
  rename(name: string): void;
}

/** Of the process, as the spans are: the steps of one request are begun in every room, and by code that has nothing else of Nest. */
let recorder: Recorder | null = null;

export function recordWith(next: Recorder | null): void {
  recorder = next;
}

export const isRecording = (): boolean => recorder !== null;

/**
 * Begins a step under `parent`, what was carried here; without one it begins a trace. While nobody records, who calls or is called from
 * outside still has a span id of its own, and all steps between carry what they were given.
 */
export function beginSpan(name: string, kind: SpanKind, parent: string | undefined, facts: Facts = {}): Span {
  if (recorder === null) return unrecorded(kind, parent);
  const span = recorder.begin(name, kind, readTrace(parent), facts);
  return {
    context: carried(span.context),
    end: (more = {}, failure) => span.end(more, failure),
    rename: (next) => span.rename(next),
  };
}

/** `doing` as a step of its own: it ends with it, as failed when it throws. */
export async function inSpan<T>(
  name: string,
  kind: SpanKind,
  parent: string | undefined,
  facts: Facts,
  doing: (context: string) => Promise<T>,
): Promise<T> {
  const span = beginSpan(name, kind, parent, facts);
  try {
    const done = await doing(span.context);
    span.end();
    return done;
  } catch (error) {
    span.end({}, error instanceof Error ? error.name : 'failed');
    throw error;
  }
}

const nothing = (): void => undefined;

function unrecorded(kind: SpanKind, parent: string | undefined): Span {
  const isOutward = kind === 'server' || kind === 'client';
  return { context: isOutward || !parent ? traceparentFrom(parent) : parent, end: nothing, rename: nothing };
}
