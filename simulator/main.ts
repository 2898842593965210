import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import type { ProviderSimulator } from '../src/modules/providers/simulation.js';
import type { Control } from './control.js';
import { Host } from './host.js';
import { simulatedProviders } from './providers.js';
import type { Latency } from './seeded.js';

export interface Simulator {
  url: string;
  control: Control;
  close(): Promise<void>;
}

export interface SimulatorOptions {
  port?: number;
  host?: string;
  /** The same seed gives the same goods, prices, delays, faults and answers to the same calls. */
  seed?: number;
  latency?: Latency;
  /** Their daily and per-second limits; off by default, so that a load test meets them only when it wants to. */
  limits?: boolean;
  /** Epoch ms at which the simulator's clock stands still until it is moved on; the host's time when left out. */
  frozenAtMs?: number;
  /** By the first segment of the path; all that we know by default. */
  providers?: ReadonlyMap<string, ProviderSimulator>;
}

/** The simulated hosts in one HTTP process, each under its name (/kroger, /anthropic …); what they do wrong is said under /__control. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const host = new Host(options.providers ?? simulatedProviders(), {
    seed: options.seed ?? 1,
    latency: options.latency ?? { medianMs: 80, p99Ms: 600 },
    limits: options.limits ?? false,
    frozenAtMs: options.frozenAtMs ?? null,
  });
  const server = createServer((request, response) => void host.serve(request, response));
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    control: host,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

if (require.main === module) {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      seed: { type: 'string' },
      limits: { type: 'boolean' },
    },
  });
  const port = Number(values.port ?? 4000);
  const seed = Number(values.seed ?? 1);
  void startSimulator({ port, host: values.host ?? '127.0.0.1', seed, limits: values.limits ?? false }).then(
    (simulator) => {
      console.log(`provider simulator on ${simulator.url}`);
      const stop = () => void simulator.close().then(() => process.exit(0));
      for (const signal of ['SIGINT', 'SIGTERM', 'disconnect']) process.once(signal, stop);
    },
  );
}
