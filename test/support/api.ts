import Ajv, { type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { WebSocket, request } from 'undici';
import { LoopGPT, type CreateRoute } from '../../sdk/client.js';

export interface ApiResponse {
  status: number;
  headers: Record<string, string>;
  // Tests look at whatever shape they expect; the OpenAPI check below has already judged it.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
}

interface Operation {
  responses: Record<string, { content?: Record<string, { schema?: object }> }>;
}

interface OpenApiDocument {
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, object> };
}

/**
 * A caller of the API. Every answer is checked against the OpenAPI document the server itself serves: an undocumented status or a
 * body that does not fit its schema fails the test that met it.
 */
export class Api {
  private document: Promise<OpenApiDocument> | undefined;
  private readonly validators = new Map<string, ValidateFunction>();
  /** The same caller by the client library. It sends nothing again, so that a test sees each refusal. */
  readonly client: LoopGPT;

  constructor(
    readonly url: string,
    private readonly key?: string,
  ) {
    const judged: typeof fetch = (input, init) => this.fetch(String(input), init);
    this.client = new LoopGPT({ baseUrl: url, apiKey: key, maxRetries: 0, fetch: judged, WebSocket });
  }

  get(path: string, headers: Record<string, string> = {}): Promise<ApiResponse> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<ApiResponse> {
    return this.send('POST', path, body, headers);
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<ApiResponse> {
    const response = await request(this.url + path, {
      method: method as 'GET',
      headers: {
        ...(this.key ? { authorization: `Bearer ${this.key}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.body.text();
    const answer: ApiResponse = {
      status: response.statusCode,
      headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
      body: parse(text),
    };
    await this.judge(method, path, answer);
    return answer;
  }

  /** Routes a cart and answers the closed route. */
  async route(body: object, waitSeconds = 15): Promise<ApiResponse['body']> {
    return this.client.routes.create(body as CreateRoute).wait({ timeoutMs: waitSeconds * 1000 });
  }

  async outcome(id: string, waitSeconds = 15): Promise<ApiResponse['body']> {
    return this.client.routes.wait(id, { timeoutMs: waitSeconds * 1000 });
  }

  /** As the client library fetches; streams are judged by those who read them. */
  private async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(url, init);
    const headers = Object.fromEntries(response.headers);
    if (headers['content-type']?.startsWith('text/event-stream')) return response;
    const answer = { status: response.status, headers, body: parse(await response.clone().text()) };
    await this.judge(init.method ?? 'GET', url.slice(this.url.length), answer);
    return response;
  }

  private async judge(method: string, path: string, answer: ApiResponse): Promise<void> {
    this.document ??= request(`${this.url}/docs-json`).then((r) => r.body.json() as Promise<OpenApiDocument>);
    const document = await this.document;
    const bare = path.split('?')[0]!;
    const template = Object.keys(document.paths).find((candidate) => matches(candidate, bare));
    if (!template) return;
    const operation = document.paths[template]![method.toLowerCase()];
    if (!operation) return;
    const name = `${method} ${template} ${answer.status}`;
    const documented = operation.responses[String(answer.status)];
    if (!documented) throw new Error(`${name} is not in the OpenAPI document: ${JSON.stringify(answer.body)}`);
    const [type] = (answer.headers['content-type'] ?? '').split(';');
    const schema = documented.content?.[type ?? '']?.schema;
    if (documented.content && answer.status !== 304 && !schema)
      throw new Error(`${name} answers ${type}, which is not documented`);
    if (!schema) return;
    const validate = this.validator(`${name} ${type}`, schema, document);
    if (!validate(answer.body)) {
      throw new Error(
        `${name} does not fit its schema: ${JSON.stringify(validate.errors?.slice(0, 3))} ${JSON.stringify(answer.body).slice(0, 500)}`,
      );
    }
  }

  private validator(name: string, schema: object, document: OpenApiDocument): ValidateFunction {
    const known = this.validators.get(name);
    if (known) return known;
    const ajv = new Ajv({ strict: false, allErrors: false });
    addFormats(ajv);
    const validate = ajv.compile({ ...schema, components: document.components });
    this.validators.set(name, validate);
    return validate;
  }
}

function matches(template: string, path: string): boolean {
  const wanted = template.split('/');
  const given = path.split('/');
  return wanted.length === given.length && wanted.every((part, index) => part.startsWith('{') || part === given[index]);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
