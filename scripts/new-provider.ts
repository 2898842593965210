import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const USAGE = 'npm run new:provider <name>    lower case with hyphens, e.g. acme or fresh-mart';
const PROVIDERS = join('src', 'modules', 'providers');

/** Template → the file it becomes in the provider's folder. */
const FILES: readonly (readonly [template: string, file: (name: string) => string])[] = [
  ['provider.ts.txt', (name) => `${name}.provider.ts`],
  ['adapter.ts.txt', (name) => `${name}.adapter.ts`],
  ['wire.ts.txt', (name) => `${name}.wire.ts`],
  ['mapping.ts.txt', (name) => `${name}.mapping.ts`],
  ['simulator.ts.txt', (name) => `${name}.simulator.ts`],
  ['spec.ts.txt', (name) => `${name}.spec.ts`],
  ['fixture.json.txt', () => join('__fixtures__', 'search.json')],
];

export interface Names {
  /** fresh-mart */
  file: string;
  /** freshMart */
  name: string;
  /** FreshMart */
  Name: string;
  /** FRESH_MART */
  ID: string;
  /** Fresh Mart */
  title: string;
}

/** Null when it is no usable name. */
export function namesOf(file: string): Names | null {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(file)) return null;
  const words = file.split('-').map((word) => word[0]!.toUpperCase() + word.slice(1));
  const Name = words.join('');
  return {
    file,
    Name,
    title: words.join(' '),
    name: Name[0]!.toLowerCase() + Name.slice(1),
    ID: file.replaceAll('-', '_').toUpperCase(),
  };
}

/** Path below the provider's folder → content. */
export function filesOf(root: string, names: Names): Map<string, string> {
  const templates = join(root, 'scripts', 'templates', 'provider');
  const filled = (text: string) =>
    text.replace(/\{\{(file|name|Name|ID|title)\}\}/g, (_all, key: keyof Names) => names[key]);
  return new Map(
    FILES.map(([template, file]) => [file(names.file), filled(readFileSync(join(templates, template), 'utf8'))]),
  );
}

/** What a machine does not decide: names of settings, credentials, and where the real host is. */
function stepsOf({ file, name, ID }: Names): string {
  return `
Its spec passes already:
  npm run test:unit -- --testPathPatterns providers/${file}

What is left is yours; npm run check names what is missing:
  ${PROVIDERS}/provider.ts               '${ID}' in PROVIDER_IDS
  ${PROVIDERS}/registry.ts               ${name} in PROVIDERS
  ${PROVIDERS}/simulated-credentials.ts  ${ID}: { apiKey: 'simulated-${file}-key' },
  simulator/providers.ts                           ['${file}', ${name}Simulator()],
  src/environment.ts                               LOOPGPT_ENABLE_${ID}, LOOPGPT_${ID}_MOCK (with the check of mocks in
                                                   production), LOOPGPT_${ID}_TIMEOUT, ${ID}_API_KEY
  ${PROVIDERS}/settings.ts               a row of these with the real host and simulatedPath '/${file}'
  npm run generate && npm run format

Then make it speak their language: simulator and wire from their documents, a comment on each fact that is not settled.`;
}

function main([argument = '']: readonly string[]): number {
  const names = namesOf(argument);
  if (!names) {
    console.error(USAGE);
    return 2;
  }
  const folder = join(process.cwd(), PROVIDERS, names.file);
  if (existsSync(folder)) {
    console.error(`${folder} exists already; nothing was written`);
    return 1;
  }
  for (const [path, text] of filesOf(process.cwd(), names)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    console.log(`wrote ${join(PROVIDERS, names.file, path)}`);
  }
  console.log(stepsOf(names));
  return 0;
}

if (require.main === module) process.exit(main(process.argv.slice(2)));
