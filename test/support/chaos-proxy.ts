import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * A TCP proxy that a test can cut (connections are reset and refused until it is mended) or silence (connections, new ones too, neither
 * answer nor end; those that were silent stay so when it is mended, as after a failover).
 */
export interface ChaosProxy {
  port: number;
  cut(): void;
  silence(): void;
  /** Once: the connection over which a client sends `text` is reset right after, so that what it sent arrives and its answer does not. */
  cutAfter(text: string): void;
  mend(): void;
  close(): Promise<void>;
}

export async function startChaosProxy(target: { host: string; port: number }): Promise<ChaosProxy> {
  const sockets = new Set<Socket>();
  let state: 'whole' | 'cut' | 'silent' = 'whole';
  let awaited: string | null = null;
  const hush = (socket: Socket) => {
    socket.unpipe();
    socket.removeAllListeners('data');
    socket.resume(); // swallowed
  };
  const server = createServer((near) => {
    if (state === 'cut') {
      near.resetAndDestroy();
      return;
    }
    if (state === 'silent') {
      sockets.add(near);
      near.on('error', () => near.destroy());
      near.on('close', () => sockets.delete(near));
      near.resume();
      return;
    }
    const far = connect(target.port, target.host);
    near.on('data', (chunk: Buffer) => {
      if (awaited === null || !chunk.includes(awaited)) return;
      awaited = null;
      setImmediate(() => {
        far.unpipe(near);
        far.end();
        near.resetAndDestroy();
      });
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      state = 'cut';
      for (const socket of sockets) socket.resetAndDestroy();
    },
    silence: () => {
      state = 'silent';
      for (const socket of sockets) hush(socket);
    },
    cutAfter: (text) => {
      awaited = text;
    },
    mend: () => {
      state = 'whole';
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
