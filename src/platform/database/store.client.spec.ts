import { LateWatch, type Watched } from './store.client.js';

class Connection implements Watched {
  limitMs = 5000;
  busySince: number | null = null;
  listens = false;
  probes = 0;
  dropped = false;
  probe(): void {
    this.probes += 1;
  }
  drop(): void {
    this.dropped = true;
  }
}

describe('connections that neither answer nor end', () => {
  const watched = (...connections: Connection[]) => {
    const watch = new LateWatch<Connection>();
    for (const connection of connections) watch.add(connection);
    return watch;
  };
  const since = (ms: number) => performance.now() - ms;

  it('drops a connection whose statement is not answered within its limit, and asks the idle ones beside it', () => {
    const [late, busy, idle] = [new Connection(), new Connection(), new Connection()];
    late.busySince = since(5001);
    busy.busySince = since(100);
    watched(late, busy, idle).round();
    expect([late, busy, idle].map(({ dropped }) => dropped)).toEqual([true, false, false]);
    expect([late, busy, idle].map(({ probes }) => probes)).toEqual([0, 0, 1]);
  });

  it('leaves a statement without a limit (a migration) alone', () => {
    const migrating = new Connection();
    migrating.limitMs = 0;
    migrating.busySince = since(3_600_000);
    watched(migrating).round();
    expect(migrating.dropped).toBe(false);
  });

  it('asks a connection that only listens every third second, and no other idle one', () => {
    const [listening, idle] = [new Connection(), new Connection()];
    listening.listens = true;
    const watch = watched(listening, idle);
    for (let round = 0; round < 6; round++) watch.round();
    expect(listening.probes).toBe(2);
    expect(idle.probes).toBe(0);
  });
});
