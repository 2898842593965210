// node dev/keeper.mjs <dir> <mode> <release>: keeps a deployment up until SIGTERM. On SIGHUP it brings up the release that `next` names.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Keeper } from './lib/deploy/keeper.mjs';
import { limitsOf, partsFor } from './lib/deploy/parts.mjs';

const [dir, mode, release] = process.argv.slice(2);
const keeper = new Keeper({ dir, partsOf: partsFor(mode, dir, process.env), limits: limitsOf(process.env) });

process.on('SIGHUP', () => void keeper.deploy(readFileSync(join(dir, 'next'), 'utf8').trim()));
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void keeper.stop().then(() => process.exit(0)));
void keeper.deploy(release).then(() => {
  if (keeper.state.status === 'failed') process.exit(1);
});
