// A real Zipkin server without Docker: its jar through Maven, 135 MB once, kept beside the build.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './prepare.mjs';

const VERSION = '3.6.1';
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy';

/** Path of the jar; null where Java or Maven are not, or it cannot be fetched. */
export function zipkinJar() {
  const dir = join(ROOT, '.data', 'zipkin');
  const jar = join(dir, `zipkin-server-${VERSION}-exec.jar`);
  if (spawnSync('java', ['-version']).status !== 0) return null;
  if (existsSync(jar)) return jar;
  if (spawnSync('mvn', ['-version']).status !== 0) return null;
  console.log('Fetching Zipkin (once) …');
  mkdirSync(dir, { recursive: true });
  const artifact = `-Dartifact=io.zipkin:zipkin-server:${VERSION}:jar:exec`;
  const args = ['-q', '-B', COPY, artifact, `-DoutputDirectory=${dir}`];
  const { status } = spawnSync('mvn', args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 });
  return status === 0 && existsSync(jar) ? jar : null;
}
