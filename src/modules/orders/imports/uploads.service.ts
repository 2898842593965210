import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../../../common/errors.js';
import { cleanName } from '../../../common/text.js';
import { contentTypeOf } from '../../../platform/http/body.js';
import { isHar } from '../reading/opening/sniffing.js';
import { isZip } from '../reading/opening/zip.js';
import { ImportsRepository } from './imports.repository.js';

const PART_BYTES = 512 * 1024;
const MOST_BYTES = 64 * 1024 * 1024;
/** Of a file that is neither a ZIP nor a HAR. */
const MOST_PLAIN_BYTES = 16 * 1024 * 1024;
const MOST_FILES = 100;
const MOST_OPTION_BYTES = 16 * 1024;
/** What a form may have around its files: its borders, the headers of each part, its fields. */
const AROUND_BYTES = 1024 * 1024;

/** What came: the files' names and sizes, a digest of all bytes, and the form's own field. */
export interface Upload {
  files: { name: string | null; bytes: number }[];
  sha256: string;
  options: string | null;
}

/** Reads what callers send, part by part into rows, and never holds more than a part of it. */
@Injectable()
export class Uploads {
  constructor(private readonly imports: ImportsRepository) {}

  /**
   * Throws `request_invalid` for what brings no file, `import_encoding_unsupported`, `import_too_large` and `import_broken_off`; what came
   * until then is dropped.
   */
  async receive(tenantId: string, importId: string, request: FastifyRequest, name: string | null): Promise<Upload> {
    refuseUnread(request);
    const intake = new Intake(this.imports, tenantId, importId);
    try {
      const type = contentTypeOf(request) ?? '';
      const body = request.body as Readable | undefined;
      if (isForm(type)) await form(body, type, intake);
      else if (body) await intake.file(name, body);
      return intake.done(isForm(type));
    } catch (error) {
      await this.imports.drop(tenantId, importId);
      if (error instanceof AppError || !(error instanceof Error) || 'severity' in error) throw error;
      throw new AppError('import_broken_off', error.message, { cause: error });
    }
  }

  drop(tenantId: string, importId: string): Promise<void> {
    return this.imports.drop(tenantId, importId);
  }
}

/** The rows of one upload. */
class Intake {
  private readonly files: Upload['files'] = [];
  private readonly hash = createHash('sha256');
  private total = 0;
  options: string | null = null;

  constructor(
    private readonly imports: ImportsRepository,
    private readonly tenantId: string,
    private readonly importId: string,
  ) {}

  async file(name: string | null, stream: Readable): Promise<void> {
    const file = this.files.length;
    if (file >= MOST_FILES) throw new AppError('import_too_large', `more than ${MOST_FILES} files`);
    const known = { name: name === null ? null : cleanName(name).slice(0, 255), bytes: 0 };
    this.files.push(known);
    let waiting: Buffer = Buffer.alloc(0);
    let [part, most] = [0, MOST_BYTES];
    const keep = async (bytes: Buffer) => {
      if (part === 0 && !isLargeKind(bytes)) most = MOST_PLAIN_BYTES;
      await this.imports.keep(this.tenantId, { importId: this.importId, file, part: part++ }, bytes);
    };
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      this.hash.update(chunk);
      known.bytes += chunk.length;
      this.total += chunk.length;
      if (known.bytes > most || this.total > MOST_BYTES) throw new AppError('import_too_large', `${known.bytes} bytes`);
      waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
      for (; waiting.length >= PART_BYTES; waiting = waiting.subarray(PART_BYTES)) {
        await keep(waiting.subarray(0, PART_BYTES));
      }
    }
    if (waiting.length > 0) await keep(waiting);
    this.hash.update(`\n${known.bytes}\n`);
  }

  /** Throws `request_invalid` where nothing came. */
  done(isForm: boolean): Upload {
    if (this.files.length === 0 && isForm) throw unfit('the form has no file; send one as a part with a file name');
    if (this.total === 0) throw unfit(`the ${isForm ? 'form’s file' : 'body'} is empty; send the file's bytes`);
    return { files: this.files, sha256: this.hash.digest('hex'), options: this.options };
  }
}

const isForm = (type: string): boolean => /^multipart\/form-data\s*(;|$)/i.test(type);

const unfit = (detail: string, pointer = ''): AppError =>
  new AppError('request_invalid', 'import body', { errors: [{ pointer, detail }] });

/** Refuses by its headers alone what would be of no use when it had come. */
function refuseUnread(request: FastifyRequest): void {
  const encoding = request.headers['content-encoding'] ?? '';
  if (!/^\s*(identity)?\s*$/i.test(encoding)) throw new AppError('import_encoding_unsupported', encoding.slice(0, 40));
  const type = contentTypeOf(request) ?? '';
  if (isForm(type) && !/;\s*boundary\s*=\s*("[^"]+"|[^\s";]+)/i.test(type))
    throw unfit('a form needs the boundary of its parts: multipart/form-data; boundary=…', 'content-type');
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > MOST_BYTES + AROUND_BYTES) throw new AppError('import_too_large', `content-length ${length}`);
}

/** A ZIP, or a recording of a browser. */
const isLargeKind = (head: Buffer): boolean => isZip(head) || isHar(head);

/** One file after another: the next is not read before the rows of this one are there. */
function form(body: Readable | undefined, type: string, intake: Intake): Promise<void> {
  return new Promise((resolve, reject) => {
    let before: Promise<void> = Promise.resolve();
    const parser = new Busboy({
      headers: { 'content-type': type } as BusboyHeaders,
      limits: { fields: 10, fieldSize: MOST_OPTION_BYTES, headerPairs: 50, parts: MOST_FILES + 10 },
    });
    const fail = (error: Error) => {
      body?.unpipe(parser);
      body?.resume();
      reject(error);
    };
    parser.on('file', (_field, stream, fileName) => {
      stream.on('error', fail);
      before = before.then(() => intake.file(fileName || null, stream));
      before.catch(fail);
    });
    parser.on('field', (field, value) => {
      if (field === 'options') intake.options = value;
    });
    parser.on('error', (error) => fail(error as Error));
    parser.on('finish', () => void before.then(resolve, fail));
    if (!body) return fail(new Error('no body'));
    body.on('error', fail);
    body.on('aborted', () => fail(new Error('broken off')));
    body.pipe(parser);
  });
}
