import { startSimulator } from '../simulator/main.js';
import { Deadline } from '../src/common/deadline.js';
import { readConfig } from '../src/read-config.js';
import type { Library } from '../src/modules/nutrition/library.js';
import type { DraftPlan, PlanRequest } from '../src/modules/planning/solver/plan.js';
import { draftOf, draftQuestions } from '../src/modules/planning/making/plan.prompt.js';
import { shortlistOf } from '../src/modules/planning/needs/shortlist.js';
import { ClaudeClient } from '../src/platform/llm/claude.client.js';
import { costOf, MICRO_USD_PER_CENT, readPrices } from '../src/platform/llm/pricing.js';

/** What was drafted for a request, and what that would have cost. */
export interface StandInDraft {
  draft: DraftPlan | null;
  cents: number;
}

/** The configuration asks for one; nothing connects to it. */
const NOBODYS = 'postgres://nobody@127.0.0.1/none';
const PATIENCE_MS = 30_000;

/**
 * Drafts for many requests by the stand-in for the Messages API: the product's own questions and client, over HTTP, without the ledger's
 * caps. It answers at once, so that what is timed afterwards is the product's own work; costs are counted by its tokens at the
 * configured model's price.
 */
export async function standInDrafts(requests: readonly PlanRequest[], library: Library): Promise<StandInDraft[]> {
  const simulator = await startSimulator({ port: 0, seed: 1, latency: { medianMs: 0, p99Ms: 0 } });
  try {
    const { LOOPGPT_AI_MODEL: model, LOOPGPT_AI_PRICES: prices } = readConfig({
      LOOPGPT_ENV: 'test',
      DATABASE_URL: NOBODYS,
    }).values;
    const client = new ClaudeClient({ apiKey: 'simulated', baseUrl: `${simulator.url}/anthropic` });
    const price = readPrices(prices).get(model)!; // the configuration is refused without one
    const draftFor = async (request: PlanRequest): Promise<StandInDraft> => {
      const shortlist = shortlistOf(request, library);
      if ([...shortlist.recipes.values()].some(({ length }) => length === 0)) return { draft: null, cents: 0 };
      const questions = draftQuestions(request, shortlist, library);
      const replies = await Promise.all(
        questions.map((question) => client.ask(model, question, Deadline.in(PATIENCE_MS))),
      );
      const days = replies.flatMap((reply, at) => (reply.ok ? draftOf(reply.value, questions[at]!, shortlist) : []));
      const microUsd = replies.reduce((sum, reply) => sum + (reply.ok ? costOf(price, reply.usage) : 0), 0);
      return { draft: days.length === 0 ? null : { days }, cents: microUsd / MICRO_USD_PER_CENT };
    };
    const drafts: StandInDraft[] = [];
    for (const request of requests) drafts.push(await draftFor(request));
    return drafts;
  } finally {
    await simulator.close();
  }
}
