import type { IHeaders } from 'kafkajs';
import { joinTrace, traceHeaders } from '../../platform/telemetry/tracing.js';
import { EVENTS, type EventName } from '../catalogue.js';
import type { EventEnvelope } from '../event.js';

/** CloudEvents 1.0, Kafka binary mode: attributes in `ce_` headers, `data` as the record's value. */
export function headersOf(event: EventEnvelope): IHeaders {
  return {
    ce_specversion: '1.0',
    ce_id: event.id,
    ce_source: '/loopgpt',
    ce_type: event.name,
    ce_subject: event.subject,
    ce_time: event.time,
    ce_tenantid: event.tenantId,
    ce_sequence: String(event.sequence),
    ce_dataversion: String(EVENTS[event.name].version),
    'content-type': 'application/json',
    ...traceHeaders(event.traceparent),
  };
}

/** The envelope of a record. Missing headers become empty strings: the router finds such a record unreadable and parks it. */
export function envelopeOf(message: { value: Buffer | null; headers?: IHeaders }): EventEnvelope {
  const header = (name: string): string => message.headers?.[name]?.toString() ?? '';
  return {
    id: header('ce_id'),
    name: header('ce_type') as EventName,
    tenantId: header('ce_tenantid'),
    subject: header('ce_subject'),
    sequence: Number(header('ce_sequence')) || 0,
    time: header('ce_time'),
    traceparent: joinTrace(header('traceparent'), header('tracestate')) ?? '',
    data: message.value?.toString('utf8') ?? '',
  };
}
