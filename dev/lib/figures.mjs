// Figures of the house that fail the check. `files` are { path, text, lines } of src/ and the other folders, as dev/check.mjs reads them.
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';

/** Lines of a file. */
const MAX_LINES = 400;
/** Files of code in one folder, without their specs. */
const MAX_FILES = 20;
/** Lines of decorators above one endpoint. */
const MAX_DECORATOR_LINES = 4;
/** Files that a controller reaches, itself among them: what has to be in mind to change it. Rows of a table that each module adds to need not. */
const MAX_CLOSURE = 100;
const ROWS = /\.(errors|card)\.ts$/;

/** The sentences of everything beyond its figure. */
export function beyondFigures(files) {
  const code = files.filter(({ path }) => path.startsWith('src/') && path.endsWith('.ts') && !isSpec(path));
  const modules = new Map(
    code.map(({ path, text }) => [path, ts.createSourceFile(path, text, ts.ScriptTarget.Latest)]),
  );
  const controllers = [...modules.keys()].filter((path) => path.endsWith('.controller.ts'));
  const imports = importsAtRunTime(modules);
  const found = [
    ...files.map(({ path, lines }) => [path, lines, MAX_LINES, 'lines; split it']),
    ...foldersOf(code).map(([folder, count]) => [folder, count, MAX_FILES, 'files; part it into rooms']),
    ...controllers.flatMap((path) =>
      endpointsOf(modules.get(path)).map(({ name, decorators }) => [
        `${path} ${name}`,
        decorators,
        MAX_DECORATOR_LINES,
        'lines of decorators; use those of platform/http/answers.decorator.ts',
      ]),
    ),
    ...controllers.map((path) => [
      path,
      [...reachedFrom(path, imports)].filter((reached) => !ROWS.test(reached)).length,
      MAX_CLOSURE,
      'files in reach; let it depend on less',
    ]),
  ];
  return found
    .filter(([, figure, most]) => figure > most)
    .map(([what, figure, most, remedy]) => `${what} has ${figure} ${remedy} (at most ${most})`);
}

const isSpec = (path) => path.endsWith('.spec.ts');

function foldersOf(code) {
  const counts = new Map();
  for (const { path } of code) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  return [...counts];
}

/** The methods of a controller that have decorators, with how many lines these take. */
function endpointsOf(source) {
  const methods = source.statements
    .filter(ts.isClassDeclaration)
    .flatMap(({ members }) => members.filter((member) => ts.isMethodDeclaration(member) && ts.getDecorators(member)));
  return methods.map((method) => {
    const lineAt = (position) => source.getLineAndCharacterOfPosition(position).line;
    const decorators = ts.getDecorators(method);
    return {
      name: method.name.getText(source),
      decorators: lineAt(decorators.at(-1).end) - lineAt(decorators[0].getStart(source)) + 1,
    };
  });
}

/**
 * What each file imports when it runs. Imports of types alone do not count, for nothing of them is left. An `import()` or `require` does,
 * wherever it stands; where its path is put together (`./${folder}/x.js`), every file does whose path it could be.
 */
function importsAtRunTime(modules) {
  return new Map([...modules].map(([path, source]) => [path, importsOf(path, source, modules)]));
}

function importsOf(path, source, modules) {
  const specifiers = [];
  const look = (node) => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier && !isOfTypes(node)) {
      specifiers.push(specifierOf(node.moduleSpecifier));
    } else if (ts.isCallExpression(node) && isLoading(node.expression)) {
      specifiers.push(specifierOf(node.arguments[0]));
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return specifiers
    .filter((specifier) => specifier?.startsWith('.'))
    .map((specifier) => normalize(join(dirname(path), specifier)).replace(/\.js$/, '.ts'))
    .flatMap((target) => (target.includes('*') ? filesLike(target, modules) : modules.has(target) ? [target] : []));
}

const isLoading = (expression) =>
  expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === 'require');

function isOfTypes(node) {
  const clause = ts.isImportDeclaration(node) ? node.importClause : node;
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const named = ts.isImportDeclaration(node) ? clause.namedBindings : node.exportClause;
  const elements = named && 'elements' in named ? named.elements : [];
  return !clause.name && elements.length > 0 && elements.every((element) => element.isTypeOnly);
}

/** With `*` for what is not known before it runs. */
function specifierOf(node) {
  if (!node) return null;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('*');
  return null;
}

function filesLike(target, modules) {
  const pattern = new RegExp(`^${target.replace(/[.$+()[\]{}|\\^]/g, '\\$&').replaceAll('*', '[^/]+')}$`);
  return [...modules.keys()].filter((path) => pattern.test(path));
}

function reachedFrom(path, imports) {
  const reached = new Set([path]);
  // A set that grows while it is walked is walked to its end.
  for (const one of reached) for (const next of imports.get(one)) reached.add(next);
  return reached;
}
