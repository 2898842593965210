import type { PageProps } from '../../kit/frame/page.js';
import { Around } from './around.js';
import { Outcome } from './outcome.js';
import { Wishes } from './wishes.js';

/** What is cleared near somebody, the wishes of a plan that buys it, and what became of them. */
export default function NearPage({ params: { id } }: PageProps) {
  if (id === 'plan') return <Wishes />;
  return id ? <Outcome key={id} id={id} /> : <Around />;
}
