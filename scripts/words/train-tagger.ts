import { randomOf } from '../../src/common/random.js';
import { CLASSES, hashOf, see } from '../../src/modules/words/reading/learned/attributes.js';
import { indexOf, LABELS } from '../../src/modules/words/reading/learned/labels.js';
import { frames, phraseOf, recipeLine, type Phrase } from './compose-frames.js';
import { learn, type Sample } from './perceptron.js';

const SEED = 20_261_129;
const SENTENCES = 44_000;
const RECIPE_LINES = 14_000;

/** Every sentence that the tagger learns from, in the order it was composed in. */
export function composed(seed: number, sentences: number, recipeLines: number): Phrase[] {
  const random = randomOf(seed);
  const all: Phrase[] = [];
  // Every other sentence names things to add: lists are what there is most to learn of.
  const adding = frames.filter(({ intent }) => intent === 'add');
  for (let at = 0; at < sentences; at++) {
    const from = at % 2 === 0 ? frames : adding;
    all.push(phraseOf(from[(at >> 1) % from.length]!, random));
  }
  for (let at = 0; at < recipeLines; at++) all.push(recipeLine(random));
  return all.filter(({ tokens }) => tokens.length > 0 && tokens.length <= 60);
}

/** A name is a stranger in some phrases: two of seven listed names at a time. */
const sampleOf = ({ tokens, labels, language }: Phrase, at: number): Sample => {
  const seen = see(tokens, {
    isDanish: language === 'da',
    isHidden: (stems) => at % 4 !== 0 && (hashOf(stems.join(' ')) + at) % 7 < 2,
  });
  return {
    features: seen.features,
    classes: seen.classes,
    labels: Int8Array.from(labels.map((label) => indexOf[label])),
  };
};

export function trainTagger(): Buffer {
  const samples = composed(SEED, SENTENCES, RECIPE_LINES).map(sampleOf);
  return learn(
    samples,
    { labels: LABELS.length, classes: CLASSES.length, epochs: 3, rounds: 4, least: 4, scale: 25 },
    randomOf(SEED + 1),
  );
}
