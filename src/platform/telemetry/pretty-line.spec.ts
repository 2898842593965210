import { prettyLine } from './pretty-line.js';

describe('a log line for a person', () => {
  it('says when, how grave, what and each fact', () => {
    const line = JSON.stringify({
      level: 40,
      time: Date.UTC(2026, 5, 1, 12, 30, 15, 7),
      pid: 1,
      hostname: 'h',
      event: 'provider_quote_error',
      provider_id: 'KROGER_API',
      latency_ms: 10000,
      msg: 'provider_quote_error',
    });
    expect(prettyLine(line)).toBe('12:30:15.007 warn  provider_quote_error provider_id=KROGER_API latency_ms=10000\n');
  });

  it('leaves what it cannot read as it is', () => {
    expect(prettyLine('not json\n')).toBe('not json\n');
  });
});
