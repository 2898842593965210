import type { Parts } from './parts.js';
import { readXml } from './xml.js';

/** What one part of a document leads to: other parts by their paths, and addresses outside, which are never fetched. */
export interface Relation {
  /** The last word of its type: `worksheet`, `hyperlink`. */
  type: string;
  target: string;
  isExternal: boolean;
}

/** By their ids; none where the part has none. */
export function relationsOf(parts: Parts, path: string): ReadonlyMap<string, Relation> {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
  const relations = new Map<string, Relation>();
  readXmlIfAny(parts, `${folder}_rels/${path.slice(folder.length)}.rels`, (name, attributes) => {
    const { Id, Type = '', Target = '', TargetMode } = attributes;
    if (name !== 'Relationship' || Id === undefined) return;
    const isExternal = TargetMode === 'External';
    const target = isExternal ? Target : resolved(folder, Target);
    relations.set(Id, { type: Type.slice(Type.lastIndexOf('/') + 1), target, isExternal });
  });
  return relations;
}

export function readXmlIfAny(
  parts: Parts,
  path: string,
  open: (name: string, attributes: Readonly<Record<string, string>>) => void,
): void {
  if (parts.has(path)) readXml(parts.textOf(path), { open });
}

/** A path as seen from a folder; it cannot lead out, for there is nothing outside but other parts. */
function resolved(folder: string, target: string): string {
  const path: string[] = [];
  for (const step of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (step === '..') path.pop();
    else if (step !== '' && step !== '.') path.push(step);
  }
  return path.join('/');
}
