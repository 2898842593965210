import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Instance = z.object({ pid: z.int(), url: z.url(), roles: z.array(z.string()) });
type Instance = z.infer<typeof Instance>;
/** A directory that may not be written: tools are told the address then. */
const READ_ONLY = new Set(['EACCES', 'EROFS', 'EPERM', 'ENOENT', 'ENOTDIR']);

const folderIn = (dataDir: string): string => join(dataDir, 'instances');

/** Leaves the address of this process for tools in the same directory, until it ends. */
export function announce(dataDir: string, url: string, roles: readonly string[]): void {
  const file = join(folderIn(dataDir), `${process.pid}.json`);
  try {
    mkdirSync(folderIn(dataDir), { recursive: true, mode: 0o700 });
    writeFileSync(file, JSON.stringify({ pid: process.pid, url, roles: [...roles] } satisfies Instance), {
      mode: 0o600,
    });
  } catch (error) {
    if (READ_ONLY.has((error as { code?: string }).code ?? '')) return;
    throw error;
  }
  process.once('exit', () => rmSync(file, { force: true }));
}

/** The addresses of what runs here and serves the API. */
export function apisIn(dataDir: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folderIn(dataDir));
  } catch {
    return []; // nothing ever ran here
  }
  return names.flatMap((name) => {
    const read = Instance.safeParse(jsonOf(join(folderIn(dataDir), name)));
    return read.success && read.data.roles.includes('api') && isAlive(read.data.pid) ? [read.data.url] : [];
  });
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null; // it ended, or is being written
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
