import type { FieldError } from '../../common/errors.js';
import { pointerTo } from '../../common/text.js';

interface Issue {
  message: string;
  path?: readonly unknown[];
  /** Of a body that may have one of several shapes: what is wrong by each. */
  errors?: readonly (readonly Issue[])[];
  code?: string;
}

/** The schema faults of a request as pointers into it. */
export function schemaFaults(issues: readonly Issue[]): FieldError[] {
  const meant = issues.flatMap((issue) => meantBy(issue));
  return meant.slice(0, 20).map((issue) => ({
    pointer: (issue.path ?? [])
      .map((part) => (typeof part === 'object' && part !== null && 'key' in part ? part.key : part))
      .reduce<string>((pointer, part) => pointerTo(String(part), pointer), ''),
    detail: issue.message,
  }));
}

/** Where several shapes are allowed, the faults by the one that was meant: it gets furthest, and a wrong word that tells shapes apart is none. */
function meantBy(issue: Issue): Issue[] {
  const path = issue.path ?? [];
  const shapes = (issue.code === 'invalid_union' ? (issue.errors ?? []) : []).map((faults) =>
    faults.flatMap((fault) => meantBy({ ...fault, path: [...path, ...(fault.path ?? [])] })),
  );
  const depthOf = (faults: readonly Issue[]) =>
    Math.max(...faults.map((fault) => (fault.path?.length ?? 0) + (fault.code === 'invalid_value' ? 0 : 0.5)));
  const [meant] = shapes.filter((faults) => faults.length > 0).sort((a, b) => depthOf(b) - depthOf(a));
  return meant ?? [issue];
}
