// How a source file is compiled, for the build and for the suites.
const jsc = {
  target: 'es2023',
  parser: { syntax: 'typescript', decorators: true },
  transform: { legacyDecorator: true, decoratorMetadata: true },
  keepClassNames: true,
};

/** For the build. What is imported late stays an import. */
export const SWC = { jsc, module: { type: 'commonjs', ignoreDynamic: true }, swcrc: false };

/** For the suites, which tell a failure by the line of the source. */
export const SWC_IN_SUITES = { jsc, module: { type: 'commonjs' }, sourceMaps: 'inline' };
