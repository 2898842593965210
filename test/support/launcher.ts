import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';

/** `npm start` as a person at a terminal sees it: its words, its exit code, its signals. */
export class Launcher {
  private readonly child: ChildProcess;
  private text = '';

  constructor(
    env: Record<string, string>,
    args: string[] = [],
    place: { cwd?: string; uid?: number; detached?: boolean } = {},
  ) {
    this.child = spawn(process.execPath, ['dev/start.mjs', ...args], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...place,
    });
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.on('data', (chunk: Buffer) => {
        this.text += chunk.toString('utf8');
      });
    }
  }

  get output(): string {
    return this.text;
  }

  /** Resolves with the URL once `Stop with Ctrl-C` is printed. */
  async ready(timeoutMs = 60_000): Promise<string> {
    const until = Date.now() + timeoutMs;
    while (!this.text.includes('Stop with Ctrl-C')) {
      if (this.child.exitCode !== null || Date.now() > until) throw new Error(`not ready: ${this.text}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return /listens on (\S+)/.exec(this.text)![1]!;
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const exited = once(this.child, 'exit');
      this.child.kill(signal);
      await exited;
    }
    return this.child.exitCode;
  }

  /** As Ctrl-C in a terminal does: every process of its group is told. Only for one that was started detached. */
  async endGroup(signal: NodeJS.Signals): Promise<number | null> {
    const exited = once(this.child, 'exit');
    process.kill(-this.child.pid!, signal);
    await exited;
    return this.child.exitCode;
  }

  async exited(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
    return this.child.exitCode;
  }
}

/** Command lines of living processes that name `path`; Linux only. */
export function processesNaming(path: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return line.includes(path) ? [`${pid} ${line}`] : [];
      } catch {
        return []; // it ended meanwhile
      }
    });
}
