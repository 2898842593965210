// Who listens where.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';

const LISTENS = '0A';

/** Null when the port is free on `host`; otherwise who has it, in words. */
export async function holderOf(port, host = '127.0.0.1') {
  if (await isFree(port, host)) return null;
  const pid = process.platform === 'linux' ? pidByProc(port) : pidByLsof(port);
  return pid === null ? 'a process of another user' : `process ${pid} (${commandOf(pid)})`;
}

function isFree(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

function pidByProc(port) {
  const inodes = new Set(
    ['/proc/net/tcp', '/proc/net/tcp6']
      .flatMap((file) => listenersIn(textOf(file), port))
      .map((inode) => `socket:[${inode}]`),
  );
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const held = readdirSync(`/proc/${pid}/fd`).some((fd) => inodes.has(linkOf(`/proc/${pid}/fd/${fd}`)));
      if (held) return Number(pid);
    } catch (error) {
      // Another's, or one that has ended meanwhile.
      if (!['EACCES', 'EPERM', 'ENOENT', 'ESRCH'].includes(error.code)) throw error;
    }
  }
  return null;
}

/** Inodes of the sockets that listen at `port`, of a table of the kernel. */
export function listenersIn(table, port) {
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => state === LISTENS && parseInt(local.split(':')[1], 16) === port)
    .map((fields) => fields[9]);
}

function pidByLsof(port) {
  const { stdout } = spawnSync('lsof', ['-nP', '-t', `-iTCP:${port}`, '-sTCP:LISTEN'], { encoding: 'utf8' });
  return Number((stdout ?? '').split('\n')[0]) || null;
}

function commandOf(pid) {
  const line = textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
  if (line) return line.slice(0, 120);
  return spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() || 'unnamed';
}

function textOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // not on this system, or ended meanwhile
  }
}

function linkOf(path) {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // closed meanwhile
  }
}
