import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calibrate } from './words/calibrate.js';
import { trainIntents } from './words/train-intents.js';
import { trainTagger } from './words/train-tagger.js';

/** Files to make, where some alone are named. */
const named = process.argv.slice(2);

/** Makes the weights of data/words again from data/words alone; the same bytes each time. */
function write(name: string, make: () => Buffer): void {
  if (named.length > 0 && !named.includes(name)) return;
  const started = Date.now();
  const file = make();
  writeFileSync(join(process.cwd(), 'data', 'words', name), file);
  console.log(`${name}: ${file.length} bytes, ${Math.round((Date.now() - started) / 1000)} s`);
}

if (require.main === module) {
  write('tagger.bin', trainTagger);
  write('intents.bin', trainIntents);
  write('calibration.json', () => {
    const rows = Object.entries(calibrate()).map(([name, weights]) => `  "${name}": [${weights.join(', ')}]`);
    return Buffer.from(`{\n${rows.join(',\n')}\n}\n`);
  });
}
