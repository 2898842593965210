import { execFileSync } from 'node:child_process';

const asked: object[] = [];
let answers: string[][];

/** What the gate says of made-up files, `path: text`, once the tests run. */
function saidOf(texts: Record<string, string>): () => string[] {
  const files = Object.entries(texts).map(([path, text]) => ({ path, text, lines: text.split('\n').length - 1 }));
  const at = asked.push(files) - 1;
  return () => answers[at]!;
}

/** The gate is a module that jest does not read, so one process of Node answers for all. */
beforeAll(() => {
  const script = `import { readFileSync } from 'node:fs';
    import { beyondFigures } from './dev/lib/figures.mjs';
    const asked = JSON.parse(readFileSync(0, 'utf8'));
    console.log(JSON.stringify(asked.map((files) => beyondFigures(files))));`;
  const input = JSON.stringify(asked);
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { input, encoding: 'utf8' });
  answers = JSON.parse(said) as string[][];
});

const CONTROLLER = 'src/modules/shop/shop.controller.ts';

const numbered = (count: number, path: (at: number) => string, text = '') =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [path(at), text]));

/** A controller that imports `first`, from which a chain of `count` files hangs. */
const chainOf = (count: number, first: string) => ({
  [CONTROLLER]: first,
  ...Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `src/room-${Math.floor(at / 10)}/link-${at}.ts`,
      at + 1 < count ? `import '../room-${Math.floor((at + 1) / 10)}/link-${at + 1}.js';` : '',
    ]),
  ),
});

describe('the figures of the house', () => {
  const lines = saidOf({ 'src/fits.ts': '\n'.repeat(400), 'dev/long.mjs': '\n'.repeat(401) });
  it('allow a file 400 lines and no more, in whichever folder', () => {
    expect(lines()).toEqual(['dev/long.mjs has 401 lines; split it (at most 400)']);
  });

  const full = {
    ...numbered(20, (at) => `src/full/file-${at}.ts`),
    ...numbered(20, (at) => `src/full/file-${at}.spec.ts`),
    ...numbered(3, (at) => `src/full/room/file-${at}.ts`),
  };
  const folders = [saidOf(full), saidOf({ ...full, 'src/full/one-more.ts': '' })];
  it('allow a folder of src 20 files of code, beside their specs and the folders in it', () => {
    expect(folders.map((said) => said())).toEqual([[], ['src/full has 21 files; part it into rooms (at most 20)']]);
  });

  const four = '@Get()\n@Scopes()\n@Named()\n@Answers()\nfour() {}';
  const five = '@Get()\n@Answers({\n200: null,\n404: null,\n})\nfive() {}';
  const endpoints = `@Controller()\nclass Shop {\n${four}\n\n${five}\n\nplain() {}\n}\n`;
  const decorated = saidOf({ [CONTROLLER]: endpoints, 'src/modules/shop/shop.service.ts': endpoints });
  it('allow an endpoint four lines of decorators, however few decorators they are', () => {
    expect(decorated()).toEqual([
      `${CONTROLLER} five has 5 lines of decorators; use those of platform/http/answers.decorator.ts (at most 4)`,
    ]);
  });

  const rows = saidOf({
    ...numbered(150, (at) => `src/modules/m${Math.floor(at / 10)}/m${at}.errors.ts`, 'export const a = 1;'),
    'src/errors.ts': Array.from(
      { length: 150 },
      (_, at) => `import './modules/m${Math.floor(at / 10)}/m${at}.errors.js';`,
    ).join('\n'),
    [CONTROLLER]: `import '../../errors.js';`,
  });
  it('do not count the rows of a table that every module adds to', () => {
    expect(rows()).toEqual([]);
  });

  const reach = [99, 100].map((count) => saidOf(chainOf(count, `import { a } from '../../room-0/link-0.js';`)));
  it('allow a controller 100 files in reach, itself among them', () => {
    expect(reach.map((said) => said())).toEqual([
      [],
      [`${CONTROLLER} has 101 files in reach; let it depend on less (at most 100)`],
    ]);
  });

  it.each(
    [
      `import type { A } from '../../room-0/link-0.js';`,
      `import { type A, type B } from '../../room-0/link-0.js';`,
      `export type { A } from '../../room-0/link-0.js';`,
      `import { a } from 'package';`,
    ].map((first) => ({ first, said: saidOf(chainOf(150, first)) })),
  )('do not count what leaves nothing to run: $first', ({ said }) => {
    expect(said()).toEqual([]);
  });

  it.each(
    [
      `import a, { type B } from '../../room-0/link-0.js';`,
      `import { type A, b } from '../../room-0/link-0.js';`,
      `export { a } from '../../room-0/link-0.js';`,
      `export * from '../../room-0/link-0.js';`,
      `const a = () => import('../../room-0/link-0.js');`,
      `const a = () => require('../../room-0/link-0.js');`,
      'const a = (room: string) => require(`../../${room}/link-0.js`);',
    ].map((first) => ({ first, said: saidOf(chainOf(150, first)) })),
  )('count what runs, wherever it is loaded: $first', ({ said }) => {
    expect(said()).toEqual([`${CONTROLLER} has 151 files in reach; let it depend on less (at most 100)`]);
  });
});
