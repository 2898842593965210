import { FORMER_SERVICES, readFormerPorts, todaysUrl } from './former-ports.js';

describe('the ports of former services', () => {
  it('are read by name', () => {
    expect(readFormerPorts(['pricing:3007', 'monitor:3010'])).toEqual([
      { name: 'pricing', port: 3007 },
      { name: 'monitor', port: 3010 },
    ]);
  });

  it.each([
    ['pricing', 'a name and a port such as pricing:3007'],
    ['pricing:70000', 'a name and a port such as pricing:3007'],
    ['toString:1', 'a name and a port'],
    ['constructor:1', `"constructor" is none of them`],
  ])('refuse %s with a sentence', (entry, sentence) => {
    expect(() => readFormerPorts([entry])).toThrow(sentence);
  });

  it('are each of one service', () => {
    expect(() => readFormerPorts(['pricing:3007', 'monitor:3007'])).toThrow('3007 is there twice');
    expect(readFormerPorts(['pricing:0', 'monitor:0'])).toHaveLength(2);
  });

  it('serve that service’s paths and no other', () => {
    expect(todaysUrl('pricing', '/health')).toBe(FORMER_SERVICES.pricing.health);
    expect(todaysUrl('pricing', '/health?x=1')).toBe(`${FORMER_SERVICES.pricing.health}?x=1`);
    expect(todaysUrl('pricing', '/api/price/history/7?days=3')).toBe('/api/price/history/7?days=3');
    for (const other of ['/v1/routes', '/admin/queues', '/api/price', '/', '*', '//calculate', '/calculate/../v1'])
      expect(todaysUrl('pricing', other)).toMatch(/^\/not-of-pricing\//);
  });

  it('are those of words, warming and live messages, too', () => {
    expect(todaysUrl('nlp', '/batch')).toBe('/batch');
    expect(todaysUrl('nlp', '/warm')).toMatch(/^\/not-of-nlp\//);
    expect(todaysUrl('warmer', '/schedule')).toBe('/schedule');
    expect(todaysUrl('warmer', '/health')).toBe('/api/warmer/health');
    expect(todaysUrl('live', '/ws/walmart?x=1')).toBe('/ws/walmart?x=1');
    expect(todaysUrl('live', '/v1/stream')).toMatch(/^\/not-of-live\//);
  });

  it('leave nothing by dots', () => {
    // The router takes a path as it is written; what begins as a path of the service and goes up again is found nowhere.
    expect(todaysUrl('pricing', '/api/price/../../v1/routes')).toBe('/api/price/../../v1/routes');
  });
});
