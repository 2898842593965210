import { carried, readTrace, traceparentFrom, type TraceContext } from './tracing.js';

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
  const { state } = span.context;
  return {
    context: carried({ ...span.context, state }),
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
