// npm run image [-- --try]: the image without a registry or a daemon, by buildah from scratch: Node of this machine with its libraries, and what
// the Dockerfile has. --try starts it from there, read-only as user 1000, against a PostgreSQL of its own, and waits until it is ready.
// The last line is JSON. Ends with 0 where it holds, 1 where it does not, 2 where it cannot be had here.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from './lib/build.mjs';
import { putImageFiles } from './lib/image-files.mjs';
import { freePort, startPostgres } from './lib/postgres.mjs';
import { end } from './lib/redis.mjs';

const MOST_MB = 250;
const READY_MS = 60_000;
const USER = 1000;
const NAME = 'loopgpt';
const env = { ...process.env, STORAGE_DRIVER: 'vfs', BUILDAH_ISOLATION: 'chroot' };
const isTried = process.argv.includes('--try');

for (const [tool, ...args] of [
  ['buildah', '--version'],
  ['crun', '--version'],
]) {
  if (spawnSync(tool, args).status === 0) continue;
  console.log(`No image here: ${tool} is not installed (Debian: apt-get install buildah crun).`);
  process.exit(2);
}
if (process.getuid?.() !== 0) {
  console.log('No image here: it is put together as root.');
  process.exit(2);
}

build();
const dir = mkdtempSync(join(tmpdir(), 'loopgpt-image-'));
const root = join(dir, 'root');
let failed = false;
let container = null;
try {
  putRoot();
  container = buildah('from', 'scratch');
  buildah('copy', '--quiet', container, root, '/');
  const settings = ['--user', String(USER), '--workingdir', '/app', '--env', 'NODE_ENV=production', '--port', '3000'];
  buildah('config', ...settings, '--cmd', '["/usr/bin/node", "dist/src/main.js"]', container);
  const image = buildah('commit', '--quiet', container, NAME);
  const said = JSON.parse(buildah('inspect', '--type', 'image', image));
  const user = said.OCIv1?.config?.User;
  const megabytes = Math.ceil(bytesIn(root) / 1e6);
  const told = { image: NAME, megabytes, user, ...(isTried ? await tryIt() : {}) };
  failed = megabytes > MOST_MB || user !== String(USER) || (isTried && told.ready !== true);
  console.log(JSON.stringify(told));
} finally {
  if (container) spawnSync('buildah', ['rm', container], { env });
  rmSync(dir, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

/** Node with the libraries that it is linked with, one user, and the product. */
function putRoot() {
  const node = realpathSync(process.execPath);
  put(node, '/usr/bin/node');
  const { stdout } = spawnSync('ldd', [node], { encoding: 'utf8' });
  for (const [, path] of stdout.matchAll(/(\/\S+) \(0x/g)) put(path, path);
  for (const path of ['/etc/ssl/certs/ca-certificates.crt', '/etc/nsswitch.conf']) put(path, path, true);
  mkdirSync(join(root, 'tmp'), { recursive: true });
  chmodSync(join(root, 'tmp'), 0o1777);
  for (const name of ['proc', 'dev', 'etc']) mkdirSync(join(root, name), { recursive: true });
  putImageFiles(join(root, 'app'));
}

function put(from, to, isOptional = false) {
  const target = join(root, to);
  mkdirSync(dirname(target), { recursive: true });
  try {
    cpSync(from, target, { dereference: true });
  } catch (error) {
    if (!isOptional || error.code !== 'ENOENT') throw error;
  }
}

function buildah(...args) {
  const { status, stdout, stderr } = spawnSync('buildah', args, { env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (status !== 0) throw new Error(`buildah ${args[0]}: ${stderr.trim()}`);
  return stdout.trim();
}

function bytesIn(path) {
  const { stdout } = spawnSync('du', ['-sb', path], { encoding: 'utf8' });
  return Number(stdout.split('\t')[0]);
}

/** What was committed, mounted and made read-only: nothing can be written but /tmp. */
async function tryIt() {
  const postgres = await startPostgres(join(dir, 'postgres'), { maxConnections: 100 });
  const port = await freePort();
  const mounted = buildah('mount', container);
  const script = `mount --bind ${mounted} ${mounted} && mount -o remount,ro,bind ${mounted} && mount -t tmpfs tmpfs ${mounted}/tmp &&
    mount --rbind /dev ${mounted}/dev && mount -t proc proc ${mounted}/proc &&
    exec chroot --userspec=${USER}:${USER} ${mounted} /usr/bin/node "$@"`;
  const own = {
    PORT: String(port),
    HOST: '127.0.0.1',
    LOOPGPT_ENV: 'production',
    LOOPGPT_SECRET_KEY: randomBytes(32).toString('base64'),
    LOOPGPT_DATA_DIR: '/tmp/data',
    DATABASE_URL: postgres.url,
  };
  const began = performance.now();
  const inside = (...args) =>
    spawn('unshare', ['--mount', 'sh', '-c', `cd / && ${script}`, 'sh', ...args], {
      env: { ...own, PATH: process.env.PATH },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const product = inside('/app/dist/src/main.js');
  let said = '';
  for (const stream of [product.stdout, product.stderr]) stream.on('data', (chunk) => (said += chunk));
  try {
    const ready = await answers(`http://127.0.0.1:${port}/health/live`, product);
    const readyMs = Math.round(performance.now() - began);
    if (!ready) {
      console.error(said.slice(-3000));
      return { ready };
    }
    const state = await (await fetch(`http://127.0.0.1:${port}/health/ready`)).json();
    const page = await (await fetch(`http://127.0.0.1:${port}/console`)).text();
    const written = await whole(inside('-e', `require('node:fs').writeFileSync('/app/x', '')`));
    const procedures = await whole(inside('/app/dist/scripts/ops.js', '--help'));
    const uid = /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${product.pid}/status`, 'utf8'))?.[1];
    const isReadOnly = written.includes('EROFS');
    const holds =
      isReadOnly &&
      uid === String(USER) &&
      procedures.includes('npm run ops') &&
      page.includes('/console/assets/main-') &&
      state.checks.postgres?.ok !== false;
    return { ready: holds, readyMs, uid, isReadOnly, status: state.status };
  } finally {
    await end(product);
    buildah('umount', container);
    await postgres.stop();
  }
}

async function answers(url, product) {
  for (const until = Date.now() + READY_MS; Date.now() < until && product.exitCode === null;) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

/** All that a process says until it ends. */
async function whole(child) {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
  await new Promise((resolve) => child.once('close', resolve));
  return text;
}
