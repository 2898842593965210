// House rules that no tool knows.
import { execFileSync } from 'node:child_process';

/** Node's own, packages, then relative ones, the farthest first. */
const rankOf = (from) => {
  if (from.startsWith('node:')) return 0;
  if (!from.startsWith('.')) return 1;
  return 100 - from.split('../').length;
};

/** The imports at a file's head, above all code. */
export function importsOf(text) {
  const all = [...text.matchAll(/^import\s[^;]*?'([^']+)'(?: with \{[^}]*\})?;\n/gm)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    statement: match[0],
    rank: rankOf(match[1]),
  }));
  const code = all.findIndex(({ start }, at) => at > 0 && /[=;]/.test(text.slice(all[at - 1].end, start)));
  return code < 0 ? all : all.slice(0, code);
}

export function importsOutOfOrder(files) {
  return files
    .filter(({ text }) => importsOf(text).some(({ rank }, at, all) => at > 0 && rank < all[at - 1].rank))
    .map(({ path }) => `${path} has imports out of order: node:, packages, then relative ones, the farthest first`);
}

/** Commits before this one are as they are. */
const SUBJECTS_SINCE = '3a0a917984';
const SUBJECT = /^[a-z][a-z0-9 -]*(, [a-z][a-z0-9 -]*)*: \S/;

/** Commits whose subject is not `area: what` (or several areas with commas), or longer than 72 characters. A checkout without that history tells none. */
export function oddSubjects(root) {
  let log;
  try {
    log = execFileSync('git', ['log', '--no-merges', '--format=%h %s', `${SUBJECTS_SINCE}..HEAD`], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return [];
  }
  return log
    .split('\n')
    .filter(Boolean)
    .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)])
    .filter(([, subject]) => subject.length > 72 || !SUBJECT.test(subject))
    .map(([commit, subject]) => `commit ${commit}: "${subject}" is not "area: what" in at most 72 characters`);
}

/** The lowest floors carry what is said by those above them and know none of it. A route of HTTP and a quoted text are no product's. */
const PRODUCT =
  /carts?|meals?|recipes?|groceries|grocery|plan(?:s|ner|ning)?|provider|kroger|walmart|instacart|salling|spotify|routeid|quotes?(?=[.:/])|routes?(?=[.:/](?:v\d|[a-z]))|quorum|webhook_/;
const FLOOR = /^src\/(?:common|platform|clock|queues|events|operations)\//;
/** Tables name what they are tables of; callers of the former systems are told in their words. */
const NAMING = [
  ...['clock', 'queues', 'events', 'operations'].map((table) => `src/${table}/catalogue.ts`),
  'src/common/roles.ts',
  'src/platform/http/former-errors.ts',
];

export function productWords(files) {
  return files
    .filter(({ path }) => FLOOR.test(path) && !NAMING.includes(path) && !path.endsWith('.spec.ts'))
    .flatMap(({ path, text }) =>
      codeOf(text)
        .split('\n')
        .flatMap((line, at) =>
          [...line.matchAll(new RegExp(`\\b(?:${PRODUCT.source})\\b`, 'gi'))].map(
            ([word]) => `${path}:${at + 1} says ${word}: ${line.trim()}`,
          ),
        ),
    );
}

/** Rooms of src/ whose words the glossary does not give: it names each as `modules/live` or `events`. */
export function roomsWithoutWords(files, glossary) {
  const rooms = files.flatMap(({ path }) => /^src\/(modules\/[^/]+|(?!modules\/)[^/]+)\//.exec(path)?.[1] ?? []);
  return [...new Set(rooms)]
    .filter((room) => !glossary.includes(`\`${room}\``))
    .map((room) => `${room} is not in docs/glossary.md; give its words, and name it there as \`${room}\``);
}

/** Without comments, line for line. */
const codeOf = (text) =>
  text.replace(/\/\*[^]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' ')).replace(/(^|[\s;,{(])\/\/[^\n]*/gm, '$1');
