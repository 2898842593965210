import { z } from 'zod';
import { optionalFlag, url, type Variables } from '../../common/variables.js';

const collector = () => url('http:', 'https:').optional();

/** Traces, under OpenTelemetry's own names; what else it knows (OTEL_RESOURCE_ATTRIBUTES, OTEL_EXPORTER_OTLP_HEADERS, OTEL_BSP_…) it reads itself. */
export const telemetryEnvironment = {
  rows: {
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
