import { STATUS_CODES } from 'node:http';
import { ERRORS, type ErrorCode } from '../../common/errors.js';

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
  return page(
    title,
    `<p>HTTP ${status} ${text(STATUS_CODES[status] ?? '')}, code <code>${code}</code></p>
<h2>What it means, and what to do</h2><p>${text(meaning)}</p>
<h2>Send it again?</h2><p>${text(retry)}</p>
<p><a href="/docs/errors">All errors</a></p>`,
  );
}

export function problemListHtml(pages: readonly ProblemPage[]): string {
  const rows = pages.map(
    ({ type, code, status, meaning }) =>
      `<tr><td><a href="${type}">${code}</a></td><td>${status}</td><td>${text(meaning)}</td></tr>`,
  );
  return page('Errors', `<table><tr><th>code</th><th>status</th><th>meaning</th></tr>\n${rows.join('\n')}\n</table>`);
}

const page = (title: string, body: string): string =>
  `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${text(title)} · LoopGPT Commerce</title>
<h1>${text(title)}</h1>
${body}
</html>
`;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const text = (plain: string): string => plain.replace(/[&<>"]/g, (character) => ESCAPES[character]!);
