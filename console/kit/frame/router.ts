import { signal } from '@preact/signals';

const BASE = '/console';

/** Where one is: the path below /console, and the query. */
export interface Place {
  path: string;
  query: URLSearchParams;
}

export const place = signal<Place>(here());

/** The address of a path below /console, for links: `href('/routes/req_1')`. */
export const href = (path: string): string => BASE + path;

/** Goes to a path below /console. `replace`: without a step in the browser's history. */
export function go(path: string, { replace = false }: { replace?: boolean } = {}): void {
  if (replace) history.replaceState(null, '', href(path));
  else history.pushState(null, '', href(path));
  place.value = here();
}

/** The way on from here, for the end of what takes a while: it is gone by who is still here then, and nobody is fetched from elsewhere. */
export function wayOn(): (path: string) => void {
  const { path } = place.peek();
  return (next) => {
    if (place.peek().path === path) go(next);
  };
}

/** The parameters of `path` by `pattern` (`/routes/:id`); null when it is another. Pure. */
export function paramsOf(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  const named = wanted.filter((part) => part.startsWith(':') && part.endsWith('?')).length;
  if (given.length > wanted.length || given.length < wanted.length - named) return null;
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const value = given[at];
    if (part.startsWith(':')) {
      if (value) params[part.replace(/^:|\?$/g, '')] = decodeURIComponent(value);
      else if (!part.endsWith('?')) return null;
    } else if (part !== value) return null;
  }
  return params;
}

/** Has links below /console followed without loading the page anew. All others, and new tabs, are the browser's. */
export function followLinks(): void {
  addEventListener('popstate', () => (place.value = here()));
  document.addEventListener('click', (event) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[href]');
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (link.pathname !== BASE && !link.pathname.startsWith(`${BASE}/`)) return;
    event.preventDefault();
    go(link.pathname.slice(BASE.length) + link.search);
  });
}

function here(): Place {
  const path = location.pathname.slice(BASE.length).replace(/\/+$/, '');
  return { path: path || '/', query: new URLSearchParams(location.search) };
}
