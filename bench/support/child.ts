import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const READY_MS = 60_000;
const END_MS = 12_000;
/** Linux counts CPU time in ticks of 10 ms (USER_HZ), for whatever kernel. */
const TICK_MS = 10;
const WATCH_EVERY_MS = 25;

export interface Ready {
  type: 'ready';
  url: string;
  developmentKey?: string;
}

/** `BENCH_PROFILE=DIR npm run bench …` has the product write a CPU profile of each step there, which slows it by about a tenth. */
function profileFlags(module: string): string[] {
  const { BENCH_PROFILE } = process.env;
  return BENCH_PROFILE && module === 'src/main' ? ['--cpu-prof', `--cpu-prof-dir=${BENCH_PROFILE}`] : [];
}

/** A process of the bench's own: a built module that reports over IPC when it is ready. */
export class Child {
  private constructor(
    private readonly process: ChildProcess,
    readonly ready: Ready,
  ) {}

  /** Starts `module` (below dist/, without its ending). Throws with its last words when it does not get ready. */
  static async start(module: string, env: Record<string, string>): Promise<Child> {
    const { PATH = '' } = process.env;
    const child = fork(join(process.cwd(), 'dist', `${module}.js`), [], {
      env: { PATH, ...env },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: profileFlags(module),
    });
    let words = '';
    child.stderr?.on('data', (chunk: Buffer) => (words = (words + chunk.toString('utf8')).slice(-2000)));
    const ready = await new Promise<Ready>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${module} was not ready in time: ${words}`)), READY_MS);
      child.once('exit', (code) => reject(new Error(`${module} ended (${code}) before it was ready: ${words}`)));
      child.on('message', (message: Ready | { type: 'failed'; message: string }) => {
        clearTimeout(timer);
        if (message.type === 'ready') resolve(message);
        if (message.type === 'failed') reject(new Error(`${module} did not start: ${message.message}`));
      });
    }).catch(async (error: unknown) => {
      child.kill('SIGKILL');
      throw error;
    });
    return new Child(child, ready);
  }

  /** CPU time of the whole process since its start, in ms; null where the kernel does not tell (not Linux). */
  cpuMs(): number | null {
    try {
      const stat = readFileSync(`/proc/${this.process.pid}/stat`, 'utf8');
      // After the name, which may hold anything but ends at the last parenthesis, utime and stime are fields 12 and 13.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
    } catch {
      return null;
    }
  }

  /** Watches the memory that the process holds, until it is told to stop. Linux alone. */
  watchMemory(): { stop(): { beforeMb: number; mostMb: number } } {
    const now = () => {
      const status = readFileSync(`/proc/${this.process.pid}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
    };
    const beforeMb = now();
    let mostMb = beforeMb;
    const timer = setInterval(() => (mostMb = Math.max(mostMb, now())), WATCH_EVERY_MS);
    return {
      stop: () => {
        clearInterval(timer);
        return { beforeMb, mostMb };
      },
    };
  }

  /** Sends a message and answers the next one. */
  async asks<T>(message: object): Promise<T> {
    const answered = once(this.process, 'message');
    this.process.send(message);
    const [answer] = (await answered) as [T];
    return answer;
  }

  /** Ends it: asked by SIGTERM, and when that is not heeded, made to. */
  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    const timer = setTimeout(() => this.process.kill('SIGKILL'), END_MS);
    await gone;
    clearTimeout(timer);
  }
}
