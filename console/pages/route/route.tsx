import type { PageProps } from '../../kit/page.js';
import { Running } from '../race/running.js';

/** Until it has more to tell: the race. */
export default function RoutePage({ params }: PageProps) {
  return <Running id={params.id!} />;
}
