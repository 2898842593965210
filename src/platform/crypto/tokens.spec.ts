import { randomBytes } from 'node:crypto';
import { Tokens } from './tokens.js';

describe('tokens', () => {
  const [old, next] = [randomBytes(32), randomBytes(32)];
  const said = { routeId: 'req_1', totalCents: 1234 };

  it('are known again for what was said, in whatever order, and after a rotation', () => {
    const token = new Tokens([old]).make('confirmation', said);
    expect(new Tokens([old]).isFor(token, 'confirmation', { totalCents: 1234, routeId: 'req_1' })).toBe(true);
    expect(new Tokens([next, old]).isFor(token, 'confirmation', said)).toBe(true);
    expect(new Tokens([next]).isFor(token, 'confirmation', said)).toBe(false);
  });

  it('are not for anything else, nor for another purpose', () => {
    const tokens = new Tokens([old]);
    const token = tokens.make('confirmation', said);
    expect(tokens.isFor(token, 'confirmation', { ...said, totalCents: 1 })).toBe(false);
    expect(tokens.isFor(token, 'browser', said)).toBe(false);
    for (const other of ['', 'x', token.slice(1), `${token}aaaa`]) {
      expect(tokens.isFor(other, 'confirmation', said)).toBe(false);
    }
  });
});
