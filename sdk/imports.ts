import type { AnswerImport, AskImport, Import, ImportList, ListImports } from './import-types.js';
import type { Http, RequestOptions } from './http.js';
import { Accepted, Subjects, keyed, type CreateOptions } from './subjects.js';

export interface ImportKind {
  Create: CreateImport;
  Resource: Import;
  ListQuery: ListImports;
  List: ImportList;
}

export interface CreateImport extends Omit<AskImport, 'filename'> {
  /** One or several, each with its name; up to 64 MB together. */
  files: readonly File[];
}

/** Files of orders that become the history. */
export class Imports extends Subjects<ImportKind> {
  constructor(http: Http) {
    super(http, '/v1/imports');
  }

  /** Sends files; with `dryRun` the outcome says what would be imported, and nothing is. */
  override create({ files, ...query }: CreateImport, options: CreateOptions = {}): Accepted<ImportKind> {
    const body = new FormData();
    for (const file of files) body.append('file', file, file.name);
    const { signal } = options;
    const accepted = this.http.json<Import>({
      method: 'POST',
      path: '/v1/imports',
      query,
      body,
      signal,
      headers: keyed(options),
    });
    return new Accepted(this, accepted);
  }

  /** Says which of two accounts of an order holds. */
  answer(id: string, body: AnswerImport, { signal }: RequestOptions = {}): Promise<Import> {
    return this.http.json({ method: 'POST', path: this.path(id, '/answers'), body, signal, once: true });
  }

  /** Takes out of the history what only this import brought. */
  undo(id: string, { signal }: RequestOptions = {}): Promise<Import> {
    return this.http.json({ method: 'POST', path: this.path(id, '/undo'), signal, once: true });
  }
}
