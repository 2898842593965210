import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { helpOn } from './support/terminal.js';

const USAGE = 'npm run new:provider <name>    lower case with hyphens, e.g. acme or fresh-mart';
const PROVIDERS = join('src', 'modules', 'providers');

/** Template → the file it becomes in the provider's folder. */
const FILES: readonly (readonly [template: string, file: (name: string) => string])[] = [
  ['README.md.txt', () => 'README.md'],
  ['card.ts.txt', (name) => `${name}.card.ts`],
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
  /** FRESH_MART: its id, and the prefix of its variables */
  ID: string;
  /** Fresh Mart */
  title: string;
}

/** Beside the providers: their paths at the simulator and their variables are taken. */
const TAKEN = new Set(['anthropic', 'loopgpt', 'spotify', 'usda']);

/** Null when it is no usable name. */
export function namesOf(file: string): Names | null {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(file) || TAKEN.has(file) || isReserved(file)) return null;
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

/** A word of the language cannot name a card. */
const isReserved = (word: string): boolean =>
  /^(break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|import|in|instanceof|new|null|return|super|switch|this|throw|true|try|typeof|var|void|while|with|yield|let|static|await|package|private|protected|public|interface|implements)$/.test(
    word,
  );

/** What is left to do, to the letter. */
function stepsOf({ file, name, ID }: Names): string {
  return `
Add this line to ${join(PROVIDERS, 'registry.ts')}:
  export { ${name} } from './${file}/${file}.card.js';
then run:
  npm run generate
  npm run check

From then on it is asked for every cart, of the simulator until ${ID}_API_KEY is set; its variables are in .env.example.
Make it speak their language next: card, wire and simulator from their documents, what is not settled in its README, and
  npm run test:unit -- --testPathPatterns providers/${file}`;
}

/** As `npm run format` would have it: how long a name is decides where its lines break. */
async function formatted(path: string, text: string): Promise<string> {
  const { format, resolveConfig } = await import('prettier');
  return format(text, { ...(await resolveConfig(path)), filepath: path });
}

async function main([argument = '', ...more]: readonly string[]): Promise<number> {
  helpOn(USAGE);
  const names = namesOf(argument);
  if (!names || more.length > 0) {
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
    writeFileSync(join(folder, path), await formatted(join(folder, path), text));
    console.log(`wrote ${join(PROVIDERS, names.file, path)}`);
  }
  console.log(stepsOf(names));
  return 0;
}

if (require.main === module) void main(process.argv.slice(2)).then((code) => process.exit(code));
