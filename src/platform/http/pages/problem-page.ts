import { STATUS_CODES } from 'node:http';
import { ERRORS, type ErrorCode } from '../../../errors.js';
import { escapeHtml, htmlPage } from './html-page.js';

/** What `type` of a problem leads to: a page for each code, made from the one table of them. Pure. */
export interface ProblemPage {
  type: string;
  code: ErrorCode;
  title: string;
  status: number;
  meaning: string;
  retryable: boolean;
  retry: string;
}

export const problemType = (code: ErrorCode): string => `/docs/errors/${code}`;
export const problemTitle = (code: ErrorCode): string => code.replaceAll('_', ' ');

/** Null for a code there is not. */
export function problemPage(code: string): ProblemPage | null {
  if (!Object.hasOwn(ERRORS, code)) return null;
  const known = code as ErrorCode;
  const [status, meaning, retryable] = ERRORS[known];
  const retry = retryable
    ? 'The same request may succeed later. Send it again after the time in Retry-After, or after a second that doubles each time, with the same Idempotency-Key.'
    : 'The same request will be answered the same. Change what is wrong first, and send it with a new Idempotency-Key.';
  return { type: problemType(known), code: known, title: problemTitle(known), status, meaning, retryable, retry };
}

export const problemPages = (): ProblemPage[] => Object.keys(ERRORS).map((code) => problemPage(code)!);

export function problemHtml({ code, title, status, meaning, retry }: ProblemPage): string {
  const body = `<h1>${escapeHtml(title)}</h1>
<p>HTTP ${status} ${escapeHtml(STATUS_CODES[status] ?? '')}, code <code>${code}</code></p>
<h2>What it means, and what to do</h2><p>${escapeHtml(meaning)}</p>
<h2>Send it again?</h2><p>${escapeHtml(retry)}</p>
<p><a href="/docs/errors">All errors</a></p>`;
  return htmlPage({ title, body });
}

export function problemListHtml(pages: readonly ProblemPage[]): string {
  const rows = pages.map(
    ({ type, code, status, meaning }) =>
      `<tr><td><a href="${type}">${code}</a></td><td>${status}</td><td>${escapeHtml(meaning)}</td></tr>`,
  );
  const head = '<tr><th>code</th><th>status</th><th>meaning</th></tr>';
  return htmlPage({
    title: 'Errors',
    body: `<h1>Errors</h1><div class="wide"><table>${head}\n${rows.join('\n')}\n</table></div>`,
  });
}
