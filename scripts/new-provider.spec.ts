import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeConformance } from '../src/modules/providers/conformance/conformance.js';
import type { Connect } from '../src/modules/providers/provider.js';
import type { SourceCard, ProviderId } from '../src/modules/providers/cards.js';
import type { ProviderSimulator } from '../src/modules/providers/simulation.js';
import { filesOf, namesOf } from './new-provider.js';

const ROOT = join(__dirname, '..');
// The id of a provider that there is, so that the types hold before it is registered.
const names = { ...namesOf('fresh-mart')!, ID: 'MEALME' };

/** The generated folder beside the project's own, with its imports turned to the real ones. */
mkdirSync(join(ROOT, '.data'), { recursive: true });
const home = mkdtempSync(join(ROOT, '.data', 'new-provider-'));
const folder = join(home, names.file);
for (const [path, text] of filesOf(ROOT, names)) {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    text.replace(/'(\.\.\/(?:\.\.\/){0,2})([a-z][^']*)'/g, (_all, up: string, rest: string) => {
      const from = ['src/modules/providers/', '', 'src/'][up.length / 3 - 1];
      return `'../../../${from}${rest}'`;
    }),
  );
}
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('a new provider’s name', () => {
  it.each([
    ['acme', 'acme', 'Acme', 'ACME', 'Acme'],
    ['fresh-mart', 'freshMart', 'FreshMart', 'FRESH_MART', 'Fresh Mart'],
  ])('%s becomes the names of its parts', (file, name, Name, ID, title) => {
    expect(namesOf(file)).toEqual({ file, name, Name, ID, title });
  });

  it.each(['', 'Acme', '1up', 'a_b', '../up', 'a--b', 'new', 'usda'])('"%s" is refused', (file) =>
    expect(namesOf(file)).toBeNull(),
  );
});

describe('what is generated', () => {
  it('leaves no placeholder', () => {
    expect([...filesOf(ROOT, names).values()].filter((text) => text.includes('{{'))).toEqual([]);
  });
});

/* Written a moment ago, so that no import can name them. */
const { freshMart } = require(join(folder, 'fresh-mart.card')) as { freshMart: SourceCard<ProviderId> };
const { connect } = require(join(folder, 'fresh-mart.adapter')) as { connect: Connect };
const { simulator } = require(join(folder, 'fresh-mart.simulator')) as { simulator: () => ProviderSimulator };

describeConformance({ ...freshMart, connect }, { simulator });
