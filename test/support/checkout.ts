import { execFile, type ExecFileException } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Said {
  code: number;
  stdout: string;
  stderr: string;
}

/** A checkout of next to nothing, that the project's own tools build: sources are a file or two, packages those of this one. */
export class Checkout {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'loopgpt-checkout-')));

  constructor(sources: Record<string, string>) {
    cpSync('dev', join(this.root, 'dev'), { recursive: true });
    symlinkSync(join(process.cwd(), 'data'), join(this.root, 'data'));
    // A link for each package, so that nothing done to the directory reaches this checkout's own.
    mkdirSync(join(this.root, 'node_modules'));
    for (const name of readdirSync('node_modules')) {
      symlinkSync(join(process.cwd(), 'node_modules', name), join(this.root, 'node_modules', name));
    }
    for (const name of ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json']) {
      cpSync(name, join(this.root, name));
    }
    this.write(sources);
    rmSync(join(this.root, 'node_modules', '.installed'), { force: true });
    this.write({ 'node_modules/.installed': '' });
  }

  write(files: Record<string, string>): void {
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.root, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  node(...args: string[]): Promise<Said> {
    return node(args, { cwd: this.root });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Runs node to its end; what it is told comes on standard input. */
export function node(
  args: string[],
  { cwd = process.cwd(), env = {}, input = '' }: { cwd?: string; env?: Record<string, string>; input?: string } = {},
): Promise<Said> {
  return new Promise((resolve) => {
    const own = { PATH: process.env.PATH, HOME: process.env.HOME, ...env };
    const ended = (error: ExecFileException | null, stdout: string, stderr: string) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
    execFile(process.execPath, args, { cwd, env: own }, ended).stdin!.end(input);
  });
}
