// A real Redis of our own, where redis-server can be found. Durable as in production: AOF every second, no eviction.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { freePort } from './postgres.mjs';

export async function startRedis(dir) {
  if (spawnSync('redis-server', ['--version']).status !== 0) return { missing: 'Redis: redis-server is not installed' };
  mkdirSync(dir, { recursive: true });
  const port = await freePort();
  const options = [
    '--save',
    '',
    '--appendonly',
    'yes',
    '--appendfsync',
    'everysec',
    '--maxmemory-policy',
    'noeviction',
  ];
  const child = spawn('redis-server', ['--bind', '127.0.0.1', '--port', String(port), '--dir', dir, ...options], {
    stdio: 'ignore',
  });
  await listening(port);
  return { url: `redis://127.0.0.1:${port}`, pid: child.pid, stop: () => end(child) };
}

/** Resolves when something listens; throws after `timeoutMs`. */
export async function listening(port, timeoutMs = 30_000) {
  const until = Date.now() + timeoutMs;
  while (Date.now() < until) {
    const open = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('close', () => socket.destroy());
      setTimeout(() => socket.end(), 200);
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing listens on port ${port} after ${timeoutMs / 1000} s`);
}

export async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(timer);
}
