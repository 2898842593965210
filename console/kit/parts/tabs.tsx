import { useEffect, useRef } from 'preact/hooks';
import { href, place } from '../frame/router.js';

interface TabsProps {
  label: string;
  /** Addresses below /console; the one that is here, or that what is here lies below, is marked. */
  tabs: readonly { to: string; name: string }[];
}

/** The parts of a page that has several, each with an address of its own. */
export function Tabs({ label, tabs }: TabsProps) {
  const { path } = place.value;
  const here = tabs
    .map(({ to }) => to)
    .filter((to) => path === to || path.startsWith(`${to}/`))
    .sort((one, other) => other.length - one.length)[0];
  const nav = useRef<HTMLElement>(null);
  // On a telephone the one that is here may lie beyond the edge.
  useEffect(() => {
    const { current } = nav;
    const marked = current?.querySelector<HTMLElement>('[aria-current]');
    if (current && marked) current.scrollLeft = marked.offsetLeft - (current.clientWidth - marked.offsetWidth) / 2;
  }, [here]);
  return (
    <nav ref={nav} class="tabs" aria-label={label}>
      {tabs.map(({ to, name }) => (
        <a key={to} href={href(to)} aria-current={to === here ? 'page' : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}
