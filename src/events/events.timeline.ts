/** The events of the subject `$1` that are on the bus: at, step, detail, cents, currency. */
export const EVENT_FACTS = `
  SELECT published_at, 'announced', name || ' ' || id, NULL, NULL FROM events WHERE subject = $1 AND published_at IS NOT NULL`;
