import { AddressWindow, placeOf } from './address-window.js';

describe('a window of an address', () => {
  it('refuses after what is allowed, for the rest of the minute and no longer', () => {
    const window = new AddressWindow(2);
    expect(window.add('10.0.0.1', 0)).toBe(1);
    expect(window.refusedFor('10.0.0.1', 1)).toBe(0);
    expect(window.add('10.0.0.1', 1000)).toBe(2);
    expect(window.refusedFor('10.0.0.1', 1001)).toBe(59);
    expect(window.refusedFor('10.0.0.2', 1001)).toBe(0);
    expect(window.refusedFor('10.0.0.1', 60_000)).toBe(0);
    expect(window.add('10.0.0.1', 60_000)).toBe(1);
  });

  it('remembers a bounded number of addresses, those of now rather than those of before', () => {
    const window = new AddressWindow(1);
    window.add('first', 0);
    window.add('second', 0);
    window.add('first', 61_000);
    for (let index = 0; index < 9_999; index++) window.add(`other-${index}`, 61_000);
    expect(window.refusedFor('second', 61_000)).toBe(0);
    expect(window.refusedFor('first', 61_000)).toBe(60);
    window.add('one more', 61_000);
    expect(window.refusedFor('first', 61_000)).toBe(0);
  });

  it('takes a /64 of IPv6 for one address, however it is written, and an embedded IPv4 for itself', () => {
    expect(placeOf('2001:db8:1:2::1')).toBe(placeOf('2001:DB8:1:2:ffff::9'));
    expect(placeOf('2001:db8:1:2::1')).not.toBe(placeOf('2001:db8:1:3::1'));
    expect(placeOf('::1')).toBe('0:0:0:0');
    expect(placeOf('::ffff:10.0.0.1')).toBe('10.0.0.1');
    expect(placeOf('::ffff:10.0.0.2')).not.toBe(placeOf('::ffff:10.0.0.1'));
  });
});
