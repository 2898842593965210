// git diff --name-only … | node dev/phases.mjs: which phases of a deployment the changed paths ask for, a line each, as a workflow's outputs.
import { readFileSync } from 'node:fs';

const DOCUMENTATION = /(^docs\/|\.md$)/;
const INFRASTRUCTURE = /^(deploy|ops|\.github|docker-compose\.yml|Dockerfile)(\/|$)/;

/** Every other path is of the product itself. */
function phasesOf(paths) {
  const documentation = paths.some((path) => DOCUMENTATION.test(path));
  const infrastructure = paths.some((path) => INFRASTRUCTURE.test(path) && !DOCUMENTATION.test(path));
  const core = paths.some((path) => !DOCUMENTATION.test(path) && !INFRASTRUCTURE.test(path));
  return { core, infrastructure, documentation };
}

const changed = readFileSync(0, 'utf8').split('\n').filter(Boolean);
for (const [phase, asked] of Object.entries(phasesOf(changed))) console.log(`${phase}=${asked}`);
