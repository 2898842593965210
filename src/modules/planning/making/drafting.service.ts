import { Inject, Injectable } from '@nestjs/common';
import { Deadline } from '../../../common/deadline.js';
import { LanguageModel, type Answered } from '../../../platform/llm/language-model.js';
import { MICRO_USD_PER_CENT } from '../../../platform/llm/pricing.js';
import type { Library } from '../../nutrition/library.js';
import { LIBRARY } from '../library.token.js';
import type { Drafted } from '../plan-request.js';
import { shortlistOf, type Shortlist } from '../needs/shortlist.js';
import type { PickedUp } from './making.repository.js';
import { PROMPT_VERSION, draftOf, draftQuestions, type Draft, type DraftQuestion } from './plan.prompt.js';

/** Kept for what follows a draft. */
const AFTERWARDS_MS = 3000;
const LEAST_MS = 1000;

/**
 * Lets a model propose meals, from recipes that the code has already found allowed; many days in parts at once, each within the plan's
 * one cap. Without a model, or without its answer, there is no draft of those days, and that is fine.
 */
@Injectable()
export class DraftingService {
  constructor(
    private readonly model: LanguageModel,
    @Inject(LIBRARY) private readonly library: Library,
  ) {}

  async draft({ id, tenantId, request, remainingMs }: PickedUp): Promise<Drafted> {
    if (!this.model.isOn) return undrafted('off');
    const timeMs = remainingMs - AFTERWARDS_MS;
    if (timeMs < LEAST_MS) return undrafted('timeout');
    const shortlist = shortlistOf(request.plan, this.library);
    const questions = draftQuestions(request.plan, shortlist, this.library);
    const deadline = Deadline.in(timeMs);
    const beside = { tenantId, subject: id, maxCents: request.maxAiCents };
    const parts = questions.map(async (question) => ({
      question,
      answered: await this.model.ask({ ...question, ...beside }, deadline),
    }));
    return draftedOf(await Promise.all(parts), shortlist);
  }
}

const undrafted = (draft: string): Drafted => ({
  draft: null,
  paid: { aiCents: 0, aiTokens: 0, model: null, draft, cacheHit: false, promptVersion: PROMPT_VERSION },
});

/** What was answered, put together: a part that failed leaves its days to the solver and says why. */
function draftedOf(parts: readonly { question: DraftQuestion; answered: Answered<Draft> }[], shortlist: Shortlist) {
  const answers = parts.map(({ answered }) => answered);
  const days = parts.flatMap(({ question, answered }) =>
    answered.ok ? [draftOf(answered.value, question, shortlist)] : [],
  );
  const failed = answers.find(({ ok }) => !ok);
  const { model } = answers.find(({ ok }) => ok) ?? failed!; // a plan has a day at least
  const drafted: Drafted = {
    draft: days.length === 0 ? null : { days: days.flat() },
    paid: {
      aiCents: answers.reduce((sum, { microUsd }) => sum + microUsd, 0) / MICRO_USD_PER_CENT,
      aiTokens: answers.reduce((sum, { tokens }) => sum + tokens, 0),
      draft: failed === undefined || failed.ok ? 'ok' : failed.reason,
      cacheHit: answers.every((answered) => answered.ok && answered.cacheHit),
      model,
      promptVersion: PROMPT_VERSION,
    },
  };
  return drafted;
}
