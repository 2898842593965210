import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text of a file below data/: of the working directory, or beside the sources, which lie one level deeper once built. Throws when it is missing. */
export function dataFile(folder: string, name: string): string {
  const roots = [process.cwd(), join(__dirname, '..', '..'), join(__dirname, '..', '..', '..')];
  const path = roots.map((root) => join(root, 'data', folder, name)).find((candidate) => existsSync(candidate));
  if (!path) throw new Error(`data/${folder}/${name} is missing`);
  return readFileSync(path, 'utf8');
}
