import { Inject, Injectable } from '@nestjs/common';
import { Deadline } from '../../../common/deadline.js';
import { LanguageModel } from '../../../platform/llm/language-model.js';
import { MICRO_USD_PER_CENT } from '../../../platform/llm/pricing.js';
import type { Library } from '../../nutrition/library.js';
import { mealsToName, wordsOf, wordsQuestion } from '../clearing/meal-words.js';
import type { ClearanceWish, MealWords, Round } from '../clearing/words.js';
import { LIBRARY } from '../library.token.js';
import type { PickedUp } from './making.repository.js';

/** Kept for what follows. */
const AFTERWARDS_MS = 2000;
const LEAST_MS = 1000;

/** What meals are called, and what that cost. */
export interface Named {
  words: readonly MealWords[];
  aiCents: number;
  aiTokens: number;
  model: string | null;
}

/** Lets a model name the meals that use what shops clear. Without a model, or without its answer, they go by their recipes' names. */
@Injectable()
export class NamingService {
  constructor(
    private readonly model: LanguageModel,
    @Inject(LIBRARY) private readonly library: Library,
  ) {}

  async name(
    { id, tenantId, request }: Pick<PickedUp, 'id' | 'tenantId' | 'request'>,
    { round, language, remainingMs }: { round: Round; language: ClearanceWish['language']; remainingMs: number },
  ): Promise<Named | null> {
    const maxCents = request.maxWordsCents ?? 0;
    const timeMs = remainingMs - AFTERWARDS_MS;
    const meals = mealsToName(round, this.library);
    if (!this.model.isOn || maxCents === 0 || timeMs < LEAST_MS || meals.length === 0) return null;
    const question = { ...wordsQuestion(meals, language), tenantId, subject: id, maxCents };
    const answered = await this.model.ask(question, Deadline.in(timeMs));
    const { microUsd, tokens, model } = answered;
    const words = answered.ok ? wordsOf(answered.value, meals, this.library) : [];
    return { words, aiCents: microUsd / MICRO_USD_PER_CENT, aiTokens: tokens, model };
  }
}
