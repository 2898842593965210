import { setTimeout } from 'node:timers/promises';
import type { Sampler, SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { Config } from '../../config.js';
import { recordWith, type Facts, type RecordedSpan, type Recorder, type SpanKind } from './tracing.js';
import type { TraceContext } from './tracing.js';

type Values = Config['values'];

/** A process that stops waits no longer for a collector to take the last spans. */
const LAST_MS = 3000;

let last: (() => Promise<void>) | null = null;

/**
 * Records spans with OpenTelemetry where the environment names a collector, under the standard names of its variables. Otherwise nothing of
 * it is loaded.
 */
export async function startTracing({ values }: Config): Promise<void> {
  const exporter = await exporterOf(values);
  if (exporter === null) return;
  const [api, sdk, resources] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/resources'),
  ]);
  const resource = resources
    .defaultResource()
    .merge(resources.resourceFromAttributes({ 'service.name': values.OTEL_SERVICE_NAME }));
  const tracing = new sdk.BasicTracerProvider({
    resource,
    sampler: samplerOf(sdk, values),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
  });
  recordWith(recorderOf(api, tracing.getTracer('loopgpt')));
  last = () => tracing.shutdown();
}

/** Sends the last spans, and records no more. */
export async function endTracing(): Promise<void> {
  if (last === null) return;
  const sending = last();
  last = null;
  recordWith(null);
  await Promise.race([sending, setTimeout(LAST_MS, undefined, { ref: false })]);
}

/** By the name that is given, or the one collector that is; null where there is neither. */
async function exporterOf(values: Values): Promise<SpanExporter | null> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: base, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: own } = values;
  const otlp = own ?? (base && `${base.replace(/\/$/, '')}/v1/traces`);
  const zipkin = values.OTEL_EXPORTER_ZIPKIN_ENDPOINT;
  const name = values.OTEL_TRACES_EXPORTER ?? (otlp ? 'otlp' : zipkin ? 'zipkin' : 'none');
  if (values.OTEL_SDK_DISABLED || name === 'none') return null;
  if (name === 'zipkin') {
    const { ZipkinExporter } = await import('@opentelemetry/exporter-zipkin');
    return new ZipkinExporter({ url: zipkin ?? 'http://127.0.0.1:9411/api/v2/spans' });
  }
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  return new OTLPTraceExporter({ url: otlp ?? 'http://127.0.0.1:4318/v1/traces' });
}

function samplerOf(sdk: typeof import('@opentelemetry/sdk-trace-base'), values: Values): Sampler {
  const name = values.OTEL_TRACES_SAMPLER;
  const root = name.endsWith('always_off')
    ? new sdk.AlwaysOffSampler()
    : name.endsWith('traceidratio')
      ? new sdk.TraceIdRatioBasedSampler(values.OTEL_TRACES_SAMPLER_ARG)
      : new sdk.AlwaysOnSampler();
  return name.startsWith('parentbased_') ? new sdk.ParentBasedSampler({ root }) : root;
}

function recorderOf(api: typeof import('@opentelemetry/api'), tracer: import('@opentelemetry/api').Tracer): Recorder {
  const KINDS: Record<SpanKind, number> = {
    internal: api.SpanKind.INTERNAL,
    server: api.SpanKind.SERVER,
    client: api.SpanKind.CLIENT,
    producer: api.SpanKind.PRODUCER,
    consumer: api.SpanKind.CONSUMER,
  };
  const under = (parent: TraceContext | null) => {
    if (parent === null) return api.ROOT_CONTEXT;
    const { traceId, spanId, sampled, state } = parent;
    return api.trace.setSpanContext(api.ROOT_CONTEXT, {
      traceId,
      spanId,
      traceFlags: sampled ? api.TraceFlags.SAMPLED : api.TraceFlags.NONE,
      isRemote: true,
      ...(state === null ? {} : { traceState: api.createTraceState(state) }),
    });
  };
  return {
    begin: (name, kind, parent, facts): RecordedSpan => {
      const span = tracer.startSpan(name, { kind: KINDS[kind], attributes: { ...facts } }, under(parent));
      const { traceId, spanId, traceFlags } = span.spanContext();
      const sampled = (traceFlags & api.TraceFlags.SAMPLED) === api.TraceFlags.SAMPLED;
      return {
        // What other systems said is sent on as it came, not as it was read.
        context: { traceId, spanId, sampled, state: parent?.state ?? null },
        rename: (next) => void span.updateName(next),
        end: (more: Facts, failure) => {
          if (!span.isRecording()) return;
          span.setAttributes({ ...more });
          if (failure !== undefined) span.setStatus({ code: api.SpanStatusCode.ERROR, message: failure });
          span.end();
        },
      };
    },
  };
}
