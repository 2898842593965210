import type { OwnedSpan, Role } from './reading.js';
import type { Token } from './lexis/tokens.js';

/**
 * Every character of a text in exactly one span, in order: each token's by its role, what stands between two by the one before it, what
 * stands ahead of all and behind what was read as filler. Neighbours of one role are one span.
 */
export function owned(text: string, tokens: readonly Token[], roles: readonly Role[]): OwnedSpan[] {
  const spans: OwnedSpan[] = [];
  const add = (end: number, role: Role) => {
    const last = spans.at(-1);
    const start = last?.span[1] ?? 0;
    if (end <= start) return;
    if (last?.role === role) spans[spans.length - 1] = { span: [last.span[0], end], role };
    else spans.push({ span: [start, end], role });
  };
  const gap = (token: Token | undefined, next: Token): Role | null =>
    token !== undefined && token.end === next.start ? null : 'filler';
  for (const [at, token] of tokens.entries()) {
    if (gap(tokens[at - 1], token) !== null) add(token.start, spans.at(-1)?.role === roles[at] ? roles[at]! : 'filler');
    add(token.end, roles[at] ?? 'unread');
  }
  add(text.length, /\S/.test(text.slice(tokens.at(-1)?.end ?? 0)) ? 'unread' : 'filler');
  return spans;
}
