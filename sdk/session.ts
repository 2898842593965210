import type { Http, RequestOptions } from './http.js';
import type { Session } from './session-types.js';

/**
 * A person at a browser, for pages of the API's own host: the cookie comes and goes by itself. What changes something needs the session's
 * `csrfToken` as `X-CSRF-Token`: give the client a `fetch` that adds it.
 */
export class Sessions {
  constructor(private readonly http: Http) {}

  /** Rejects with `api_key_invalid` or `logins_limited`. */
  signIn(apiKey: string, { signal }: RequestOptions = {}): Promise<Session> {
    return this.http.json({ method: 'POST', path: '/v1/session', body: { apiKey }, signal, once: true });
  }

  /** Who is signed in. Rejects with `session_missing` where no key is needed, and else with `api_key_missing` or `session_invalid` for nobody. */
  get(options: RequestOptions = {}): Promise<Session> {
    return this.http.get('/v1/session', {}, options);
  }

  /** For as long again, up to its `endsAt`. */
  renew(options: RequestOptions = {}): Promise<Session> {
    return this.http.post('/v1/session/renew', undefined, options);
  }

  /** Ends it wherever its cookie is. */
  signOut({ signal }: RequestOptions = {}): Promise<void> {
    return this.http.json({ method: 'DELETE', path: '/v1/session', signal });
  }
}
