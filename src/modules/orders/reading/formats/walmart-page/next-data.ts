/** The data that a page of the shop was made from, in the page. Pure. */
const RAW = new Set(['script', 'style', 'textarea', 'title', 'template', 'noscript', 'xmp', 'iframe']);
const NAME = '__NEXT_DATA__';

/**
 * The texts of `<script id="__NEXT_DATA__">`, in their order. What is in a comment, in another script or in a text is not of the page.
 * The last may be broken off with its page.
 */
export function nextDataIn(html: string): string[] {
  const found: string[] = [];
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at)) {
    if (html.startsWith('<!--', at)) {
      const end = html.indexOf('-->', at + 4);
      if (end < 0) break;
      at = end + 3;
      continue;
    }
    const name = /^<([a-z]+)(?=[\s>/])/i.exec(html.slice(at, at + 20))?.[1]?.toLowerCase();
    if (name === undefined || !RAW.has(name)) {
      at++;
      continue;
    }
    const from = endOfTag(html, at);
    const to = closing(html, name, from);
    if (name === 'script' && isNextData(html.slice(at, from))) found.push(html.slice(from, to));
    at = to;
  }
  return found;
}

/** Behind the `>` that is in none of its quotes. */
function endOfTag(html: string, from: number): number {
  let quote = '';
  for (let at = from; at < html.length; at++) {
    const sign = html[at]!;
    if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '>') return at + 1;
  }
  return html.length;
}

function closing(html: string, name: string, from: number): number {
  const pattern = new RegExp(`</${name}(?=[\\s>/])`, 'gi');
  pattern.lastIndex = from;
  return pattern.exec(html)?.index ?? html.length;
}

const isNextData = (tag: string): boolean => new RegExp(`\\sid\\s*=\\s*["']?${NAME}["'\\s>]`).test(tag);
