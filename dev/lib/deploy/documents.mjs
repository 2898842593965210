// node dev/lib/deploy/documents.mjs <port>: the documents of this checkout as text, on this machine alone.
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { ROOT } from '../prepare.mjs';

/** Named once: what is not here is not served, whatever is asked for. */
const FILES = new Map(
  ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...namesIn('docs'), ...namesIn('docs/adr')].map(
    (name) => [`/${name}`, join(ROOT, name)],
  ),
);

function namesIn(folder) {
  return readdirSync(join(ROOT, folder))
    .filter((name) => /\.(md|json)$/.test(name))
    .map((name) => `${folder}/${name}`);
}

const server = createServer(({ url = '/', method }, response) => {
  const [path] = url.split('?');
  const say = (status, type, text) =>
    response
      .writeHead(status, {
        'content-type': `${type}; charset=utf-8`,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      })
      .end(method === 'HEAD' ? undefined : text);
  if (method !== 'GET' && method !== 'HEAD') return say(405, 'text/plain', 'Documents are read only.\n');
  if (path === '/health')
    return say(200, 'application/json', JSON.stringify({ status: 'healthy', service: 'documentation' }));
  if (path === '/') return say(200, 'text/plain', `${[...FILES.keys()].join('\n')}\n`);
  const file = FILES.get(path);
  if (!file) return say(404, 'text/plain', 'There is no such document; / lists all.\n');
  say(200, path.endsWith('.json') ? 'application/json' : 'text/markdown', readFileSync(file, 'utf8'));
});
server.listen(Number(process.argv[2]), '127.0.0.1');
process.once('SIGTERM', () => server.close(() => process.exit(0)) && server.closeAllConnections());
