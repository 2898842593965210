import { randomOf } from '../../src/common/random.js';
import { cuesOf } from '../../src/modules/words/reading/learned/intents.js';
import { GUESSED } from '../../src/modules/words/reading/intent-names.js';
import { tag } from '../../src/modules/words/reading/learned/tagger.js';
import { frames, phraseOf } from './compose-frames.js';
import { learn, type Sample } from './perceptron.js';

const SEED = 20_261_130;
const SENTENCES = 52_000;

/** Learned from sentences that the tagger has not seen, as the tagger reads them. */
export function trainIntents(): Buffer {
  const random = randomOf(SEED);
  const samples: Sample[] = [];
  // Every third sentence names things to add, as people mostly do.
  const adding = frames.filter(({ intent }) => intent === 'add');
  for (let at = 0; at < SENTENCES; at++) {
    const from = at % 3 === 0 ? adding : frames;
    const { intent, language, tokens } = phraseOf(from[Math.floor(at / 1.5) % from.length]!, random);
    if (tokens.length === 0) continue;
    const features = cuesOf(tag(tokens, language === 'da'));
    samples.push({
      features: [features],
      classes: [0],
      labels: Int8Array.of(GUESSED.indexOf(intent as (typeof GUESSED)[number])),
    });
  }
  return learn(samples, { labels: GUESSED.length, classes: 1, epochs: 6, least: 3, scale: 40 }, randomOf(SEED + 1));
}
