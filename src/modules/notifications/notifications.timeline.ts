/** The attempts to tell webhooks of the subject `$1`: at, step, detail, cents, currency. */
export const ATTEMPT_FACTS = `
  SELECT a.started_at, 'webhook_attempt',
    'attempt ' || a.number || ' to ' || a.url || ': ' || COALESCE(a.status_code::text, a.error, 'under way'), NULL, NULL
    FROM webhook_attempts a JOIN webhook_deliveries d ON d.id = a.delivery_id JOIN webhook_messages m ON m.id = d.message_id
    WHERE m.subject = $1`;
