import { preferredType } from './representations.js';

const TYPES = ['text/markdown', 'text/html', 'text/calendar'];

describe('the type of an answer', () => {
  it.each([
    [undefined, null],
    ['*/*', null],
    ['application/json', null],
    ['text/markdown', 'text/markdown'],
    ['text/calendar; charset=utf-8', 'text/calendar'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html'],
    ['application/json, text/markdown;q=0.5', null],
    ['application/json;q=0.2, text/*;q=0.7', 'text/markdown'],
    ['text/html;q=0', null],
    ['image/png', null],
    [';;q=,,', null],
  ])('for Accept %s is %s', (accept, type) => {
    expect(preferredType(accept, TYPES)).toBe(type);
  });
});
