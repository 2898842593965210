// When a release is given up. Pure but for the times it is told.

/** Fewer requests between two looks say nothing about a share. */
const FEWEST = 5;

/** Looks at a release again and again, and says why it is to be given up once that is so. */
export class Verdict {
  #limits;
  #unhealthySince = null;
  #errorsSince = null;
  #last = null;

  /** `unhealthyMs`, `errorsMs`: how long each may last; `errorShare`: of requests, beyond which they count as errors. */
  constructor(limits) {
    this.#limits = limits;
  }

  /** `requests` and `errors` since the process began, null where nobody told. Answers a sentence, or null to go on. */
  see({ at, healthy, requests, errors }) {
    const { unhealthyMs, errorsMs, errorShare } = this.#limits;
    this.#unhealthySince = healthy ? null : (this.#unhealthySince ?? at);
    if (this.#unhealthySince !== null && at - this.#unhealthySince >= unhealthyMs) {
      return `unhealthy for ${secondsOf(at - this.#unhealthySince)} s`;
    }
    if (requests === null) return null;
    const last = this.#last;
    // A process that began anew counts from nothing.
    if (last === null || requests < last.requests) {
      this.#last = { requests, errors };
      return null;
    }
    const seen = requests - last.requests;
    if (seen < FEWEST) return null;
    this.#last = { requests, errors };
    const share = (errors - last.errors) / seen;
    this.#errorsSince = share > errorShare ? (this.#errorsSince ?? at) : null;
    if (this.#errorsSince === null || at - this.#errorsSince < errorsMs) return null;
    return `errors above ${errorShare * 100} % for ${secondsOf(at - this.#errorsSince)} s, ${Math.round(share * 100)} % at last`;
  }
}

const secondsOf = (ms) => Math.round(ms / 100) / 10;

/** Requests and errors of a page of metrics, but for those that only look how it is; null where it does not tell. */
export function countsIn(text) {
  const lines = [
    ...text.matchAll(/^loopgpt_http_requests_total\{[^}]*route="([^"]*)",status="(\d)\d\d"[^}]*\} (\d+)/gm),
  ];
  if (lines.length === 0) return null;
  const asked = lines.filter(([, route]) => !/^\/(health|metrics)/.test(route));
  const sum = (wanted) => asked.reduce((all, [, , kind, count]) => all + (wanted(kind) ? Number(count) : 0), 0);
  return { requests: sum(() => true), errors: sum((kind) => kind === '5') };
}
