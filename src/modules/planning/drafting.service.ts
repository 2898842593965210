import { Inject, Injectable } from '@nestjs/common';
import { Deadline } from '../../common/deadline.js';
import { LanguageModel } from '../../platform/llm/language-model.js';
import { MICRO_USD_PER_CENT } from '../../platform/llm/pricing.js';
import type { Library } from '../nutrition/library.js';
import { LIBRARY } from './library.token.js';
import type { Drafted } from './plan-request.js';
import { PROMPT_VERSION, draftOf, draftQuestion } from './plan.prompt.js';
import type { PickedUp } from './planning.repository.js';
import { shortlistOf } from './shortlist.js';

/** Kept for what follows a draft. */
const AFTERWARDS_MS = 3000;
const LEAST_MS = 1000;

/** Lets a model propose meals, from recipes that the code has already found allowed. Without one there is no draft, and that is fine. */
@Injectable()
export class DraftingService {
  constructor(
    private readonly model: LanguageModel,
    @Inject(LIBRARY) private readonly library: Library,
  ) {}

  async draft({ id, tenantId, request, remainingMs }: PickedUp): Promise<Drafted> {
    const none = (reason: string): Drafted => ({
      draft: null,
      paid: { aiCents: 0, aiTokens: 0, model: null, draft: reason, cacheHit: false, promptVersion: PROMPT_VERSION },
    });
    if (!this.model.isOn) return none('off');
    const timeMs = remainingMs - AFTERWARDS_MS;
    if (timeMs < LEAST_MS) return none('timeout');
    const shortlist = shortlistOf(request.plan, this.library);
    const question = { ...draftQuestion(request.plan, shortlist), tenantId, subject: id, maxCents: request.maxAiCents };
    const answered = await this.model.ask(question, Deadline.in(timeMs));
    const { model, microUsd, tokens: aiTokens } = answered;
    const paid = { aiCents: microUsd / MICRO_USD_PER_CENT, aiTokens, model, promptVersion: PROMPT_VERSION };
    if (!answered.ok) return { draft: null, paid: { ...paid, draft: answered.reason, cacheHit: false } };
    return { draft: draftOf(answered.value, shortlist), paid: { ...paid, draft: 'ok', cacheHit: answered.cacheHit } };
  }
}
