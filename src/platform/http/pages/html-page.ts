/** The frame of every page of our own: one stylesheet, own scripts by name, nothing inline and nothing from elsewhere. Pure. */
export interface HtmlPage {
  title: string;
  body: string;
  /** Files below /pages or /docs, in the order in which they run. */
  scripts?: readonly string[];
  styles?: readonly string[];
  /** Beside the name at the top. */
  beside?: string;
}

const NAME = 'LoopGPT Commerce';

export function htmlPage({ title, body, scripts = [], styles = [], beside = '' }: HtmlPage): string {
  const links = ['/pages/pages.css', ...styles].map((href) => `<link rel="stylesheet" href="${href}">`);
  const loads = scripts.map((src) => `<script defer src="${src}"></script>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title === NAME ? NAME : `${title} · ${NAME}`)}</title>
<link rel="icon" type="image/svg+xml" href="/pages/icon.svg">
${[...links, ...loads].join('\n')}
</head>
<body>
<header class="top"><img src="/pages/icon.svg" alt=""><a href="/">${NAME}</a>${beside}</header>
<main>
${body}
</main>
</body>
</html>
`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const escapeHtml = (plain: string): string => plain.replace(/[&<>"]/g, (character) => ESCAPES[character]!);
