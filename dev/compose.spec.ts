import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../src/read-config.js';

/** What `docker compose` would hand to the roles, read from its file: the block of their environment, its variables filled in. */
function environmentOf(secrets: Record<string, string>): Record<string, string> {
  const text = readFileSync('docker-compose.yml', 'utf8');
  const block = /environment: &environment\n((?: {4}\w+: .*\n)+)/.exec(text)![1]!;
  return Object.fromEntries(
    block
      .trim()
      .split('\n')
      .map((line) => {
        const [, name, value] = /^\s*(\w+): (.*)$/.exec(line)!;
        const filled = value!
          .replace(/^'|'$/g, '')
          .replace(/\$\{(\w+):\?[^}]*\}/g, (_, secret: string) => secrets[secret]!);
        return [name!, filled];
      }),
  );
}

describe('docker-compose.yml', () => {
  const dir = mkdtempSync(join(tmpdir(), 'loopgpt-compose-'));
  const make = () =>
    execFileSync('node', [join(process.cwd(), 'dev', 'compose-secrets.mjs')], { cwd: dir, encoding: 'utf8' });
  const made = () =>
    Object.fromEntries(
      readFileSync(join(dir, '.env'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => [line.split('=')[0]!, line.slice(line.indexOf('=') + 1)]),
    );
  afterAll(() => rmSync(dir, { recursive: true }));

  it('starts in production with secrets that are made once and nobody else reads', () => {
    expect(make()).toContain('LOOPGPT_SECRET_KEY');
    const secrets = made();
    expect(make()).toContain('already');
    expect(made()).toEqual(secrets);
    expect(statSync(join(dir, '.env')).mode & 0o077).toBe(0);
    const { production, values } = readConfig(environmentOf(secrets));
    expect(production).toBe(true);
    expect(new URL(values.DATABASE_URL!).password).toBe(secrets.POSTGRES_PASSWORD);
    expect(new URL(values.REDIS_URL!).password).toBe(secrets.REDIS_PASSWORD);
  });

  it('opens no store to the outside, and holds no secret itself', () => {
    const text = readFileSync('docker-compose.yml', 'utf8');
    expect(text.match(/^ {4}ports:.*$/gm)).toEqual([`    ports: ['127.0.0.1:3000:3000']`]);
    expect(text).not.toMatch(/PASSWORD: (?!\$\{)|loopgpt:loopgpt|AUTH: '(?!\$\{)/);
  });

  it('has its secrets left out by git and by the image', () => {
    for (const file of ['.gitignore', '.dockerignore'])
      expect(readFileSync(file, 'utf8').split('\n')).toContain('.env');
  });
});
