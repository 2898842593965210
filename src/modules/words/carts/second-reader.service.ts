import { Injectable } from '@nestjs/common';
import { Deadline } from '../../../common/deadline.js';
import { Config } from '../../../config.js';
import { LanguageModel } from '../../../platform/llm/language-model.js';
import type { Reading } from '../reading/reading.js';
import { secondQuestion, unreadParts, withThings } from './deciding/second-reading.js';

/** Longer nobody waits for what only may be goods. */
const MOST_MS = 5000;

/**
 * Lets a model look at what stayed unread, where there is a key for one; only those words leave the process, within the cart's and the
 * tenant's caps. Without a model, or without its answer, the reading is as it was.
 */
@Injectable()
export class SecondReader {
  constructor(
    private readonly model: LanguageModel,
    private readonly config: Config,
  ) {}

  async read(text: string, reading: Reading, cart: { tenantId: string; id: string }): Promise<Reading> {
    const maxCents = this.config.values.LOOPGPT_CART_AI_CENTS;
    if (!this.model.isOn || maxCents === 0) return reading;
    const parts = unreadParts(text, reading);
    if (parts.length === 0) return reading;
    const beside = { tenantId: cart.tenantId, subject: cart.id, maxCents };
    const answered = await this.model.ask({ ...secondQuestion(text, parts), ...beside }, Deadline.in(MOST_MS));
    return answered.ok ? withThings(text, reading, parts, answered.value) : reading;
  }
}
