/**
 * Bull Board's page without what would be asked of other hosts (a font) and what is inline (the look of the moment before its script
 * runs): our pages may load neither. Pure.
 */
export function ownFilesOnly(html: string): string {
  return html
    .replace(/<link\b[^>]*href="https?:[^>]*>/g, '')
    .replace(/(<div id="root">)[\s\S]*(<\/div>\s*<script\b)/, '$1Loading$2');
}
