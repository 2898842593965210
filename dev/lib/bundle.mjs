// What is started often, the product and its threads, becomes one file each: a process that finds and reads some two thousand modules
// one by one spends several times the processor on starting. Everything else of a build stays as the compiler wrote it.
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** What Nest asks for only if it is installed, or what brings files of its own beside its code. */
const LEFT_OUT = [
  '@bull-board/ui',
  '@bull-board/ui/*',
  '@fastify/multipart',
  '@nestjs/microservices',
  '@nestjs/microservices/*',
  '@nestjs/platform-express',
  '@nestjs/websockets',
  '@nestjs/websockets/*',
  // Loaded where traces are recorded, and nowhere else.
  '@opentelemetry/exporter-trace-otlp-http',
  '@opentelemetry/exporter-zipkin',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-trace-base',
  'class-transformer',
  'class-transformer/*',
  'class-validator',
  'highs',
  'pg-native',
  'swagger-ui-dist',
  // Reads PDF: 1.6 MB of code, loaded by the thread to which one comes.
  'unpdf',
];

/** As the bundler keeps names: of every function, each time that one is made, which costs a route two percent of its time. */
const NAMES_ALL = 'var __name = (target, value) => __defProp(target, "name", { value, configurable: true });';
/** Of classes alone, and where it is another. */
const NAMES_CLASSES =
  'var __name = (target, value) => target.name === value || target.prototype === undefined ? target : ' +
  '__defProp(target, "name", { value, configurable: true });';

/** Puts everything that the product's file and its threads' import into them, in the build at `dist`. Throws with the bundler's own words. */
export function bundle(dist) {
  // Not before: what is installed may have been installed by this process.
  const { buildSync } = createRequire(import.meta.url)('esbuild');
  const threads = readdirSync(join(dist, 'src'), { recursive: true }).filter((name) => name.endsWith('.worker.js'));
  for (const name of ['main.js', ...threads]) {
    const path = join(dist, 'src', name);
    buildSync({
      entryPoints: [path],
      outfile: `${path}.bundled`,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      // Modules in the newer form ask where they are; all of them are in this file.
      define: { 'import.meta.url': 'moduleUrl' },
      banner: { js: `const moduleUrl = require('node:url').pathToFileURL(__filename).href;` },
      external: LEFT_OUT,
      // Errors, tokens and log lines say the names of classes.
      keepNames: true,
      logLevel: 'error',
    });
    const text = readFileSync(`${path}.bundled`, 'utf8');
    if (!text.includes(NAMES_ALL))
      throw new Error(`The bundler names functions in another way: ${NAMES_ALL} is missing.`);
    writeFileSync(path, inAscii(text.replace(NAMES_ALL, NAMES_CLASSES)));
    rmSync(`${path}.bundled`);
  }
}

/** One letter of another alphabet, in a comment even, and the whole file takes two bytes a letter in memory for as long as it runs. */
const inAscii = (code) =>
  code.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
