import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The text of a file below data/: of the working directory, or of the nearest directory above this file that has it. Throws when it is missing. */
export function dataFile(folder: string, name: string): string {
  return readFileSync(pathOf(folder, name), 'utf8');
}

/** The bytes of a file below data/, found and missed as `dataFile` does. */
export function dataBytes(folder: string, name: string): Uint8Array {
  return readFileSync(pathOf(folder, name));
}

function pathOf(folder: string, name: string): string {
  const path = [process.cwd(), ...above(__dirname)]
    .map((root) => join(root, 'data', folder, name))
    .find((candidate) => existsSync(candidate));
  if (!path) throw new Error(`data/${folder}/${name} is missing`);
  return path;
}

/** Where a file of the build is, named from its root: of the build that this runs from, or of the newest when this runs from the sources. */
export function builtFile(...name: string[]): string {
  const newest = join(process.cwd(), 'dist');
  return (
    [...above(__dirname), newest].map((root) => join(root, ...name)).find((path) => existsSync(path)) ??
    join(newest, ...name)
  );
}

/** A build lies deeper in the project than its sources do. */
function above(directory: string): string[] {
  const parent = dirname(directory);
  return parent === directory ? [] : [parent, ...above(parent)];
}
