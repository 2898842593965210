import type { ErrorCode } from '../../common/errors.js';
import { idPattern, type IdPrefix } from '../../common/ids.js';
import type { Scope } from '../tenants/scopes.js';

/** What has events of its own that can be followed: where its row is, what tells that it is closed, and what a stranger is told. */
export interface SubjectKind {
  table: string;
  closed: string;
  missing: ErrorCode;
  /** What may read it. */
  scope: Scope;
}

const KINDS = {
  req: { table: 'routes', closed: `status <> 'open'`, missing: 'route_not_found', scope: 'routes:read' },
  plan: { table: 'meal_plans', closed: `status <> 'open'`, missing: 'plan_not_found', scope: 'plans:read' },
} as const satisfies Partial<Record<IdPrefix, SubjectKind>>;

export type SubjectName = keyof typeof KINDS;

/** What kind of thing an id is of, or null when it is no id of something that can be followed. Pure. */
export function nameOf(subject: string): SubjectName | null {
  const prefix = subject.slice(0, subject.indexOf('_'));
  if (!Object.hasOwn(KINDS, prefix)) return null;
  const known = prefix as SubjectName;
  return idPattern(known).test(subject) ? known : null;
}

export const kindNamed = (name: SubjectName): SubjectKind => KINDS[name];
