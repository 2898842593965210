import type { PageProps } from '../../kit/frame/page.js';
import { Running } from './running.js';
import { Start } from './start.js';

/** A list becomes a race, and a race has an address of its own. */
export default function Race({ params }: PageProps) {
  return params.id ? <Running key={params.id} id={params.id} /> : <Start />;
}
