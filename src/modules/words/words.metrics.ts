import { each, fromZero, untold, type Meters } from '../../platform/telemetry/metrics.js';

export const wordsMetrics = (meters: Meters) => ({
  carts: fromZero(
    meters.counter('loopgpt_carts_total', 'carts of words closed, by status', ['status']),
    each('status', ['ready', 'needs_input', 'failed']),
  ),
  latency: meters.histogram('loopgpt_cart_latency_seconds', 'acceptance of words to their cart', []),
  accuracy: meters.gauge(
    'nlp_service_accuracy_percent',
    'how much of a set of sentences is read rightly, by the last measurement',
    ['set', 'measure', 'model'],
  ),
  kept: untold(
    meters.gauge(
      'loopgpt_words_lines_kept_ratio',
      'of the lines that words were read to be, those that stood unchanged a day later, over thirty days',
      [],
    ),
  ),
  questions: meters.counter('loopgpt_words_questions_total', 'questions that were asked about carts', []),
  unread: meters.counter('loopgpt_words_unread_total', 'stretches of words that nobody read', []),
});
