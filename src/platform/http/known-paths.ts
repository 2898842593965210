import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Which methods each path takes, noted as routes are made; so it is asked for before they are. */
export class KnownPaths {
  private readonly paths = new Map<string, { pattern: RegExp; methods: Set<string> }>();

  constructor(app: NestFastifyApplication) {
    app
      .getHttpAdapter()
      .getInstance()
      .addHook('onRoute', ({ url, method }) => this.note(url, [method].flat()));
  }

  /** The methods that a path of a request takes, in alphabetical order; none for a path there is not. */
  methodsOf(url: string): string[] {
    const path = url.split('?')[0]!;
    const found = [...this.paths.values()].filter(({ pattern }) => pattern.test(path));
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].sort();
  }

  note(url: string, methods: readonly string[]): void {
    // What takes any path at all, such as the answer to a browser's question before a request, says nothing of one.
    if (/^\/?\*$/.test(url)) return;
    const known = this.paths.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
    for (const method of methods) known.methods.add(method);
    this.paths.set(url, known);
  }
}

function patternOf(url: string): RegExp {
  const parts = url
    .split('/')
    .map((part) =>
      part.startsWith(':') ? '[^/]+' : part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*'),
    );
  return new RegExp(`^${parts.join('/')}$`);
}
