import type { Control } from '../../simulator/control.js';
import type { ChaosProxy } from '../../test/support/chaos-proxy.js';
import type { RoleProcess } from '../../test/support/processes.js';
import type { Evidence } from './evidence.js';

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** What can be broken. */
export interface Target {
  processes: RoleProcess[];
  /** Starts another process in the place of one that is gone. */
  replace(gone: RoleProcess): Promise<void>;
  postgres: ChaosProxy;
  redis: ChaosProxy | null;
  kafkaPid: number | null;
  simulator: Control;
  /** Ends every connection to the database from the server's side, as an administrator's restart does. */
  endConnections(): Promise<void>;
  emptyRedis(): Promise<void>;
  random(): number;
  seen: Evidence;
}

type Fault = (target: Target) => Promise<void>;

const anyProcess = ({ processes, random }: Target): RoleProcess => processes[Math.floor(random() * processes.length)]!;

/** While `work` runs deadlines may be missed; it is over when what was broken is whole again. */
async function outage({ seen }: Target, work: () => Promise<void>): Promise<void> {
  const from = Date.now();
  await work();
  seen.outages.push({ from, to: Date.now() });
}

/** Every fault of a drill by its name; each ends with everything running again. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  'kill -9': async (target) => {
    const victim = anyProcess(target);
    const alone = target.processes.filter(({ roles }) => roles === victim.roles).length === 1;
    target.seen.kills++;
    await victim.kill();
    // Where nobody else plays its role, the role is out until it has started again.
    await (alone ? outage(target, () => target.replace(victim)) : target.replace(victim));
  },
  'SIGTERM and start': async (target) => {
    const victim = anyProcess(target);
    await victim.stop();
    await target.replace(victim);
  },
  zombie: async (target) => {
    const victim = anyProcess(target);
    const alone = target.processes.filter(({ roles }) => roles === victim.roles).length === 1;
    target.seen.kills++; // a stopped worker's job runs again elsewhere
    const stopped = async () => {
      victim.signal('SIGSTOP');
      await pause(3000 + target.random() * 5000);
      victim.signal('SIGCONT');
    };
    await (alone ? outage(target, stopped) : stopped());
  },
  'PostgreSQL cut': (target) =>
    outage(target, async () => {
      target.postgres.cut();
      await pause(300 + target.random() * 2500);
      target.postgres.mend();
    }),
  'PostgreSQL silent': (target) =>
    outage(target, async () => {
      target.postgres.silence();
      await pause(1000 + target.random() * 3000);
      target.postgres.mend();
      await pause(8000); // the silent connections have to be given up first
    }),
  'connections ended': (target) => outage(target, () => target.endConnections()),
  'Redis cut': async ({ redis, random }) => {
    redis?.cut();
    await pause(300 + random() * 3000);
    redis?.mend();
  },
  'Redis emptied': ({ emptyRedis }) => emptyRedis(),
  'Kafka frozen': async ({ kafkaPid, random }) => {
    if (kafkaPid === null) return;
    process.kill(kafkaPid, 'SIGSTOP');
    await pause(1000 + random() * 4000);
    process.kill(kafkaPid, 'SIGCONT');
  },
  'provider fails': async ({ simulator, random }) => {
    const modes = ['hang', 'error503', 'garbage', 'truncated', 'reset', 'slow'] as const;
    await simulator.setFault('*', { mode: modes[Math.floor(random() * modes.length)]!, probability: 0.4 });
    await pause(4000);
    await simulator.setFault('*', null);
  },
};
