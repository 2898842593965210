import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Of one victim. */
const MOST_STARTS = 6;

const MAIN = join(process.cwd(), 'dist', 'src', 'main.js');

/** One process of the built product, with the roles it was asked to play. */
export class RoleProcess {
  url = '';
  readonly log: string[] = [];
  private child: ChildProcess | undefined;

  constructor(
    readonly roles: string,
    private readonly env: Record<string, string>,
    /** Of this checkout's build, unless another's is named. */
    private readonly main = MAIN,
  ) {}

  /** Starts it and resolves once it listens; rejects with its own words when it does not. */
  async start(timeoutMs = 60_000): Promise<this> {
    if (!existsSync(this.main)) throw new Error('dist/ is missing: run the suites with "npm test", which builds first');
    const child = fork(this.main, [], {
      env: {
        PATH: process.env.PATH,
        PORT: '0',
        LOOPGPT_ENV: 'test',
        LOG_LEVEL: 'info',
        LOOPGPT_QUOTE_CACHE_SECONDS: '0',
        LOOPGPT_PROBE_SECONDS: '0',
        ROLES: this.roles,
        ...this.env,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.log.push(...chunk.toString('utf8').split('\n').filter(Boolean));
      });
    }
    this.url = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${this.roles} not ready: ${this.log.slice(-5).join('\n')}`)),
        timeoutMs,
      );
      child.once('exit', (code) => {
        clearTimeout(timer);
        reject(new Error(`${this.roles} exited with ${code}: ${this.log.slice(-10).join('\n')}`));
      });
      child.on('message', (message: { type: string; url?: string; message?: string }) => {
        if (message.type === 'failed') this.log.push(message.message ?? '');
        if (message.type !== 'ready') return;
        clearTimeout(timer);
        resolve(message.url ?? '');
      });
    });
    return this;
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  get alive(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** kill -9, as a crash would. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** SIGTERM; resolves with the exit code when it has drained. */
  async stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const exited = once(child, 'exit');
    child.kill(signal);
    const [code] = (await exited) as [number | null];
    return code;
  }
}

/** The processes of a suite's drills: those that live on are used by its next drill, for each start takes seconds. */
export class Cast {
  private processes: RoleProcess[] = [];
  private readonly special: RoleProcess[] = [];

  constructor(private readonly env: Record<string, string>) {}

  /** One process for each of `roles`, in their order, and no other: the missing are started, those beyond are stopped. */
  async of(...roles: string[]): Promise<RoleProcess[]> {
    const free = this.processes.filter(({ alive }) => alive);
    const played = roles.map((role) => {
      const at = free.findIndex((process) => process.roles === role);
      return at < 0 ? new RoleProcess(role, this.env) : free.splice(at, 1)[0]!;
    });
    await Promise.all(free.map((process) => process.stop()));
    this.processes = played;
    await Promise.all(played.filter(({ alive }) => !alive).map((process) => process.start()));
    return played;
  }

  /** One more. */
  async launch(role: string): Promise<RoleProcess> {
    const process = new RoleProcess(role, this.env);
    this.processes.push(process);
    return process.start();
  }

  /** One beside them that differs in its environment, and is nobody's to use again. */
  async launchWith(role: string, env: Record<string, string>): Promise<RoleProcess> {
    const process = new RoleProcess(role, { ...this.env, ...env });
    this.special.push(process);
    return process.start();
  }

  /**
   * One that ends itself at `point`, a label and a count as CRASH_AT has them. What an earlier drill left on bus and queues may end it
   * while it starts, which is a kill of nothing that this drill makes: then the next is started.
   */
  async launchVictim(role: string, point: string): Promise<RoleProcess> {
    const launch = () => this.launchWith(role, { CRASH_AT: point });
    for (let tries = 1; tries < MOST_STARTS; tries++) {
      const victim = await launch().catch(() => null);
      if (victim) return victim;
    }
    return launch();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.processes, ...this.special].map((process) => process.stop()));
  }
}
