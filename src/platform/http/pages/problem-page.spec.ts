import { ERRORS } from '../../../errors.js';
import { problemHtml, problemPage, problemPages } from './problem-page.js';

describe('the page of a problem', () => {
  it('is there for every code, and says what to do and whether to send it again', () => {
    expect(problemPages().map(({ code }) => code)).toEqual(Object.keys(ERRORS));
    for (const page of problemPages()) {
      expect(page.status).toBeGreaterThanOrEqual(400);
      expect(page.retry).toContain(page.retryable ? 'may succeed later' : 'answered the same');
      expect(problemHtml(page)).toContain(`<code>${page.code}</code>`);
    }
  });

  it('is not there for any other name, nor for one that every object has', () => {
    for (const name of ['', 'nonsense', 'constructor', '__proto__', 'toString']) expect(problemPage(name)).toBeNull();
  });

  it('shows angle brackets as such', () => {
    expect(problemHtml(problemPage('api_key_missing')!)).toContain('Bearer &lt;key&gt;');
  });
});
