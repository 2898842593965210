import { Injectable } from '@nestjs/common';
import { AccuracyService } from '../accuracy/accuracy.service.js';
import { readWords } from '../reading/read-words.js';
import { entitiesOf, processed } from './deciding/former.js';
import type { NlpHealth, ProcessedText, ReadBatch, ReadEntities } from './nlp-doors.dto.js';

/** The former language service's answers, read by what reads carts; it names what really read. */
@Injectable()
export class NlpDoorsService {
  constructor(private readonly accuracy: AccuracyService) {}

  health(): NlpHealth {
    return { status: 'healthy', ...this.named() };
  }

  process(text: string): ProcessedText {
    return { ...this.named(), ...processed(readWords(text)), timestamp: new Date().toISOString() };
  }

  entities(text: string): ReadEntities {
    return { ...this.named(), ...entitiesOf(text, readWords(text)) };
  }

  batch(texts: readonly string[]): ReadBatch {
    return { ...this.named(), results: texts.map((text) => this.entities(text)) };
  }

  private named() {
    return { service: 'nlp' as const, model: this.accuracy.read().model, accuracyPercent: this.accuracy.percent() };
  }
}
